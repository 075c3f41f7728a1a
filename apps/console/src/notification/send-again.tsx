import { notifications } from '@mantine/notifications';
import { IconRefresh } from '@tabler/icons-react';
import { replayDeadLetter } from '#contracts/client/sdk.gen.js';
import type { NotificationDetail, ReplayView } from '#contracts/client/types.gen.js';
import { ConfirmedButton } from '../parts/confirmed-button.js';
import { useSave } from '../parts/use-save.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { notificationTexts } from './notification.texts.js';

interface SendAgainProps {
  eventId: string;
  /** One that failed. */
  notification: NotificationDetail;
}

/** Replays what could not be delivered, once: the service makes another notification of it. */
export function SendAgain({ eventId, notification }: SendAgainProps) {
  const words = useTexts(notificationTexts);
  const replay = useSave({
    save: () => ask(replayDeadLetter({ path: { id: notification.id } })),
    refreshes: [['event', eventId]],
    after: (outcome) => notifications.show(told(outcome)),
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
    <ConfirmedButton
      size="xs"
      variant="light"
      color="cyan"
      leftSection={<IconRefresh size={16} aria-hidden />}
      question={words.againTitle}
      consequence={words.againText(notification.recipient_name)}
      verb={words.again}
      act={() => replay.mutateAsync()}
    >
      {words.again}
    </ConfirmedButton>
  );
}
