import { Anchor, Card, Group, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { EventSummary } from '#contracts/client/types.gen.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { ChannelName } from './channel-name.js';
import { contextValue, statesOf } from './event-words.js';
import { notificationsTexts } from './notifications.texts.js';
import { StateBadge } from './state-badge.js';
import { nameOfEventType, wordsTexts } from './words.texts.js';

/** One row for each event; on a phone, one card. */
export function LogTable({ events }: { events: readonly EventSummary[] }) {
  const words = useTexts(notificationsTexts);
  return (
    <>
      <Stack hiddenFrom="sm" gap="xs">
        {events.map((event) => (
          <EventCard key={event.id} event={event} />
        ))}
      </Stack>
      <Table.ScrollContainer
        minWidth={760}
        visibleFrom="sm"
        scrollAreaProps={{
          viewportProps: { tabIndex: 0, role: 'region', 'aria-label': words.table },
        }}
      >
        <Table highlightOnHover verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{words.when}</Table.Th>
              <Table.Th scope="col">{words.what}</Table.Th>
              <Table.Th scope="col">{words.who}</Table.Th>
              <Table.Th scope="col">{words.plate}</Table.Th>
              <Table.Th scope="col">{words.by}</Table.Th>
              <Table.Th scope="col">{words.became}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {events.map((event) => (
              <EventRow key={event.id} event={event} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}

function EventRow({ event }: { event: EventSummary }) {
  return (
    <Table.Tr>
      <Table.Td>
        <When event={event} />
      </Table.Td>
      <Table.Td>
        <What event={event} />
      </Table.Td>
      <Table.Td>
        <Who event={event} />
      </Table.Td>
      <Table.Td>{contextValue(event.context, 'Placa') ?? '—'}</Table.Td>
      <Table.Td>
        <Ways event={event} />
      </Table.Td>
      <Table.Td>
        <States event={event} />
      </Table.Td>
    </Table.Tr>
  );
}

function EventCard({ event }: { event: EventSummary }) {
  const plate = contextValue(event.context, 'Placa');
  return (
    <Card withBorder padding="sm" component="article">
      <Stack gap={6}>
        <Group justify="space-between" gap="xs" align="flex-start">
          <What event={event} />
          <States event={event} />
        </Group>
        <Text size="sm">
          <Who event={event} />
          {plate ? ` · ${plate}` : ''}
        </Text>
        <Group justify="space-between" gap="xs">
          <Ways event={event} />
          <When event={event} />
        </Group>
      </Stack>
    </Card>
  );
}

interface EventProps {
  event: EventSummary;
}

function When({ event }: EventProps) {
  const formats = useFormats();
  const words = useTexts(notificationsTexts);
  return (
    <>
      <Text span size="sm" title={formats.exact(event.created_at)}>
        {formats.moment(event.created_at)}
      </Text>
      {event.scheduled_for ? (
        <Text size="xs" c="dimmed">
          {words.scheduled(formats.moment(event.scheduled_for))}
        </Text>
      ) : null}
    </>
  );
}

function What({ event }: EventProps) {
  const names = useTexts(wordsTexts);
  return (
    <div>
      <Anchor component={Link} to={`/notificaciones/${event.id}`} fw={600}>
        {nameOfEventType(names.eventTypes, event.event_type)}
      </Anchor>
      <Text size="xs" c="dimmed">
        {[event.phase.name, event.service_type.name].filter(Boolean).join(' · ')}
      </Text>
    </div>
  );
}

function Who({ event: { notifications } }: EventProps) {
  const words = useTexts(notificationsTexts);
  const [first] = notifications;
  if (!first) return words.nobody;
  return notifications.length === 1 ? first.recipient_name : words.people(notifications.length);
}

function Ways({ event: { notifications } }: EventProps) {
  const channels = [...new Set(notifications.flatMap((told) => told.channels))];
  return (
    <Group gap="xs">
      {channels.map((channel) => (
        <ChannelName key={channel} channel={channel} />
      ))}
    </Group>
  );
}

function States({ event }: EventProps) {
  return (
    <Group gap={4}>
      {statesOf(event).map(({ state, count }) => (
        <StateBadge key={state} state={state} count={count} />
      ))}
    </Group>
  );
}
