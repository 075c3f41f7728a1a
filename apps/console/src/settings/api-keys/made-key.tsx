import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTexts } from '../../text/language.js';
import { apiKeysTexts } from './api-keys.texts.js';

/** A key that was made just now: shown here, and never again. */
export function MadeKey({ secret, close }: { secret: string; close: () => void }) {
  const words = useTexts(apiKeysTexts);
  return (
    <Stack>
      <Alert color="orange" title={words.made} role="status">
        <Text size="sm">{words.madeNote}</Text>
      </Alert>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {secret}
      </Code>
      <Group>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button
              onClick={copy}
              leftSection={
                copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
              }
            >
              {copied ? words.copied : words.copy}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={close}>
          {words.done}
        </Button>
      </Group>
    </Stack>
  );
}
