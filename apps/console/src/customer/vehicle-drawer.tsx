import { Drawer, NumberInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createVehicle, getVehicle, patchVehicle } from '#contracts/client/sdk.gen.js';
import type { VehicleInput, VehicleView } from '#contracts/client/types.gen.js';
import { editingTexts } from '../parts/editing/editing.texts.js';
import { Form } from '../parts/editing/form.js';
import { type Edit, useEditing } from '../parts/editing/use-editing.js';
import { Queried } from '../parts/states.js';
import { useTold } from '../parts/use-told.js';
import { ask } from '../service/ask.js';
import { randomId } from '../service/random-id.js';
import { askTagged, ifMatch, type Tagged } from '../service/tagged.js';
import { useOnce } from '../service/use-once.js';
import { useTexts } from '../text/language.js';
import { vehiclesTexts } from './vehicles.texts.js';

interface VehicleDrawerProps {
  customerId: string;
  /** Undefined: closed. */
  edited: VehicleView | 'new' | undefined;
  close(): void;
}

/** The form of a vehicle, new or known. */
export function VehicleDrawer({ customerId, edited, close }: VehicleDrawerProps) {
  const words = useTexts(vehiclesTexts);
  const closing = useTexts(editingTexts);
  return (
    <Drawer
      opened={edited !== undefined}
      onClose={close}
      position="right"
      closeOnClickOutside={false}
      title={edited === 'new' || !edited ? words.add : words.editOf(edited.plate)}
      closeButtonProps={{ 'aria-label': closing.close }}
    >
      {edited === 'new' ? <NewVehicle customerId={customerId} close={close} /> : null}
      {edited && edited !== 'new' ? <KnownVehicle vehicle={edited} close={close} /> : null}
    </Drawer>
  );
}

function NewVehicle({ customerId, close }: { customerId: string; close(): void }) {
  const words = useTexts(vehiclesTexts);
  const told = useTold();
  const once = useOnce();
  const [saved] = useState<Tagged<VehicleInput>>(() => ({
    data: {
      customer_id: customerId,
      vehicle_id: `consola-${randomId().slice(0, 12)}`,
      plate: '',
      make: '',
      model: '',
      year: null,
    },
    etag: '',
  }));
  return (
    <VehicleForm
      saved={saved}
      isNew
      close={close}
      save={async ({ values: body }) => {
        await ask(createVehicle({ body, headers: once.headersFor(body) }));
        once.done();
        told(words.added(body.plate));
      }}
    />
  );
}

function KnownVehicle({ vehicle, close }: { vehicle: VehicleView; close(): void }) {
  const words = useTexts(vehiclesTexts);
  const told = useTold();
  const queries = useQueryClient();
  const { vehicle_id } = vehicle;
  const queryKey = ['customer', vehicle.customer_id, 'vehicle', vehicle_id];
  // Read anew: a list does not say which state it is of.
  const held = useQuery({
    queryKey,
    queryFn: ({ signal }) => askTagged(getVehicle({ path: { vehicle_id }, signal })),
    staleTime: 0,
  });
  return (
    <Queried query={held}>
      {({ data: { customer_id, plate, make, model, year }, etag }) => (
        <VehicleForm
          saved={{ data: { customer_id, vehicle_id, plate, make, model, year }, etag }}
          isNew={false}
          close={close}
          save={async ({ changes: body, etag: seen }) => {
            await ask(patchVehicle({ path: { vehicle_id }, body, headers: ifMatch(seen) }));
            told(words.saved);
          }}
          reload={() => queries.invalidateQueries({ queryKey })}
        />
      )}
    </Queried>
  );
}

interface VehicleFormProps {
  saved: Tagged<VehicleInput>;
  isNew: boolean;
  save(edit: Edit<VehicleInput>): Promise<void>;
  close(): void;
  reload?(): void;
}

function VehicleForm({ saved, isNew, save, close, reload }: VehicleFormProps) {
  const words = useTexts(vehiclesTexts);
  const queries = useQueryClient();
  const editing = useEditing<VehicleInput>({
    saved,
    save: async (edit) => {
      await save(edit);
      await queries.invalidateQueries({ queryKey: ['customer', saved.data.customer_id] });
      close();
    },
    reload,
  });
  const { plate, make, model, year, code } = words;
  const text = (member: 'plate' | 'make' | 'model' | 'vehicle_id') => ({
    required: true,
    value: editing.values[member],
    error: editing.errorOf(member),
    onChange: (event: { currentTarget: { value: string } }) =>
      editing.set(member, event.currentTarget.value),
  });
  return (
    <Form
      editing={editing}
      labels={{ plate, make, model, year, vehicle_id: code }}
      onCancel={close}
    >
      <TextInput label={plate} {...text('plate')} />
      <TextInput label={make} {...text('make')} />
      <TextInput label={model} {...text('model')} />
      <NumberInput
        label={year}
        value={editing.values.year ?? ''}
        error={editing.errorOf('year')}
        onChange={(value) => editing.set('year', value === '' ? null : Number(value))}
        allowDecimal={false}
        hideControls
      />
      {isNew ? (
        <TextInput label={code} description={words.codeHint} {...text('vehicle_id')} />
      ) : null}
    </Form>
  );
}
