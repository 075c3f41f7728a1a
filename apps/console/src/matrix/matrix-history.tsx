import { Stack, Text, Timeline, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listAudit } from '#contracts/client/sdk.gen.js';
import type { AuditEntryView, PhaseView } from '#contracts/client/types.gen.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';
import { type Save, savesOf } from './saves-of.js';
import { useTellMember, useTellPlace } from './tell-change.js';
import { configurationsKey } from './use-configuration.js';

/** Who changed this matrix, from what to what; the newest hundred cells. */
export function MatrixHistory({ id, phases }: { id: string; phases: PhaseView[] }) {
  const words = useTexts(matrixTexts);
  const history = useQuery({
    // Below the configurations, so that a save asks for it again.
    queryKey: [...configurationsKey, 'history', id],
    queryFn: ({ signal }) =>
      ask(
        listAudit({
          query: { resource: 'orchestration', resource_id: id, page_size: 100 },
          signal,
        }),
      ),
  });
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {words.history}
      </Title>
      <Queried
        query={history}
        isEmpty={({ results }) => results.length === 0}
        empty={words.noHistory}
      >
        {({ results }) => (
          <Timeline bulletSize={12} lineWidth={2}>
            {savesOf(results).map((save) => (
              <SaveItem key={save.id} save={save} phases={phases} />
            ))}
          </Timeline>
        )}
      </Queried>
    </Stack>
  );
}

/** Of a matrix that was made or filled at once, the cells are counted; others are told. */
const mostLines = 6;

function SaveItem({ save, phases }: { save: Save; phases: PhaseView[] }) {
  const words = useTexts(matrixTexts);
  const formats = useFormats();
  const linesOf = useLines(phases);
  const lines = save.entries.flatMap(linesOf);
  const actions: Record<string, string> = words.actions;
  const whole = save.entries.find(({ action }) => !action.startsWith('cell_'));
  const author = save.author === 'anonymous' ? words.anonymous : save.author;
  return (
    <Timeline.Item title={whole ? (actions[whole.action] ?? whole.action) : words.changedCells}>
      <Text size="xs" c="dimmed">
        {`${author} · ${formats.moment(save.at)}`}
      </Text>
      {lines.slice(0, mostLines).map((line) => (
        <Text size="sm" key={line}>
          {line}
        </Text>
      ))}
      {lines.length > mostLines ? (
        <Text size="sm">{words.moreLines(lines.length - mostLines)}</Text>
      ) : null}
    </Timeline.Item>
  );
}

/** What an entry says, cell by cell. */
function useLines(phases: PhaseView[]): (entry: AuditEntryView) => string[] {
  const tellPlace = useTellPlace(phases);
  const tellMember = useTellMember();
  return ({ changes }) => {
    const byPlace = new Map<string, string[]>();
    for (const [path, { from, to }] of inOrder(changes)) {
      // `matrix.phase-schedule.email.enabled`; ids of the configuration itself tell nobody anything.
      const [matrix, phase = '', channel = '', member = ''] = path.split('.');
      if (matrix !== 'matrix') continue;
      const place = tellPlace(phase, channel);
      byPlace.set(place, [...(byPlace.get(place) ?? []), tellMember(member, from, to)]);
    }
    return [...byPlace].map(([place, members]) => `${place}: ${members.join('; ')}`);
  };
}

/** By name: the service keeps them in whatever order its database has. */
function inOrder(changes: AuditEntryView['changes']) {
  return Object.entries(changes).sort(([one], [other]) => one.localeCompare(other));
}
