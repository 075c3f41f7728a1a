import { Button, Group, Paper, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { completeReminder, patchReminder } from '#contracts/client/sdk.gen.js';
import type { ReminderView } from '#contracts/client/types.gen.js';
import { ConfirmedButton } from '../parts/confirmed-button.js';
import { Failed } from '../parts/states.js';
import { useTold } from '../parts/use-told.js';
import { ask } from '../service/ask.js';
import { useServiceTypes } from '../service/use-service-types.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { remindersTexts } from './reminders.texts.js';
import { useVehicles } from './vehicles-section.js';

/** One reminder: what is due, when, how often it was told, and the buttons that end it. */
export function Reminder({ reminder }: { reminder: ReminderView }) {
  const words = useTexts(remindersTexts);
  const told = useTold();
  const { date, number } = useFormats();
  const queries = useQueryClient();
  const services = useServiceTypes();
  const vehicles = useVehicles(reminder.customer_id);
  const { id, customer_id, vehicle_id, service_type_id, due_km, effective_due_on } = reminder;
  const queryKey = ['customer', customer_id, 'reminders'];
  const service = services.data?.find((one) => one.id === service_type_id);
  const vehicle = vehicles.data?.results.find((one) => one.vehicle_id === vehicle_id);
  const what = `${service?.name ?? reminder.service_type_slug} · ${vehicle?.plate ?? vehicle_id}`;
  const when = [
    due_km === null ? null : words.atKm(number(due_km)),
    effective_due_on ? words.due(date(effective_due_on)) : words.unknownDay,
  ];
  const completing = useMutation({
    mutationFn: () => ask(completeReminder({ path: { id } })),
    onSuccess: () => {
      told(words.completed);
      return queries.invalidateQueries({ queryKey });
    },
  });
  return (
    <Paper component="li" withBorder p="xs" style={{ listStyle: 'none' }}>
      <Group justify="space-between" gap="xs">
        <div>
          <Text fw={600} size="sm">
            {what}
          </Text>
          <Text size="sm">{when.filter(Boolean).join(', ')}</Text>
          {reminder.description ? (
            <Text size="sm" c="dimmed">
              {reminder.description}
            </Text>
          ) : null}
          {reminder.notices.length > 0 ? (
            <Text size="xs" c="dimmed">
              {words.notices(reminder.notices.length)}
            </Text>
          ) : null}
        </div>
        {reminder.status === 'pending' ? (
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              loading={completing.isPending}
              aria-label={words.completeOf(what)}
              onClick={() => completing.mutate()}
            >
              {words.complete}
            </Button>
            <ConfirmedButton
              size="xs"
              aria-label={words.cancelOf(what)}
              question={words.cancelQuestion}
              consequence={words.cancelLead}
              verb={words.cancel}
              act={async () => {
                await ask(patchReminder({ path: { id }, body: { status: 'cancelled' } }));
                told(words.cancelled);
                await queries.invalidateQueries({ queryKey });
              }}
            >
              {words.cancel}
            </ConfirmedButton>
          </Group>
        ) : null}
      </Group>
      {completing.error ? <Failed error={completing.error} /> : null}
    </Paper>
  );
}
