import { Alert, Paper, Stack, Text, Title } from '@mantine/core';
import type { ContentView } from '#contracts/client/types.gen.js';
import { useTexts } from '../../text/language.js';
import { EmailPreview } from './email-preview.js';
import { previewTexts } from './preview.texts.js';
import { PushPreview } from './push-preview.js';
import { WhatsAppPreview } from './whatsapp-preview.js';

interface PreviewProps {
  message: ContentView | null;
  /** What is shown is older than the text. */
  isOld: boolean;
  children: React.ReactNode;
}

/** The message as the person gets it, by its channel. */
export function Preview({ message, isOld, children }: PreviewProps) {
  const words = useTexts(previewTexts);
  return (
    <Paper withBorder p="md" component="section" aria-label={words.title}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {words.title}
        </Title>
        {children}
        {isOld && message ? (
          <Alert color="orange" p="xs" role="status">
            {words.old}
          </Alert>
        ) : null}
        {message ? <Message message={message} /> : <Text c="dimmed">{words.waiting}</Text>}
      </Stack>
    </Paper>
  );
}

function Message({ message }: { message: ContentView }) {
  switch (message.channel) {
    case 'email':
      return <EmailPreview message={message} />;
    case 'whatsapp':
      return <WhatsAppPreview text={message.text ?? ''} />;
    case 'push':
      return <PushPreview message={message} />;
  }
}
