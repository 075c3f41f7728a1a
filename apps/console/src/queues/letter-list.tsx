import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { getDeadLetter, listDeadLetters, replayDeadLetter } from '#contracts/client/sdk.gen.js';
import type { DeadLetterView } from '#contracts/client/types.gen.js';
import { causeTexts } from '../parts/cause-words.texts.js';
import { ConfirmedButton } from '../parts/confirmed-button.js';
import { Queried } from '../parts/states.js';
import { useSave } from '../parts/use-save.js';
import { ask } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { queuesTexts } from './queues.texts.js';

const colours = { open: 'red', waiting: 'yellow', replayed: 'green', refused: 'gray' } as const;

interface LetterListProps {
  cause: string;
  kind: DeadLetterView['kind'];
}

/** Those of one cause, settled ones too, so that what became of a replay can be seen. */
export function LetterList({ cause, kind }: LetterListProps) {
  const words = useTexts(queuesTexts);
  const { inWords } = useTexts(causeTexts);
  const formats = useFormats();
  const letters = useQuery({
    queryKey: ['dead-letters', kind, cause],
    queryFn: ({ signal }) =>
      ask(listDeadLetters({ query: { kind, cause, page_size: 50 }, signal })),
    refetchInterval: 5000,
  });
  return (
    <Queried query={letters}>
      {({ count, results }) => (
        <Stack gap="xs">
          <Table.ScrollContainer
            minWidth={640}
            scrollAreaProps={{
              viewportProps: {
                tabIndex: 0,
                role: 'region',
                'aria-label': words.listOf(inWords(cause)),
              },
            }}
          >
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{words.at}</Table.Th>
                  <Table.Th>{words.state}</Table.Th>
                  <Table.Th>{words.detail}</Table.Th>
                  <Table.Th>{words.actions}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {results.map((letter) => (
                  <Letter key={letter.id} letter={letter} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          {count > results.length ? (
            <Text size="sm" c="dimmed">
              {words.more(formats.number(count))}
            </Text>
          ) : null}
        </Stack>
      )}
    </Queried>
  );
}

function Letter({ letter }: { letter: DeadLetterView }) {
  const words = useTexts(queuesTexts);
  const { inWords } = useTexts(causeTexts);
  const formats = useFormats();
  const { id, kind, at, state, detail, refusal } = letter;
  const replay = useSave({
    save: () => ask(replayDeadLetter({ path: { id } })),
    said: words.replayed,
    refreshes: [['dead-letter-groups'], ['dead-letters'], ['queues']],
  });
  return (
    <Table.Tr>
      <Table.Td>{formats.moment(at)}</Table.Td>
      <Table.Td>
        <Badge variant="light" color={colours[state]}>
          {words.letterStates[state]}
        </Badge>
        {refusal ? <Text size="xs">{inWords(refusal)}</Text> : null}
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{detail}</Table.Td>
      <Table.Td>
        <Group gap="xs">
          {kind === 'notification' ? <EventLink id={id} /> : null}
          {state === 'open' ? (
            <ConfirmedButton
              size="xs"
              variant="light"
              color="cyan"
              question={words.replayQuestion}
              consequence={words.replayConsequences[kind]}
              verb={words.replayYes}
              act={() => replay.mutateAsync()}
            >
              {words.replay}
            </ConfirmedButton>
          ) : null}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

/** The list tells the notification; its event is known to the letter alone, and asked for then. */
function EventLink({ id }: { id: string }) {
  const words = useTexts(queuesTexts);
  const router = useRouter();
  const go = useSave({
    save: () => ask(getDeadLetter({ path: { id } })),
    refreshes: [],
    tellsFailure: true,
    after: ({ event_id: event }) => {
      if (event) void router.navigate({ href: `/notificaciones/${event}` });
    },
  });
  return (
    <Button size="xs" variant="default" loading={go.isPending} onClick={() => go.mutate()}>
      {words.event}
    </Button>
  );
}
