import { Group, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { listSandboxMessages } from '#contracts/client/sdk.gen.js';
import type { SandboxMessageView } from '#contracts/client/types.gen.js';
import { Empty, Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { ArrivedCard } from './arrived-card.js';
import { sandboxTexts } from './sandbox.texts.js';

interface ArrivedColumnProps {
  channel: SandboxMessageView['channel'];
  /** Part of the recipient's address. */
  to: string | undefined;
  /** Arrived since the sandbox started, whoever it was for. */
  total: number;
  open: (id: number) => void;
}

/** What came by one channel, the newest first; looked at every two seconds. */
export function ArrivedColumn({ channel, to, total, open }: ArrivedColumnProps) {
  const words = useTexts(sandboxTexts);
  const formats = useFormats();
  const query = { channel, ...(to && { to }), page_size: 30 };
  const messages = useQuery({
    queryKey: ['sandbox-messages', query],
    queryFn: ({ signal }) => ask(listSandboxMessages({ query, signal })),
    refetchInterval: 2000,
    placeholderData: keepPreviousData,
  });
  return (
    <Stack component="section" gap="sm" aria-label={words.channels[channel]}>
      <Group justify="space-between" align="baseline">
        <Title order={2} size="h4">
          {words.channels[channel]}
        </Title>
        <Text size="sm" c="dimmed">
          {words.arrived(formats.number(total))}
        </Text>
      </Group>
      <Queried query={messages}>
        {({ results }) =>
          results.length === 0 ? (
            <Empty>{to ? words.emptyFor : words.empty}</Empty>
          ) : (
            results.map((message) => <ArrivedCard key={message.id} message={message} open={open} />)
          )
        }
      </Queried>
    </Stack>
  );
}
