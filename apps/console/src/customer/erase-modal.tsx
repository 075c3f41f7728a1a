import { Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { eraseCustomer } from '#contracts/client/sdk.gen.js';
import { editingTexts } from '../parts/editing/editing.texts.js';
import { Failed } from '../parts/states.js';
import { useTold } from '../parts/use-told.js';
import { ask } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { personalDataTexts } from './personal-data.texts.js';

interface EraseModalProps {
  customerId: string;
  name: string;
  isOpen: boolean;
  close(): void;
}

/** Forgets a customer in two steps: what goes and what stays is read, then the name is typed. */
export function EraseModal({ customerId, name, isOpen, close }: EraseModalProps) {
  const words = useTexts(personalDataTexts);
  const closing = useTexts(editingTexts);
  const [hasRead, setHasRead] = useState(false);
  const shut = () => {
    close();
    setHasRead(false);
  };
  return (
    <Modal
      opened={isOpen}
      onClose={shut}
      title={words.question(name)}
      size="lg"
      closeButtonProps={{ 'aria-label': closing.close }}
    >
      {hasRead ? (
        <TypeName customerId={customerId} name={name} close={shut} />
      ) : (
        <Stack gap="sm">
          <Told title={words.goes} what={words.going} />
          <Told title={words.stays} what={words.staying} />
          <Text size="sm">{words.stops}</Text>
          <Group gap="xs">
            <Button color="red" variant="light" onClick={() => setHasRead(true)}>
              {words.go}
            </Button>
            <Button variant="default" onClick={shut} data-autofocus>
              {closing.cancel}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function Told({ title, what }: { title: string; what: readonly string[] }) {
  return (
    <div>
      <Text fw={600} size="sm">
        {title}
      </Text>
      <List size="sm">
        {what.map((one) => (
          <List.Item key={one}>{one}</List.Item>
        ))}
      </List>
    </div>
  );
}

function TypeName({ customerId, name, close }: Omit<EraseModalProps, 'isOpen'>) {
  const words = useTexts(personalDataTexts);
  const told = useTold();
  const closing = useTexts(editingTexts);
  const { number } = useFormats();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const isSure = typed.trim() === name.trim();
  const erasing = useMutation({
    mutationFn: () => ask(eraseCustomer({ path: { customer_id: customerId } })),
    onSuccess: async ({ state, events, canceled }) => {
      close();
      await navigate({ to: '/clientes', search: {} });
      queries.removeQueries({ queryKey: ['customer', customerId] });
      await queries.invalidateQueries({ queryKey: ['customers'] });
      told(
        words.result(number(events), number(canceled)),
        state === 'erased' ? words.erased : words.erasing,
      );
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isSure) erasing.mutate();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={words.typeName(name)}
          autoComplete="off"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          data-autofocus
        />
        {erasing.error ? <Failed error={erasing.error} /> : null}
        <Group gap="xs">
          <Button type="submit" color="red" disabled={!isSure} loading={erasing.isPending}>
            {words.eraseNow}
          </Button>
          <Button variant="default" onClick={close}>
            {closing.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
