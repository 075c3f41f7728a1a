import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBan, IconFlask } from '@tabler/icons-react';
import { cancelEvent } from '#contracts/client/sdk.gen.js';
import type { EventDetail } from '#contracts/client/types.gen.js';
import { ConfirmedButton } from '../parts/confirmed-button.js';
import { useSave } from '../parts/use-save.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { CopyAsCurl } from './copy-button.js';
import { notificationTexts } from './notification.texts.js';

/** What can be done with an event as a whole. */
export function EventActions({ event }: { event: EventDetail }) {
  const words = useTexts(notificationTexts);
  return (
    <>
      {event.notifications.some(({ state }) => state === 'in_progress') ? (
        <CancelRest eventId={event.id} />
      ) : null}
      <Button
        component="a"
        href={`/simular?from=${event.id}`}
        variant="default"
        size="xs"
        leftSection={<IconFlask size={16} aria-hidden />}
      >
        {words.simulate}
      </Button>
      <CopyAsCurl event={event} />
    </>
  );
}

function CancelRest({ eventId }: { eventId: string }) {
  const words = useTexts(notificationTexts);
  const cancel = useSave({
    save: () => ask(cancelEvent({ path: { id: eventId } })),
    refreshes: [['event', eventId]],
    after: ({ notifications: stopped }) => {
      const count = stopped.filter(({ canceled }) => canceled).length;
      notifications.show({ message: words.canceled(count) });
    },
  });
  return (
    <ConfirmedButton
      size="xs"
      variant="light"
      color="red"
      leftSection={<IconBan size={16} aria-hidden />}
      question={words.cancelTitle}
      consequence={words.cancelText}
      verb={words.cancelYes}
      act={() => cancel.mutateAsync()}
    >
      {words.cancel}
    </ConfirmedButton>
  );
}
