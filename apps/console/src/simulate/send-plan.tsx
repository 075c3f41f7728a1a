import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconInfoCircle, IconSend } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { dispatchEvent } from '#contracts/client/sdk.gen.js';
import { Failed } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { SentEvent } from './sent-event.js';
import { simulateTexts } from './simulate.texts.js';
import type { Plan } from './use-plan.js';

interface SendPlanProps {
  plan: Plan;
  /** Whether the plan is of what the fields say now. */
  isCurrent: boolean;
}

/** Sends what was planned, in earnest and once; then tells what becomes of it. */
export function SendPlan({ plan, isCurrent }: SendPlanProps) {
  const words = useTexts(simulateTexts);
  // The second click of two comes before the button is drawn as busy.
  const isUnderWay = useRef(false);
  const sending = useMutation({
    mutationFn: async () => {
      const { request, idempotencyKey } = plan;
      const headers = { 'Idempotency-Key': idempotencyKey };
      const answer = await ask(dispatchEvent({ body: request, headers }));
      return 'event_id' in answer ? answer.event_id : null;
    },
    onSettled: () => {
      isUnderWay.current = false;
    },
  });
  const send = () => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    sending.mutate();
  };
  if (sending.data) return <SentEvent id={sending.data} />;
  if (!isCurrent) {
    return (
      <Alert icon={<IconInfoCircle aria-hidden />} title={words.outdated}>
        <Text size="sm">{words.outdatedMeaning}</Text>
      </Alert>
    );
  }
  if (!plan.view.would_be_accepted) return null;
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm">{words.sendMeaning}</Text>
        <Button
          leftSection={<IconSend size={16} aria-hidden />}
          loading={sending.isPending}
          onClick={send}
        >
          {words.send}
        </Button>
      </Group>
      {sending.isError ? <Failed error={sending.error} /> : null}
    </Stack>
  );
}
