import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getQueues } from '#contracts/client/sdk.gen.js';
import { Page } from '../parts/page.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { DeadLetters } from './dead-letters.js';
import { ProviderAccounts } from './provider-accounts.js';
import { QueueCards } from './queue-cards.js';
import { queuesTexts } from './queues.texts.js';

/** What waits, what failed, and who works on it; counted again every five seconds. */
export function QueuesScreen() {
  const words = useTexts(queuesTexts);
  const formats = useFormats();
  const queues = useQuery({
    queryKey: ['queues'],
    queryFn: ({ signal }) => ask(getQueues({ signal })),
    refetchInterval: 5000,
  });
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={<Anchor href="/queues/">{words.board}</Anchor>}
    >
      <Queried query={queues}>
        {({ queues: lines, scheduler_seen_at: seenAt }) => (
          <>
            <QueueCards queues={lines} />
            <Text size="sm" c="dimmed">
              {seenAt ? words.scheduler(formats.ago(seenAt)) : words.noScheduler}
            </Text>
          </>
        )}
      </Queried>
      <ProviderAccounts />
      <DeadLetters />
    </Page>
  );
}
