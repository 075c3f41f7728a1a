import { Button, Drawer, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  deleteOdometerReading,
  listOdometerReadings,
  recordOdometerReading,
} from '#contracts/client/sdk.gen.js';
import type { OdometerReadingInput, VehicleView } from '#contracts/client/types.gen.js';
import { ConfirmedButton } from '../parts/confirmed-button.js';
import { editingTexts } from '../parts/editing/editing.texts.js';
import { Form } from '../parts/editing/form.js';
import { useEditing } from '../parts/editing/use-editing.js';
import { Queried } from '../parts/states.js';
import { useTold } from '../parts/use-told.js';
import { ask } from '../service/ask.js';
import type { Tagged } from '../service/tagged.js';
import { useOnce } from '../service/use-once.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { today } from './today.js';
import { vehiclesTexts } from './vehicles.texts.js';

/** What a vehicle's odometer showed, by day, and the form of the next reading. */
export function OdometerDrawer({ vehicle }: { vehicle: VehicleView }) {
  const words = useTexts(vehiclesTexts);
  const closing = useTexts(editingTexts);
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-label={words.odometerOf(vehicle.plate)}
        onClick={open}
      >
        {words.odometer}
      </Button>
      <Drawer
        opened={isOpen}
        onClose={close}
        position="right"
        title={words.odometerOf(vehicle.plate)}
        closeButtonProps={{ 'aria-label': closing.close }}
      >
        <Stack gap="lg">
          <ReadingForm vehicle={vehicle} />
          <Readings vehicle={vehicle} />
        </Stack>
      </Drawer>
    </>
  );
}

const shown = 20;

function Readings({ vehicle }: { vehicle: VehicleView }) {
  const words = useTexts(vehiclesTexts);
  const { number, date } = useFormats();
  const queries = useQueryClient();
  const { vehicle_id, customer_id } = vehicle;
  const readings = useQuery({
    queryKey: ['customer', customer_id, 'odometer', vehicle_id],
    queryFn: ({ signal }) =>
      ask(listOdometerReadings({ path: { vehicle_id }, query: { page_size: shown }, signal })),
  });
  return (
    <Queried
      query={readings}
      isEmpty={({ results }) => results.length === 0}
      empty={words.noReadings}
    >
      {({ results }) => (
        <Stack gap="xs" component="ul" m={0} p={0}>
          {results.map(({ read_on, km, is_doubtful }) => (
            <Group component="li" key={read_on} justify="space-between" wrap="nowrap">
              <div>
                <Text size="sm">
                  {date(read_on)}: {number(km)} km
                </Text>
                {is_doubtful ? <Text size="xs">{words.doubtful}</Text> : null}
              </div>
              <ConfirmedButton
                size="compact-xs"
                variant="subtle"
                aria-label={words.removeReading(date(read_on))}
                question={words.removeReading(date(read_on))}
                consequence={words.removeReadingLead}
                verb={words.remove}
                act={async () => {
                  await ask(deleteOdometerReading({ path: { vehicle_id, read_on } }));
                  await queries.invalidateQueries({ queryKey: ['customer', customer_id] });
                }}
              >
                {words.remove}
              </ConfirmedButton>
            </Group>
          ))}
        </Stack>
      )}
    </Queried>
  );
}

interface ReadingTyped {
  read_on: string;
  /** Undefined until something is typed. */
  km: number | undefined;
}

function ReadingForm({ vehicle: { vehicle_id, customer_id } }: { vehicle: VehicleView }) {
  const words = useTexts(vehiclesTexts);
  const told = useTold();
  const queries = useQueryClient();
  const once = useOnce();
  const [saved] = useState<Tagged<ReadingTyped>>(() => ({
    data: { read_on: today(), km: undefined },
    etag: '',
  }));
  const editing = useEditing<ReadingTyped>({
    saved,
    save: async ({ values: { read_on, km } }) => {
      const body: OdometerReadingInput = { read_on, km: km ?? 0 };
      const headers = once.headersFor(body);
      await ask(recordOdometerReading({ path: { vehicle_id }, body, headers }));
      once.done();
      told(words.recorded);
      await queries.invalidateQueries({ queryKey: ['customer', customer_id] });
    },
  });
  return (
    <Form
      editing={editing}
      labels={{ read_on: words.readOn, km: words.km }}
      saveLabel={words.record}
      canSave={editing.values.km !== undefined && editing.values.read_on !== ''}
    >
      <TextInput
        type="date"
        label={words.readOn}
        required
        max={today()}
        value={editing.values.read_on}
        error={editing.errorOf('read_on')}
        onChange={({ currentTarget }) => editing.set('read_on', currentTarget.value)}
      />
      <NumberInput
        label={words.km}
        required
        value={editing.values.km ?? ''}
        error={editing.errorOf('km')}
        onChange={(value) => editing.set('km', value === '' ? undefined : Number(value))}
        allowDecimal={false}
        thousandSeparator=" "
        hideControls
      />
    </Form>
  );
}
