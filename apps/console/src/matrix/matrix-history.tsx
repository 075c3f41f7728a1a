import { Stack, Text, Timeline, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listAudit } from '#contracts/client/sdk.gen.js';
import type { AuditEntryView, PhaseView } from '#contracts/client/types.gen.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';
import { useTellMember, useTellPlace } from './tell-change.js';
import { configurationsKey } from './use-configuration.js';

/** Who changed this matrix, from what to what; the newest twenty. */
export function MatrixHistory({ id, phases }: { id: string; phases: PhaseView[] }) {
  const words = useTexts(matrixTexts);
  const history = useQuery({
    // Below the configurations, so that a save asks for it again.
    queryKey: [...configurationsKey, 'history', id],
    queryFn: ({ signal }) =>
      ask(listAudit({ query: { resource: 'orchestration', resource_id: id }, signal })),
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
            {results.map((entry) => (
              <Entry key={entry.id} entry={entry} phases={phases} />
            ))}
          </Timeline>
        )}
      </Queried>
    </Stack>
  );
}

function Entry({ entry, phases }: { entry: AuditEntryView; phases: PhaseView[] }) {
  const words = useTexts(matrixTexts);
  const formats = useFormats();
  const tellPlace = useTellPlace(phases);
  const tellMember = useTellMember();
  const actions: Record<string, string> = words.actions;
  const lines = Object.entries(entry.changes).flatMap(([path, { from, to }]) => {
    // `matrix.phase-schedule.email.enabled`; ids of the configuration itself tell nobody anything.
    const [matrix, phase = '', channel = '', member = ''] = path.split('.');
    if (matrix === 'matrix') {
      return [`${tellPlace(phase, channel)}: ${tellMember(member, from, to)}`];
    }
    return path === 'is_active' ? [tellMember(path, from, to)] : [];
  });
  return (
    <Timeline.Item title={actions[entry.action] ?? entry.action}>
      <Text size="xs" c="dimmed">
        {entry.author.name} · {formats.moment(entry.at)}
      </Text>
      {lines.map((line) => (
        <Text size="sm" key={line}>
          {line}
        </Text>
      ))}
    </Timeline.Item>
  );
}
