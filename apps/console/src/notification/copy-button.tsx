import { Button, Code, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconTerminal2 } from '@tabler/icons-react';
import { useState } from 'react';
import type { EventDetail } from '#contracts/client/types.gen.js';
import { useTexts } from '../text/language.js';
import { curlOf } from './copy-as-curl.js';
import { notificationTexts } from './notification.texts.js';

/** Copies the command, or shows it where the browser lets no page write to the clipboard. */
export function CopyAsCurl({ event }: { event: EventDetail }) {
  const words = useTexts(notificationTexts);
  const [shown, setShown] = useState<string | null>(null);
  const copy = async () => {
    const command = curlOf(event, window.location.origin, new Date());
    try {
      await navigator.clipboard.writeText(command);
      notifications.show({ message: words.curlDone });
    } catch {
      setShown(command);
    }
  };
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconTerminal2 size={16} aria-hidden />}
        onClick={copy}
      >
        {words.curl}
      </Button>
      <Modal
        opened={shown !== null}
        onClose={() => setShown(null)}
        title={words.curl}
        size="lg"
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <Stack gap="sm">
          <Text size="sm">{words.curlFailed}</Text>
          <Code block tabIndex={0}>
            {shown}
          </Code>
        </Stack>
      </Modal>
    </>
  );
}
