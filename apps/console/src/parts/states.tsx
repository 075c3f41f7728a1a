import { Alert, Button, Center, Code, Group, Loader, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ServiceProblem } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { statesTexts } from './states.texts.js';

interface QueriedProps<Data> {
  query: UseQueryResult<Data>;
  /** Whether what came is nothing to show. */
  isEmpty?: (data: Data) => boolean;
  /** In place of the general sentence, what to do when there is nothing. */
  empty?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** What a query brings, or that it is on its way, empty, or failed with a way to try again. */
export function Queried<Data>({ query, isEmpty, empty, children }: QueriedProps<Data>) {
  if (query.isPending) return <Loading />;
  if (query.isError && query.data === undefined)
    return <Failed error={query.error} again={() => query.refetch()} />;
  const data: Data = query.data as Data;
  if (isEmpty?.(data)) return <Empty>{empty}</Empty>;
  return (
    <Stack gap="md">
      {query.isError ? <Failed error={query.error} again={() => query.refetch()} /> : null}
      {children(data)}
    </Stack>
  );
}

export function Loading() {
  const words = useTexts(statesTexts);
  return (
    <Center mih={160} role="status" aria-label={words.loading}>
      <Loader />
    </Center>
  );
}

export function Empty({ children }: { children?: ReactNode }) {
  const words = useTexts(statesTexts);
  return (
    <Center mih={160}>
      <Stack align="center" gap="xs">
        <IconInbox size={36} stroke={1.3} aria-hidden />
        <Text c="dimmed" ta="center">
          {children ?? words.empty}
        </Text>
      </Stack>
    </Center>
  );
}

/** Says what went wrong in the reader's words, with what the operators need to find it. */
export function Failed({ error, again }: { error: unknown; again?: () => void }) {
  const words = useTexts(statesTexts);
  const problem = error instanceof ServiceProblem ? error : null;
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={words.titleOf(problem)}
      role="alert"
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {problem && problem.status !== 0 ? problem.message : words.unreachable}
        </Text>
        <FieldErrors errors={problem?.errors ?? {}} />
        <Group gap="sm">
          {again ? (
            <Button size="xs" variant="default" onClick={again}>
              {words.again}
            </Button>
          ) : null}
          {problem?.requestId ? (
            <Text size="xs">
              {words.request} <Code>{problem.requestId}</Code>
            </Text>
          ) : null}
        </Group>
      </Stack>
    </Alert>
  );
}

function FieldErrors({ errors }: { errors: Record<string, string[]> }) {
  return Object.entries(errors).map(([field, why]) => (
    <Text size="sm" key={field}>
      <Code>{field}</Code> {why.join('; ')}
    </Text>
  ));
}
