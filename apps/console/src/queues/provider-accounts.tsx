import { Badge, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { listProviderAccounts, resetProviderAccount } from '#contracts/client/sdk.gen.js';
import type { ProviderAccountView } from '#contracts/client/types.gen.js';
import { causeTexts } from '../parts/cause-words.texts.js';
import { ConfirmedButton } from '../parts/confirmed-button.js';
import { ownDetailsTexts } from '../parts/own-details.texts.js';
import { Empty, Queried } from '../parts/states.js';
import { useSave } from '../parts/use-save.js';
import { ask } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { queuesTexts } from './queues.texts.js';

/** The ways out that have failed, those that rest first. */
export function ProviderAccounts() {
  const words = useTexts(queuesTexts);
  const accounts = useQuery({
    queryKey: ['provider-accounts'],
    queryFn: ({ signal }) => ask(listProviderAccounts({ query: { page_size: 100 }, signal })),
    refetchInterval: 5000,
  });
  return (
    <Stack component="section" gap="sm" aria-labelledby="accounts">
      <Title order={2} size="h3" id="accounts">
        {words.accounts}
      </Title>
      <Text size="sm" c="dimmed">
        {words.accountsLead}
      </Text>
      <Queried query={accounts}>
        {({ results }) =>
          results.length === 0 ? (
            <Empty>{words.noAccounts}</Empty>
          ) : (
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              {results.map((account) => (
                <Account key={account.account} account={account} />
              ))}
            </SimpleGrid>
          )
        }
      </Queried>
    </Stack>
  );
}

function Account({ account }: { account: ProviderAccountView }) {
  const words = useTexts(queuesTexts);
  const name = useNameOf(account);
  const reset = useSave({
    save: () => ask(resetProviderAccount({ path: { account: account.account } })),
    said: words.resetDone,
    refreshes: [['provider-accounts'], ['queues']],
  });
  const isOpen = account.state !== 'closed';
  return (
    <Card withBorder component="article" aria-label={name}>
      <Stack gap="xs" align="flex-start">
        <Group justify="space-between" w="100%">
          <Title order={3} size="h5" style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Title>
          <Badge variant="light" color={isOpen ? 'red' : 'green'}>
            {words.states[account.state]}
          </Badge>
        </Group>
        <Facts account={account} />
        {isOpen ? (
          <ConfirmedButton
            size="xs"
            variant="light"
            aria-label={words.resetOf(name)}
            color="cyan"
            question={words.resetQuestion}
            consequence={words.resetConsequence}
            verb={words.resetYes}
            act={() => reset.mutateAsync()}
          >
            {words.reset}
          </ConfirmedButton>
        ) : null}
      </Stack>
    </Card>
  );
}

function useNameOf({ account, channel, taller_id: tallerId }: ProviderAccountView): string {
  const { names, house, ofTaller } = useTexts(queuesTexts);
  const [, whose = ''] = account.split(/:(.*)/s);
  const known = Object.entries(names).find(([name]) => name === channel)?.[1] ?? channel;
  if (channel === 'push') return `${known} · ${whose}`;
  return `${known} ${tallerId === null ? house : `${ofTaller} (${tallerId.slice(0, 8)})`}`;
}

function Facts({ account }: { account: ProviderAccountView }) {
  const words = useTexts(queuesTexts);
  const { inWords } = useTexts(causeTexts);
  const formats = useFormats();
  const { tell } = useTexts(ownDetailsTexts);
  const { since, last_error: code, last_error_detail: detail, next_probe_at: probeAt } = account;
  const why = [code && inWords(code), detail && tell(detail)].filter((part) => part).join(' · ');
  const facts: [string, string | null][] = [
    [words.since, since && formats.ago(since)],
    [words.why, why || null],
    [words.probe, probeAt && formats.ago(probeAt)],
    [words.waits, formats.number(account.waiting)],
  ];
  return (
    <>
      {account.misconfigured ? (
        <Group gap={6} wrap="nowrap">
          <IconAlertTriangle size={18} aria-hidden />
          <Text size="sm">{words.broken}</Text>
        </Group>
      ) : null}
      {facts.map(([name, value]) =>
        value === null ? null : (
          <Text size="sm" key={name} style={{ overflowWrap: 'anywhere' }}>
            <Text span c="dimmed">{`${name}: `}</Text>
            {value}
          </Text>
        ),
      )}
    </>
  );
}
