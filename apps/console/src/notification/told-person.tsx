import { Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { EventDetail, NotificationDetail } from '#contracts/client/types.gen.js';
import { StateBadge } from '../notifications/state-badge.js';
import { useTexts } from '../text/language.js';
import { Ladder } from './ladder.js';
import { MessageContents } from './message-contents.js';
import { notificationTexts } from './notification.texts.js';
import { SendAgain } from './send-again.js';
import { StepByStep } from './step-by-step.js';

interface ToldPersonProps {
  event: EventDetail;
  notification: NotificationDetail;
}

/** What one person was told: by which ways, what happened step by step, and the words. */
export function ToldPerson({ event, notification }: ToldPersonProps) {
  const words = useTexts(notificationTexts);
  const kinds: Record<string, string> = words.kinds;
  const title = words.told(notification.recipient_name);
  return (
    <Card withBorder component="section" aria-label={title}>
      <Stack gap="md">
        <Group justify="space-between" gap="sm">
          <div>
            <Title order={2} size="h4">
              {title}
            </Title>
            <Text size="sm" c="dimmed">
              {kinds[notification.recipient_kind] ?? notification.recipient_kind}
            </Text>
          </div>
          <Group gap="xs">
            <StateBadge state={notification.state} />
            {notification.state === 'failed' ? (
              <SendAgain notification={notification} eventId={event.id} />
            ) : null}
          </Group>
        </Group>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <Ladder notification={notification} />
          <StepByStep entries={notification.timeline} />
        </SimpleGrid>
        <MessageContents eventId={event.id} notificationId={notification.id} />
      </Stack>
    </Card>
  );
}
