import { Button, Collapse, Stack, Tabs, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { getEventContent } from '#contracts/client/sdk.gen.js';
import type { RungContentView } from '#contracts/client/types.gen.js';
import { ChannelName } from '../notifications/channel-name.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { MessageContent } from './message-content.js';
import { notificationTexts } from './notification.texts.js';

interface MessageContentsProps {
  eventId: string;
  notificationId: string;
}

/** The words of each channel's message, for whoever asks for them. */
export function MessageContents({ eventId, notificationId }: MessageContentsProps) {
  const words = useTexts(notificationTexts);
  const [isOpen, { toggle }] = useDisclosure(false);
  const id = useId();
  const content = useQuery({
    queryKey: ['event', eventId, 'content'],
    queryFn: ({ signal }) => ask(getEventContent({ path: { id: eventId }, signal })),
    enabled: isOpen,
    staleTime: 60_000,
  });
  return (
    <Stack gap="sm" align="stretch">
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconFileText size={16} aria-hidden />}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={toggle}
        >
          {words.content}
        </Button>
      </div>
      <Collapse expanded={isOpen} id={id}>
        {isOpen ? (
          <Queried query={content}>
            {({ rungs }) => (
              <Contents rungs={rungs.filter((rung) => rung.notification_id === notificationId)} />
            )}
          </Queried>
        ) : null}
      </Collapse>
    </Stack>
  );
}

function Contents({ rungs }: { rungs: readonly RungContentView[] }) {
  const words = useTexts(notificationTexts);
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        {words.contentLead}
      </Text>
      <Tabs defaultValue={String(rungs[0]?.rung)}>
        <Tabs.List aria-label={words.content}>
          {rungs.map(({ rung, channel }) => (
            <Tabs.Tab key={rung} value={String(rung)}>
              <ChannelName channel={channel} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {rungs.map((rung) => (
          <Tabs.Panel key={rung.rung} value={String(rung.rung)} pt="sm">
            {rung.content ? (
              <MessageContent content={rung.content} />
            ) : (
              <Text size="sm">{words.contentGone}</Text>
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}
