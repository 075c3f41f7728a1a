import { Badge, Card, Code, Group, List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listSchedules } from '#contracts/client/sdk.gen.js';
import type { ScheduleRunView, ScheduleView } from '#contracts/client/types.gen.js';
import { Empty, Queried } from '../../parts/states.js';
import { ask } from '../../service/ask.js';
import { useFormats } from '../../text/formats.js';
import { useTexts } from '../../text/language.js';
import { schedulesTexts } from './schedules.texts.js';

const colours = {
  asked: 'yellow',
  running: 'cyan',
  done: 'green',
  failed: 'red',
  missed: 'orange',
} as const;

export function Schedules() {
  const words = useTexts(schedulesTexts);
  const schedules = useQuery({
    queryKey: ['schedules'],
    queryFn: ({ signal }) => ask(listSchedules({ query: { page_size: 100 }, signal })),
    refetchInterval: 30_000,
  });
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {words.lead}
      </Text>
      <Queried query={schedules}>
        {({ results }) =>
          results.length === 0 ? (
            <Empty>{words.empty}</Empty>
          ) : (
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              {results.map((schedule) => (
                <ScheduleCard key={schedule.name} schedule={schedule} />
              ))}
            </SimpleGrid>
          )
        }
      </Queried>
    </Stack>
  );
}

function ScheduleCard({ schedule }: { schedule: ScheduleView }) {
  const words = useTexts(schedulesTexts);
  const formats = useFormats();
  const { name, cron, time_zone, is_active, next_runs, last_run, earlier_runs } = schedule;
  return (
    <Card withBorder component="article" aria-label={words.nameOf(name)}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Title order={2} size="h5">
            {words.nameOf(name)}
          </Title>
          <Badge variant="light" color={is_active ? 'green' : 'gray'} style={{ flexShrink: 0 }}>
            {is_active ? words.on : words.off}
          </Badge>
        </Group>
        <Text size="sm">{`${words.when(cron)} (${words.zone(time_zone)})`}</Text>
        {next_runs.length > 0 ? (
          <div>
            <Text size="sm" fw={600}>
              {words.next}
            </Text>
            <List size="sm">
              {next_runs.map((run) => (
                <List.Item key={run}>{formats.moment(run)}</List.Item>
              ))}
            </List>
          </div>
        ) : null}
        <Text size="sm" fw={600}>
          {words.last}
        </Text>
        {last_run ? <Run run={last_run} /> : <Text size="sm">{words.never}</Text>}
        {earlier_runs.length > 0 ? <Earlier runs={earlier_runs} /> : null}
      </Stack>
    </Card>
  );
}

function Run({ run }: { run: ScheduleRunView }) {
  const words = useTexts(schedulesTexts);
  const formats = useFormats();
  const { state, started_at, ended_at, tries, result } = run;
  const span = ended_at ? (Date.parse(ended_at) - Date.parse(started_at)) / 1000 : null;
  return (
    <Stack gap={4} align="flex-start">
      <Group gap="xs">
        <Badge variant="light" color={colours[state]}>
          {words.states[state]}
        </Badge>
        <Text size="sm">
          {[
            formats.moment(started_at),
            ...(span === null ? [] : [words.took(formats.seconds(span))]),
            ...(tries > 1 ? [words.tries(tries)] : []),
          ].join(' ')}
        </Text>
      </Group>
      {result ? (
        <Code aria-label={words.result} style={{ overflowWrap: 'anywhere' }}>
          {Object.entries(result)
            .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
            .join(', ')}
        </Code>
      ) : null}
    </Stack>
  );
}

function Earlier({ runs }: { runs: ScheduleRunView[] }) {
  const words = useTexts(schedulesTexts);
  return (
    <details>
      <summary>{words.earlier}</summary>
      <Stack gap="xs" mt="xs">
        {runs.map((run) => (
          <Run key={run.due_at} run={run} />
        ))}
      </Stack>
    </details>
  );
}
