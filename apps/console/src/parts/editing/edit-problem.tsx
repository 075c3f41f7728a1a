import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ServiceProblem } from '../../service/ask.js';
import { useTexts } from '../../text/language.js';
import { Failed } from '../states.js';
import { errorsBeside } from './changed-members.js';
import { editingTexts } from './editing.texts.js';
import type { Editing } from './use-editing.js';

interface EditProblemProps<Values extends object> {
  editing: Editing<Values>;
  /** By the name of each member that the form shows, what people call it. */
  labels: Readonly<Record<string, string>>;
}

/** Why a form could not be saved, beside what stands at its fields. */
export function EditProblem<Values extends object>({ editing, labels }: EditProblemProps<Values>) {
  const words = useTexts(editingTexts);
  const { error, problem, isConflict } = editing;
  if (!error) return null;
  if (isConflict) return <Conflict editing={editing} labels={labels} />;
  if (!problem || Object.keys(problem.errors).length === 0) return <Failed error={error} />;
  const beside = errorsBeside(problem.errors, Object.keys(labels));
  const { status, code, requestId } = problem;
  return <Failed error={new ServiceProblem(status, code, words.review, beside, requestId)} />;
}

function Conflict<Values extends object>({ editing, labels }: EditProblemProps<Values>) {
  const words = useTexts(editingTexts);
  const { changes, theirs } = editing;
  const told = (value: unknown) => {
    if (value === null || value === undefined || value === '') return words.nothing;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  const names = Object.keys(changes) as (keyof Values & string)[];
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle aria-hidden />}
      title={words.conflict}
      role="alert"
    >
      <Stack gap="xs">
        <Text size="sm">{words.conflictLead}</Text>
        <Table.ScrollContainer minWidth={320}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Td />
                <Table.Th scope="col">{words.mine}</Table.Th>
                <Table.Th scope="col">{words.theirs}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {names.map((name) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row">{labels[name] ?? name}</Table.Th>
                  <Table.Td>{told(changes[name])}</Table.Td>
                  <Table.Td>{told(theirs[name])}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Group gap="xs">
          <Button size="xs" onClick={editing.keepMine}>
            {words.keepMine}
          </Button>
          <Button size="xs" variant="default" onClick={editing.discard}>
            {words.takeTheirs}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
