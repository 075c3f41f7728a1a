import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';

/** Asks before a draft is left behind; the browser asks where the whole page is left. */
export function LeaveDialog({ isDirty }: { isDirty: boolean }) {
  const words = useTexts(matrixTexts);
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  return (
    <Modal
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      title={words.leave}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Stack gap="md">
        <Text size="sm">{words.leaveMeaning}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => reset?.()}>
            {words.stay}
          </Button>
          <Button color="red" onClick={() => proceed?.()}>
            {words.leaveAnyway}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
