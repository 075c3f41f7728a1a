import { Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconHelp } from '@tabler/icons-react';
import type { QueueView } from '#contracts/client/types.gen.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { queuesTexts } from './queues.texts.js';

const numbers = ['waiting', 'active', 'delayed', 'held', 'failed'] as const;

export function QueueCards({ queues }: { queues: QueueView[] }) {
  const words = useTexts(queuesTexts);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
      {queues.map((queue) => (
        <Card withBorder key={queue.name} component="section" aria-label={words.names[queue.name]}>
          <Stack gap="xs">
            <Title order={2} size="h4">
              {words.names[queue.name]}
            </Title>
            <Numbers queue={queue} />
            <Oldest since={queue.oldest_waiting_since} />
            <Workers count={queue.workers} />
          </Stack>
        </Card>
      ))}
    </SimpleGrid>
  );
}

function Numbers({ queue }: { queue: QueueView }) {
  const words = useTexts(queuesTexts);
  const formats = useFormats();
  return (
    <dl style={{ margin: 0, display: 'grid', gridTemplateColumns: '1fr auto', gap: 4 }}>
      {numbers.map((name) => (
        <Group key={name} component="div" display="contents">
          <Text component="dt" size="sm">
            {words.numbers[name]}
          </Text>
          <Text component="dd" size="sm" fw={600} ta="right" m={0}>
            {formats.number(queue[name])}
          </Text>
        </Group>
      ))}
    </dl>
  );
}

function Oldest({ since }: { since: string | null }) {
  const words = useTexts(queuesTexts);
  const formats = useFormats();
  return (
    <Text size="sm" c="dimmed">
      {since ? words.oldest(formats.ago(since)) : words.nothingWaits}
    </Text>
  );
}

function Workers({ count }: { count: number | null }) {
  const words = useTexts(queuesTexts);
  const [Icon, text] =
    count === null
      ? ([IconHelp, words.unknownWorkers] as const)
      : count === 0
        ? ([IconAlertTriangle, words.nobody] as const)
        : ([IconCheck, words.workers(count)] as const);
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Icon size={18} aria-hidden style={{ flexShrink: 0 }} />
      <Text size="sm" {...(count === 0 && { c: 'var(--mantine-color-error)' })}>
        {text}
      </Text>
    </Group>
  );
}
