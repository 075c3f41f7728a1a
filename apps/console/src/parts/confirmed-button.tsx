import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTexts } from '../text/language.js';
import { editingTexts } from './editing/editing.texts.js';
import { Failed } from './states.js';

interface ConfirmedButtonProps extends ButtonProps {
  /** Asked as the title of what opens. */
  question: string;
  /** What will be, and what cannot be undone. */
  consequence: ReactNode;
  /** On the button that does it. */
  verb: string;
  act(): Promise<unknown>;
  /** For screen readers, where the button alone does not say on what it acts. */
  'aria-label'?: string;
}

/** A button that asks before it does something that cannot be taken back. */
export function ConfirmedButton(props: ConfirmedButtonProps) {
  const { question, consequence, verb, act, children, ...button } = props;
  const words = useTexts(editingTexts);
  const [isOpen, { open, close }] = useDisclosure(false);
  const acting = useMutation({ mutationFn: act, onSuccess: close });
  return (
    <>
      <Button
        variant="default"
        {...button}
        onClick={() => {
          acting.reset();
          open();
        }}
      >
        {children}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={question}
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <Stack gap="md">
          <Text size="sm">{consequence}</Text>
          {acting.error ? <Failed error={acting.error} /> : null}
          <Group gap="xs">
            <Button
              color={button.color ?? 'red'}
              loading={acting.isPending}
              onClick={() => acting.mutate()}
            >
              {verb}
            </Button>
            <Button variant="default" onClick={close} data-autofocus>
              {words.leave}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
