import { Anchor, Card, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import type { SandboxMessageView } from '#contracts/client/types.gen.js';
import { WhatsAppBubble } from '../parts/whatsapp-bubble.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { sandboxTexts } from './sandbox.texts.js';

interface ArrivedCardProps {
  message: SandboxMessageView;
  open: (id: number) => void;
}

/** A message as its receiver's device shows it, with when it came and what it tells of. */
export function ArrivedCard({ message, open }: ArrivedCardProps) {
  const words = useTexts(sandboxTexts);
  const formats = useFormats();
  const { channel, to, at, event_id } = message;
  return (
    <Stack gap={4} component="article" aria-label={`${words.channels[channel]} ${to}`}>
      <Body message={message} open={open} />
      <Group gap="xs" wrap="wrap">
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {channel === 'push' ? new URL(to).host : to}
        </Text>
        <Text size="xs" c="dimmed" component="time" dateTime={at} title={formats.exact(at)}>
          {formats.ago(at)}
        </Text>
        {event_id ? (
          <Anchor size="xs" href={`/notificaciones/${event_id}`}>
            {words.event}
          </Anchor>
        ) : null}
      </Group>
    </Stack>
  );
}

function Body({ message, open }: ArrivedCardProps) {
  if (message.channel === 'email') return <Mail message={message} open={open} />;
  return message.channel === 'whatsapp' ? (
    <WhatsAppBubble text={message.text ?? ''} />
  ) : (
    <Notice message={message} />
  );
}

function Mail({ message: { id, subject, text }, open }: ArrivedCardProps) {
  const words = useTexts(sandboxTexts);
  const heading = subject ?? words.noSubject;
  return (
    <Card withBorder padding="sm">
      <UnstyledButton onClick={() => open(id)} aria-label={words.open(heading)}>
        <Text fw={600} td="underline">
          {heading}
        </Text>
      </UnstyledButton>
      <Text size="sm" c="dimmed" lineClamp={3} style={{ overflowWrap: 'anywhere' }}>
        {text}
      </Text>
    </Card>
  );
}

function Notice({ message: { title, text, url } }: { message: SandboxMessageView }) {
  const words = useTexts(sandboxTexts);
  return (
    <Card withBorder padding="sm" shadow="sm">
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <IconBell size={20} aria-hidden />
        <Stack gap={2} style={{ minWidth: 0 }}>
          <Text fw={600} size="sm">
            {title}
          </Text>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {text}
          </Text>
          {url ? (
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {`${words.leads} ${url}`}
            </Text>
          ) : null}
        </Stack>
      </Group>
    </Card>
  );
}
