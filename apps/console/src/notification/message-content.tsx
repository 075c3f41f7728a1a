import { Paper, Stack, Text } from '@mantine/core';
import type { ContentView } from '#contracts/client/types.gen.js';
import { useTexts } from '../text/language.js';
import { notificationTexts } from './notification.texts.js';

/** A message about as the person sees it. An e-mail's HTML can do nothing where it is shown. */
export function MessageContent({ content }: { content: ContentView }) {
  const words = useTexts(notificationTexts);
  switch (content.channel) {
    case 'email':
      return (
        <Stack gap="xs">
          <Text size="sm">
            {words.subject}: <strong>{content.subject}</strong>
          </Text>
          <iframe
            title={words.mailOf(content.subject ?? '')}
            sandbox=""
            srcDoc={content.html ?? ''}
            style={{ width: '100%', height: '28rem', border: 0, background: 'white' }}
          />
        </Stack>
      );
    case 'whatsapp':
      return (
        <Paper withBorder p="sm" maw="28rem">
          <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {content.text}
          </Text>
        </Paper>
      );
    case 'push':
      return (
        <Paper withBorder p="sm" maw="28rem">
          <Text size="sm" fw={700}>
            {content.title}
          </Text>
          <Text size="sm">{content.body}</Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {words.opens} {content.url}
          </Text>
        </Paper>
      );
  }
}
