import { Anchor, Badge, Group, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { listEvents } from '#contracts/client/sdk.gen.js';
import type { EventSummary } from '#contracts/client/types.gen.js';
import { ScrollTable } from '../parts/scroll-table.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { customerTexts } from './customer.texts.js';
import { Section } from './section.js';

const shown = 10;

/** The latest of what was told of this customer; each leads to its timeline. */
export function HistorySection({ customerId }: { customerId: string }) {
  const words = useTexts(customerTexts);
  const events = useQuery({
    queryKey: ['customer', customerId, 'history'],
    queryFn: ({ signal }) =>
      ask(listEvents({ query: { customer_id: customerId, page_size: shown }, signal })),
  });
  return (
    <Section title={words.history}>
      <Queried
        query={events}
        isEmpty={({ results }) => results.length === 0}
        empty={words.noHistory}
      >
        {({ results, count }) => (
          <>
            <ScrollTable label={words.historyTable} minWidth={340}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{words.when}</Table.Th>
                  <Table.Th scope="col">{words.what}</Table.Th>
                  <Table.Th scope="col">{words.outcome}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {results.map((event) => (
                  <Told key={event.id} event={event} />
                ))}
              </Table.Tbody>
            </ScrollTable>
            {count > shown ? (
              <Anchor
                size="sm"
                renderRoot={(props) => (
                  <Link {...props} to="/notificaciones" search={{ customer: customerId }} />
                )}
              >
                {words.moreHistory}
              </Anchor>
            ) : null}
          </>
        )}
      </Queried>
    </Section>
  );
}

function Told({ event }: { event: EventSummary }) {
  const words = useTexts(customerTexts);
  const { moment } = useFormats();
  const { id, created_at, phase, service_type, target, notifications } = event;
  const states = [...new Set(notifications.map(({ state }) => state))];
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link {...props} to="/notificaciones/$eventId" params={{ eventId: id }} />
          )}
        >
          {moment(created_at)}
        </Anchor>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{phase.name ?? event.event_type}</Text>
        <Text size="xs" c="dimmed">
          {service_type.name} {target === 'staff' ? `· ${words.forStaff}` : ''}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {states.map((state) => (
            <Badge
              key={state}
              variant="light"
              tt="none"
              color={state === 'failed' || state === 'expired' ? 'red' : 'gray'}
            >
              {words.states[state]}
            </Badge>
          ))}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
