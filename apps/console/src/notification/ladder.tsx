import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { NotificationDetail } from '#contracts/client/types.gen.js';
import { ChannelName } from '../notifications/channel-name.js';
import { useLanguage, useTexts } from '../text/language.js';
import { notificationTexts } from './notification.texts.js';

type Decision = NotificationDetail['decision'][number];

/** Every channel: in which place it is tried and how far that came, or why it is not used. */
export function Ladder({ notification }: { notification: NotificationDetail }) {
  const words = useTexts(notificationTexts);
  const inOrder = [...notification.decision].sort(
    (a, b) => (a.position ?? 99) - (b.position ?? 99),
  );
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {words.ladder}
      </Title>
      <Stack gap="sm" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {inOrder.map((decision) => (
          <Rung key={decision.channel} decision={decision} notification={notification} />
        ))}
      </Stack>
    </Stack>
  );
}

function Rung({
  decision,
  notification,
}: {
  decision: Decision;
  notification: NotificationDetail;
}) {
  const words = useTexts(notificationTexts);
  const { language } = useLanguage();
  const { channel, position, template } = decision;
  const messages = notification.messages.filter((message) => message.channel === channel);
  const why = language === 'es' ? decision.text_es : decision.text_en;
  return (
    <li>
      <Group gap="xs">
        <ChannelName channel={channel} />
        <Text span size="sm" fw={600}>
          {position === null ? words.leftOut : words.rung(position)}
        </Text>
      </Group>
      <Text size="sm">{why}</Text>
      {template ? (
        <Anchor component={Link} size="xs" to={`/plantillas/${template.id}`}>
          {words.template(template.version)}
        </Anchor>
      ) : null}
      {messages.map((message) => (
        <MessageLine key={message.id} message={message} />
      ))}
      {position !== null && messages.length === 0 && notification.state === 'in_progress' ? (
        <Text size="sm" c="dimmed">
          {words.notYet}
        </Text>
      ) : null}
    </li>
  );
}

function MessageLine({ message }: { message: NotificationDetail['messages'][number] }) {
  const words = useTexts(notificationTexts);
  const states: Record<string, string> = words.messages;
  const parts = [
    states[message.state] ?? message.state,
    words.to(message.address),
    ...(message.attempts > 0 ? [words.attempts(message.attempts)] : []),
  ];
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {parts.join(' · ')}
    </Text>
  );
}
