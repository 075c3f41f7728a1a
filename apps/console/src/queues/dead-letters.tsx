import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { groupDeadLetters, replayDeadLetters } from '#contracts/client/sdk.gen.js';
import type { DeadLetterGroupView } from '#contracts/client/types.gen.js';
import { causeTexts } from '../parts/cause-words.texts.js';
import { ConfirmedButton } from '../parts/confirmed-button.js';
import { Empty, Queried } from '../parts/states.js';
import { useSave } from '../parts/use-save.js';
import { ask } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { LetterList } from './letter-list.js';
import { queuesTexts } from './queues.texts.js';

/** What failed for good, by cause: what hit most people first. */
export function DeadLetters() {
  const words = useTexts(queuesTexts);
  const groups = useQuery({
    queryKey: ['dead-letter-groups'],
    queryFn: ({ signal }) => ask(groupDeadLetters({ query: { page_size: 100 }, signal })),
    refetchInterval: 5000,
  });
  const { causa, tipo } = useSearch({ from: '/colas' });
  const isOpen = ({ cause, kind }: { cause: string; kind: string }) =>
    cause === causa && kind === tipo;
  return (
    <Stack component="section" gap="sm" aria-labelledby="letters">
      <Title order={2} size="h3" id="letters">
        {words.letters}
      </Title>
      <Text size="sm" c="dimmed">
        {words.lettersLead}
      </Text>
      <Queried query={groups}>
        {({ results }) => (
          <>
            {results.length === 0 ? <Empty>{words.noLetters}</Empty> : null}
            {results.map((group) => (
              <CauseCard
                key={`${group.kind}/${group.cause}`}
                group={group}
                isOpen={isOpen(group)}
              />
            ))}
            {causa && tipo && !results.some(isOpen) ? (
              <LetterList cause={causa} kind={tipo} />
            ) : null}
          </>
        )}
      </Queried>
    </Stack>
  );
}

function CauseCard({ group, isOpen }: { group: DeadLetterGroupView; isOpen: boolean }) {
  const words = useTexts(queuesTexts);
  const { inWords } = useTexts(causeTexts);
  const formats = useFormats();
  const { kind, cause, count, waiting, oldest, newest } = group;
  return (
    <Card withBorder component="article" aria-label={inWords(cause)}>
      <Stack gap="xs">
        <Title order={3} size="h5">
          {inWords(cause)}
        </Title>
        <Text size="sm">
          {[
            words.kinds[kind],
            words.count(formats.number(count)),
            ...(waiting > 0 ? [words.waiting(formats.number(waiting))] : []),
            words.between(formats.moment(oldest), formats.moment(newest)),
          ].join(' · ')}
        </Text>
        <GroupActions group={group} isOpen={isOpen} />
        {isOpen ? <LetterList cause={cause} kind={kind} /> : null}
      </Stack>
    </Card>
  );
}

function GroupActions({ group, isOpen }: { group: DeadLetterGroupView; isOpen: boolean }) {
  const words = useTexts(queuesTexts);
  const { inWords } = useTexts(causeTexts);
  const formats = useFormats();
  const navigate = useNavigate({ from: '/colas' });
  const { kind, cause, count, waiting } = group;
  const replay = useSave({
    save: () => ask(replayDeadLetters({ body: { kind, cause } })),
    said: words.scheduled,
    refreshes: [['dead-letter-groups'], ['dead-letters'], ['queues']],
  });
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        aria-expanded={isOpen}
        onClick={() => navigate({ search: isOpen ? {} : { causa: cause, tipo: kind } })}
      >
        {isOpen ? words.hide : words.show}
      </Button>
      <ConfirmedButton
        size="xs"
        variant="light"
        aria-label={`${words.replayAll}: ${inWords(cause)}`}
        color="cyan"
        disabled={count === waiting}
        question={words.replayAllQuestion(formats.number(count - waiting))}
        consequence={words.replayConsequences[kind]}
        verb={words.replayYes}
        act={() => replay.mutateAsync()}
      >
        {words.replayAll}
      </ConfirmedButton>
    </Group>
  );
}
