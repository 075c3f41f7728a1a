import { Alert, Anchor, Group, Loader, Stack, Text, Timeline } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { getEvent } from '#contracts/client/sdk.gen.js';
import type { EventDetail } from '#contracts/client/types.gen.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useLanguage, useTexts } from '../text/language.js';
import { simulateTexts } from './simulate.texts.js';

/** What becomes of an event that was just sent, until nothing of it is under way any more. */
export function SentEvent({ id }: { id: string }) {
  const words = useTexts(simulateTexts);
  const event = useQuery({
    queryKey: ['simulation', 'event', id],
    queryFn: ({ signal }) => ask(getEvent({ path: { id }, signal })),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : 1000),
  });
  return (
    <Alert icon={<IconSend aria-hidden />} title={words.sent} role="region" aria-label={words.sent}>
      <Stack gap="sm">
        <Anchor underline="always" component={Link} to={`/notificaciones/${id}`}>
          {words.openEvent}
        </Anchor>
        <Queried query={event}>{(detail) => <WhatHappened event={detail} />}</Queried>
      </Stack>
    </Alert>
  );
}

function WhatHappened({ event }: { event: EventDetail }) {
  const words = useTexts(simulateTexts);
  const formats = useFormats();
  const { language } = useLanguage();
  return event.notifications.map((notification) => (
    <Stack key={notification.id} gap="xs">
      <Group gap="xs">
        <Text fw={600}>
          {`${notification.recipient_name}: ${words.states[notification.state]}`}
        </Text>
        {notification.state === 'in_progress' ? <Loader size="xs" aria-hidden /> : null}
      </Group>
      <Timeline bulletSize={10} lineWidth={2}>
        {notification.timeline.map((entry) => (
          <Timeline.Item key={`${entry.at} ${entry.kind} ${entry.channel} ${entry.outcome}`}>
            <Text size="sm">{language === 'es' ? entry.text_es : entry.text_en}</Text>
            <Text size="xs" c="dimmed">
              {formats.exact(entry.at)}
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Stack>
  ));
}

function isOver({ notifications }: EventDetail): boolean {
  return notifications.every(({ state }) => state !== 'in_progress');
}
