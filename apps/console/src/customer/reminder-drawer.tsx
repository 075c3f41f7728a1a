import { Drawer, NativeSelect, NumberInput, Text, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createReminder } from '#contracts/client/sdk.gen.js';
import type { ServiceTypeView, VehicleView } from '#contracts/client/types.gen.js';
import { editingTexts } from '../parts/editing/editing.texts.js';
import { Form } from '../parts/editing/form.js';
import { useEditing } from '../parts/editing/use-editing.js';
import { Empty, Queried } from '../parts/states.js';
import { useTold } from '../parts/use-told.js';
import { ask } from '../service/ask.js';
import { useOnce } from '../service/use-once.js';
import { useServiceTypes } from '../service/use-service-types.js';
import { useTexts } from '../text/language.js';
import { remindersTexts } from './reminders.texts.js';
import { today } from './today.js';
import { useVehicles } from './vehicles-section.js';

interface ReminderDrawerProps {
  customerId: string;
  isOpen: boolean;
  close(): void;
}

/** The form of a new reminder. */
export function ReminderDrawer({ customerId, isOpen, close }: ReminderDrawerProps) {
  const words = useTexts(remindersTexts);
  const closing = useTexts(editingTexts);
  const services = useServiceTypes();
  const vehicles = useVehicles(customerId);
  return (
    <Drawer
      opened={isOpen}
      onClose={close}
      position="right"
      closeOnClickOutside={false}
      title={words.add}
      closeButtonProps={{ 'aria-label': closing.close }}
    >
      <Queried query={vehicles}>
        {({ results }) => (
          <Queried query={services}>
            {(known) => {
              const [vehicle] = results;
              const [service] = known;
              if (!vehicle || !service) return <Empty>{words.needsVehicle}</Empty>;
              return (
                <ReminderForm
                  vehicles={results}
                  services={known}
                  first={{ vehicle, service }}
                  close={close}
                />
              );
            }}
          </Queried>
        )}
      </Queried>
    </Drawer>
  );
}

interface ReminderFormProps {
  vehicles: readonly VehicleView[];
  services: readonly ServiceTypeView[];
  /** What the form begins with. */
  first: { vehicle: VehicleView; service: ServiceTypeView };
  close(): void;
}

function ReminderForm({ vehicles, services, first, close }: ReminderFormProps) {
  const words = useTexts(remindersTexts);
  const told = useTold();
  const queries = useQueryClient();
  const once = useOnce();
  const { customer_id } = first.vehicle;
  const [saved] = useState(() => ({
    data: {
      vehicle_id: first.vehicle.vehicle_id,
      service_type_id: first.service.id,
      description: '',
      due_on: null as string | null,
      due_km: null as number | null,
    },
    etag: '',
  }));
  const editing = useEditing({
    saved,
    save: async ({ values }) => {
      const body = { customer_id, ...values };
      await ask(createReminder({ body, headers: once.headersFor(body) }));
      once.done();
      told(words.added);
      await queries.invalidateQueries({ queryKey: ['customer', customer_id] });
      close();
    },
  });
  const { values, errorOf } = editing;
  const { vehicle, service, note, dueOn, dueKm } = words;
  const labels = {
    vehicle_id: vehicle,
    service_type_id: service,
    description: note,
    due_on: dueOn,
    due_km: dueKm,
  };
  return (
    <Form editing={editing} labels={labels} saveLabel={words.add} onCancel={close} canSave>
      <NativeSelect
        label={vehicle}
        data={vehicles.map(({ vehicle_id, plate, make, model }) => ({
          value: vehicle_id,
          label: `${plate} · ${make} ${model}`,
        }))}
        value={values.vehicle_id}
        error={errorOf('vehicle_id')}
        onChange={({ currentTarget }) => editing.set('vehicle_id', currentTarget.value)}
      />
      <NativeSelect
        label={service}
        data={services.map(({ id, name }) => ({ value: id, label: name }))}
        value={values.service_type_id}
        error={errorOf('service_type_id')}
        onChange={({ currentTarget }) => editing.set('service_type_id', currentTarget.value)}
      />
      <Text size="sm">{words.either}</Text>
      <TextInput
        type="date"
        label={dueOn}
        min={today()}
        value={values.due_on ?? ''}
        error={errorOf('due_on')}
        onChange={({ currentTarget }) => editing.set('due_on', currentTarget.value || null)}
      />
      <NumberInput
        label={dueKm}
        value={values.due_km ?? ''}
        error={errorOf('due_km')}
        onChange={(value) => editing.set('due_km', value === '' ? null : Number(value))}
        allowDecimal={false}
        hideControls
      />
      <Textarea
        label={note}
        description={words.noteHint}
        value={values.description}
        error={errorOf('description')}
        onChange={({ currentTarget }) => editing.set('description', currentTarget.value)}
        autosize
        minRows={2}
      />
    </Form>
  );
}
