import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconBan, IconFlask } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cancelEvent } from '#contracts/client/sdk.gen.js';
import type { EventDetail } from '#contracts/client/types.gen.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { Confirm } from './confirm.js';
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
  const queries = useQueryClient();
  const [isOpen, { open, close }] = useDisclosure(false);
  const cancel = useMutation({
    mutationFn: () => ask(cancelEvent({ path: { id: eventId } })),
    onSuccess: ({ notifications: stopped }) => {
      close();
      notifications.show({
        message: words.canceled(stopped.filter(({ canceled }) => canceled).length),
      });
      return queries.invalidateQueries({ queryKey: ['event', eventId] });
    },
  });
  return (
    <>
      <Button
        size="xs"
        color="red"
        variant="light"
        leftSection={<IconBan size={16} aria-hidden />}
        onClick={() => {
          cancel.reset();
          open();
        }}
      >
        {words.cancel}
      </Button>
      <Confirm
        opened={isOpen}
        title={words.cancelTitle}
        yes={words.cancelYes}
        color="red"
        isWorking={cancel.isPending}
        error={cancel.error}
        onYes={() => cancel.mutate()}
        onNo={close}
      >
        {words.cancelText}
      </Confirm>
    </>
  );
}
