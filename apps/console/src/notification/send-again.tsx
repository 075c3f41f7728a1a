import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { replayDeadLetter } from '#contracts/client/sdk.gen.js';
import type { NotificationDetail, ReplayView } from '#contracts/client/types.gen.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { Confirm } from './confirm.js';
import { notificationTexts } from './notification.texts.js';

interface SendAgainProps {
  eventId: string;
  /** One that failed. */
  notification: NotificationDetail;
}

/** Replays what could not be delivered, once: the service makes another notification of it. */
export function SendAgain({ eventId, notification }: SendAgainProps) {
  const words = useTexts(notificationTexts);
  const queries = useQueryClient();
  const [isOpen, { open, close }] = useDisclosure(false);
  const replay = useMutation({
    mutationFn: () => ask(replayDeadLetter({ path: { id: notification.id } })),
    onSuccess: (outcome) => {
      close();
      notifications.show(told(outcome));
      return queries.invalidateQueries({ queryKey: ['event', eventId] });
    },
  });
  const told = ({ refusal }: ReplayView) => {
    if (refusal === null) return { message: words.againDone, color: 'teal' };
    const refusals: Record<string, string> = words.refusals;
    return { message: words.refused(refusals[refusal] ?? refusal), color: 'orange' };
  };
  const isSettled = notification.timeline.some(
    ({ kind }) => kind === 'replayed' || kind === 'replay_refused',
  );
  if (isSettled) return null;
  return (
    <>
      <Button
        size="xs"
        leftSection={<IconRefresh size={16} aria-hidden />}
        onClick={() => {
          replay.reset();
          open();
        }}
      >
        {words.again}
      </Button>
      <Confirm
        opened={isOpen}
        title={words.againTitle}
        yes={words.again}
        isWorking={replay.isPending}
        error={replay.error}
        onYes={() => replay.mutate()}
        onNo={close}
      >
        {words.againText(notification.recipient_name)}
      </Confirm>
    </>
  );
}
