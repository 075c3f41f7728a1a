import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Failed } from '../parts/states.js';
import { useTexts } from '../text/language.js';
import { notificationTexts } from './notification.texts.js';

interface ConfirmProps {
  opened: boolean;
  title: string;
  children: ReactNode;
  yes: string;
  color?: string;
  isWorking: boolean;
  /** Why it did not work the last time. */
  error: unknown;
  onYes(): void;
  onNo(): void;
}

/** Asks before something that cannot be taken back. */
export function Confirm(props: ConfirmProps) {
  const words = useTexts(notificationTexts);
  const { opened, title, children, yes, color, isWorking, error, onYes, onNo } = props;
  return (
    <Modal
      opened={opened}
      onClose={onNo}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Stack gap="md">
        <Text size="sm">{children}</Text>
        {error ? <Failed error={error} /> : null}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onNo}>
            {words.keep}
          </Button>
          <Button color={color} loading={isWorking} onClick={onYes}>
            {yes}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
