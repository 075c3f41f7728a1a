import { Anchor, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { getEvent } from '#contracts/client/sdk.gen.js';
import type { EventDetail } from '#contracts/client/types.gen.js';
import { nameOfEventType, wordsTexts } from '../notifications/words.texts.js';
import { Page } from '../parts/page.js';
import { Failed, Loading } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { EventActions } from './event-actions.js';
import { EventFacts } from './event-facts.js';
import { notificationTexts } from './notification.texts.js';
import { ToldPerson } from './told-person.js';

const route = getRouteApi('/notificaciones/$eventId');

/** How often it is looked at while something may still happen any moment, and later. */
const everyMs = { underWay: 2000, ended: 15_000 };
/** Receipts of what was sent mostly come within this time. */
const receiptsComeWithinMs = 10 * 60_000;

export function NotificationScreen() {
  const { eventId } = route.useParams();
  const names = useTexts(wordsTexts);
  const event = useQuery({
    queryKey: ['event', eventId],
    queryFn: ({ signal }) => ask(getEvent({ path: { id: eventId }, signal })),
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? everyMs.underWay : everyMs.ended),
  });
  if (event.isPending)
    return (
      <Page title="…">
        <Loading />
      </Page>
    );
  if (!event.data)
    return (
      <Page title={eventId}>
        <Back />
        <Failed error={event.error} again={() => event.refetch()} />
      </Page>
    );
  const title = nameOfEventType(names.eventTypes, event.data.event_type);
  return (
    <Page title={title} actions={<EventActions event={event.data} />}>
      <Back />
      {event.isError ? <Failed error={event.error} again={() => event.refetch()} /> : null}
      <Told event={event.data} />
    </Page>
  );
}

function Told({ event }: { event: EventDetail }) {
  const words = useTexts(notificationTexts);
  const formats = useFormats();
  return (
    <Stack gap="lg">
      <Text c="dimmed" size="sm">
        {words.received(formats.exact(event.created_at))}
      </Text>
      <EventFacts event={event} />
      {event.notifications.length === 0 ? <Text>{words.nobody}</Text> : null}
      {event.notifications.map((notification) => (
        <ToldPerson key={notification.id} event={event} notification={notification} />
      ))}
    </Stack>
  );
}

function Back() {
  const words = useTexts(notificationTexts);
  return (
    <div>
      <Anchor component={Link} to="/notificaciones" size="sm">
        <IconArrowLeft size={14} aria-hidden /> {words.back}
      </Anchor>
    </div>
  );
}

function isUnderWay(event: EventDetail | undefined): boolean {
  if (!event) return false;
  const isFresh = Date.now() - Date.parse(event.created_at) < receiptsComeWithinMs;
  return event.notifications.some(
    ({ state }) => state === 'in_progress' || (isFresh && state === 'sent'),
  );
}
