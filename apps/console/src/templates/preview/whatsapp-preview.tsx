import { Stack, Text } from '@mantine/core';
import { WhatsAppBubble } from '../../parts/whatsapp-bubble.js';
import { useTexts } from '../../text/language.js';
import { previewTexts } from './preview.texts.js';

/** The most that WhatsApp's Cloud API takes; the service refuses more. */
const mostCharacters = 4096;

export function WhatsAppPreview({ text }: { text: string }) {
  const words = useTexts(previewTexts);
  return (
    <Stack gap={4}>
      <WhatsAppBubble text={text} />
      <Text size="xs" c="dimmed">
        {words.characters(text.length, mostCharacters)}
      </Text>
    </Stack>
  );
}
