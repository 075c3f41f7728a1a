import { Card, Code, Group, Stack, Table, Text } from '@mantine/core';
import type { AuditEntryView } from '#contracts/client/types.gen.js';
import { useFormats } from '../../text/formats.js';
import { useTexts } from '../../text/language.js';
import { auditTexts } from './audit.texts.js';

/** One change, with what each member said before and after. */
export function AuditEntry({ entry }: { entry: AuditEntryView }) {
  const words = useTexts(auditTexts);
  const formats = useFormats();
  const { at, author, action, resource, resource_id, changes } = entry;
  const members = Object.entries(changes);
  const name = author.name === 'anonymous' ? words.anonymous : author.name;
  return (
    <Card withBorder padding="sm" component="article">
      <Stack gap={4}>
        <Group justify="space-between" gap="xs">
          <Text size="sm" fw={600}>
            {`${words.actionOf(action)}: ${words.resourceOf(resource)}`}
          </Text>
          <Text size="sm" c="dimmed" component="time" dateTime={at}>
            {formats.exact(at)}
          </Text>
        </Group>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {words.by(name)} <Code>{resource_id}</Code>
        </Text>
        {members.length > 0 ? (
          <details>
            <summary>{words.show(members.length)}</summary>
            <Changes members={members} />
          </details>
        ) : null}
      </Stack>
    </Card>
  );
}

function Changes({ members }: { members: [string, AuditEntryView['changes'][string]][] }) {
  const words = useTexts(auditTexts);
  return (
    <Table.ScrollContainer
      minWidth={480}
      scrollAreaProps={{
        viewportProps: { tabIndex: 0, role: 'region', 'aria-label': words.member },
      }}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.member}</Table.Th>
            <Table.Th>{words.before}</Table.Th>
            <Table.Th>{words.after}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {members.map(([member, { from, to }]) => (
            <Table.Tr key={member}>
              <Table.Td>{member}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{said(from)}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{said(to)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function said(value: unknown): string {
  if (value === null || value === undefined) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
