import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTexts } from '../text/language.js';
import { asksFirstTexts } from './asks-first.texts.js';

interface AsksFirstProps extends Pick<ButtonProps, 'variant' | 'color' | 'size' | 'leftSection'> {
  label: string;
  /** Where the label alone does not tell of which thing it is. */
  'aria-label'?: string;
  /** The question, and what follows from a yes. */
  question: string;
  consequence: ReactNode;
  /** The yes in its own words, such as "Sí, revocar". */
  yes: string;
  disabled?: boolean;
  act: () => Promise<unknown>;
}

/** A button for what cannot be taken back: it asks first, and says what will happen. */
export function AsksFirst(props: AsksFirstProps) {
  const { label, question, consequence, yes, disabled, act, color = 'red', ...look } = props;
  const words = useTexts(asksFirstTexts);
  const [isOpen, { open, close }] = useDisclosure(false);
  const go = () => {
    close();
    // Whoever gave the act tells what becomes of it.
    act().catch(() => undefined);
  };
  return (
    <>
      <Button
        size="xs"
        variant="light"
        color={color}
        disabled={disabled ?? false}
        onClick={open}
        {...look}
      >
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={question}
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <Stack>
          <Text size="sm">{consequence}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {words.cancel}
            </Button>
            <Button color={color} onClick={go}>
              {yes}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
