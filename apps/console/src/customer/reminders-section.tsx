import { Button, SegmentedControl, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listCustomerReminders } from '#contracts/client/sdk.gen.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { Reminder } from './reminder.js';
import { ReminderDrawer } from './reminder-drawer.js';
import { remindersTexts } from './reminders.texts.js';
import { Section } from './section.js';

const statuses = ['pending', 'completed', 'cancelled'] as const;
type Status = (typeof statuses)[number];

/** What is due for the customer's vehicles. */
export function RemindersSection({ customerId }: { customerId: string }) {
  const words = useTexts(remindersTexts);
  const [status, setStatus] = useState<Status>('pending');
  const [isAdding, { open, close }] = useDisclosure(false);
  const reminders = useQuery({
    queryKey: ['customer', customerId, 'reminders', status],
    queryFn: ({ signal }) =>
      ask(
        listCustomerReminders({
          path: { customer_id: customerId },
          query: { status, page_size: 100 },
          signal,
        }),
      ),
  });
  return (
    <Section
      title={words.title}
      actions={
        <Button size="xs" onClick={open}>
          {words.add}
        </Button>
      }
    >
      <SegmentedControl<Status>
        aria-label={words.which}
        size="xs"
        value={status}
        onChange={setStatus}
        data={statuses.map((value) => ({ value, label: words.statuses[value] }))}
      />
      <Queried
        query={reminders}
        isEmpty={({ results }) => results.length === 0}
        empty={words.none[status]}
      >
        {({ results }) => (
          <Stack gap="xs" component="ul" m={0} p={0}>
            {results.map((reminder) => (
              <Reminder key={reminder.id} reminder={reminder} />
            ))}
          </Stack>
        )}
      </Queried>
      <ReminderDrawer customerId={customerId} isOpen={isAdding} close={close} />
    </Section>
  );
}
