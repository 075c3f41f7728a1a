import { Code, Stack, Text, Timeline, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listAudit } from '#contracts/client/sdk.gen.js';
import type { AuditEntryView } from '#contracts/client/types.gen.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { namesTexts } from './names.texts.js';
import { resourcesTexts } from './resources.texts.js';

interface ItemHistoryProps {
  /** As the audit trail calls it: `taller`. */
  resource: string;
  id: string;
}

const pageSize = 20;

/** Who changed a thing, from what to what; newest first. */
export function ItemHistory({ resource, id }: ItemHistoryProps) {
  const words = useTexts(resourcesTexts);
  const entries = useQuery({
    queryKey: ['history', resource, id],
    queryFn: ({ signal }) =>
      ask(listAudit({ query: { resource, resource_id: id, page_size: pageSize }, signal })),
  });
  return (
    <Stack gap="xs" component="section" aria-label={words.history}>
      <Title order={2} size="h4">
        {words.history}
      </Title>
      <Queried
        query={entries}
        isEmpty={({ results }) => results.length === 0}
        empty={words.noHistory}
      >
        {({ results }) => (
          <Timeline bulletSize={14} active={results.length}>
            {results.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </Timeline>
        )}
      </Queried>
    </Stack>
  );
}

function Entry({ entry }: { entry: AuditEntryView }) {
  const words = useTexts(resourcesTexts);
  const names = useTexts(namesTexts);
  const { moment } = useFormats();
  const told = (value: unknown) => (value === null ? words.empty : JSON.stringify(value));
  return (
    <Timeline.Item title={words.auditAction(entry.action)}>
      <Text size="sm" c="dimmed">
        {moment(entry.at)} · {words.by} {entry.author.name}
      </Text>
      {Object.entries(entry.changes).map(([member, { from, to }]) => (
        <Text key={member} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {names.member(member)}: <Code>{told(from)}</Code> → <Code>{told(to)}</Code>
        </Text>
      ))}
    </Timeline.Item>
  );
}
