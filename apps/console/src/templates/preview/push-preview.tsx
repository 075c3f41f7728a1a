import { Group, Paper, Stack, Text } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import type { ContentView } from '#contracts/client/types.gen.js';
import { useTexts } from '../../text/language.js';
import { previewTexts } from './preview.texts.js';

/** Phones cut a title off after about so many characters. */
const shownTitle = 50;
/** From here on the service refuses the text: a locked phone would cut it off. */
const bodyLimit = 120;

export function PushPreview({ message }: { message: ContentView }) {
  const words = useTexts(previewTexts);
  const { title = '', body = '', url = '' } = message;
  return (
    <Stack gap="xs">
      <Paper withBorder shadow="sm" p="sm" radius="lg" maw={400}>
        <Group wrap="nowrap" align="flex-start" gap="sm">
          <IconBellRinging aria-hidden />
          <Stack gap={0} style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            <Text fw={600} size="sm">
              {title}
            </Text>
            <Text size="sm">{body}</Text>
          </Stack>
        </Group>
      </Paper>
      <Text size="xs" c="dimmed">
        {words.characters(body.length, bodyLimit - 1)}
      </Text>
      {title.length > shownTitle ? (
        <Text size="xs" c="dimmed">
          {words.longTitle(title.length)}
        </Text>
      ) : null}
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {words.opens} {url}
      </Text>
    </Stack>
  );
}
