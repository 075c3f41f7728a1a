import {
  Alert,
  Anchor,
  Button,
  Group,
  Modal,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconSend } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { sendTemplateTest } from '#contracts/client/sdk.gen.js';
import type { TemplateView } from '#contracts/client/types.gen.js';
import { Failed } from '../../parts/states.js';
import { ask, ServiceProblem } from '../../service/ask.js';
import { randomId } from '../../service/random-id.js';
import { useTexts } from '../../text/language.js';
import { CustomerPicker } from '../preview/customer-picker.js';
import type { useSamples } from '../preview/use-samples.js';
import { refusalText } from './refusal-text.js';
import { testTexts } from './test.texts.js';

interface DialogProps {
  template: TemplateView;
  /** The editor has what is not saved. */
  isChanged: boolean;
  samples: ReturnType<typeof useSamples>;
}

/** Tries the saved template on one person, by its real channel. */
export function TestDialog(props: DialogProps) {
  const words = useTexts(testTexts);
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open} leftSection={<IconSend size={16} aria-hidden />}>
        {words.open}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={words.title}
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <TestForm {...props} close={close} />
      </Modal>
    </>
  );
}

function TestForm({ template, isChanged, samples, close }: DialogProps & { close: () => void }) {
  const words = useTexts(testTexts);
  const { customer, choose, values } = samples;
  const isPush = template.channel === 'push';
  const member = template.channel === 'email' ? 'email' : 'phone';
  const [way, go] = useState<'address' | 'customer'>(isPush ? 'customer' : 'address');
  const [address, type] = useState('');
  // A second press of the same form is the same test.
  const [key, renew] = useState(() => randomId());
  const send = useMutation({
    mutationFn: () =>
      ask(
        sendTemplateTest({
          path: { id: template.id },
          headers: { 'Idempotency-Key': key },
          body: {
            ...(way === 'customer'
              ? { customer_id: customer?.customer_id ?? '' }
              : { [member]: address.trim() }),
            context: values,
          },
        }),
      ),
    onSuccess: ({ event_id }) => {
      close();
      notifications.show({
        message: (
          <>
            {/* Notices stand outside the router, so this is a plain link. */}
            {words.sent} <Anchor href={`/notificaciones/${event_id}`}>{words.follow}</Anchor>
          </>
        ),
        color: 'green',
        withCloseButton: false,
      });
    },
  });
  const problem = send.error instanceof ServiceProblem ? send.error : null;
  const errorOf = (name: string) => refusalText(problem?.errors[name], words);
  const isToldBesideField = (errorOf('customer_id') ?? errorOf(member)) !== null;
  const change = () => {
    send.reset();
    renew(randomId());
  };
  const isReady = way === 'customer' ? customer !== null : address.trim() !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) send.mutate();
      }}
    >
      <Stack>
        <Text size="sm">{words.lead}</Text>
        {isChanged ? <Alert color="orange">{words.unsaved}</Alert> : null}
        {isPush ? (
          <Text size="sm">{words.pushHint}</Text>
        ) : (
          <SegmentedControl
            fullWidth
            aria-label={words.way}
            data={(['address', 'customer'] as const).map((value) => ({
              value,
              label: words.ways[value],
            }))}
            value={way}
            onChange={(value) => {
              change();
              go(value === 'customer' ? 'customer' : 'address');
            }}
          />
        )}
        {way === 'customer' ? (
          <CustomerPicker
            label={words.customer}
            placeholder={words.searchCustomer}
            customer={customer}
            choose={(chosen) => {
              change();
              choose(chosen);
            }}
            error={errorOf('customer_id')}
          />
        ) : (
          <TextInput
            data-autofocus
            type={member === 'email' ? 'email' : 'tel'}
            label={words[member]}
            description={member === 'phone' ? words.phoneHint : undefined}
            value={address}
            onChange={({ currentTarget }) => {
              change();
              type(currentTarget.value);
            }}
            error={errorOf(member)}
          />
        )}
        {send.error && !isToldBesideField ? <Failed error={send.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {words.cancel}
          </Button>
          <Button type="submit" disabled={!isReady} loading={send.isPending}>
            {words.send}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
