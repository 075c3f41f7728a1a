import { Badge, Button, Code, Group, Table, Text } from '@mantine/core';
import { deleteApiKey } from '#contracts/client/sdk.gen.js';
import type { ApiKeyView } from '#contracts/client/types.gen.js';
import { ConfirmedButton } from '../../parts/confirmed-button.js';
import { useSave } from '../../parts/use-save.js';
import { ask } from '../../service/ask.js';
import { useFormats } from '../../text/formats.js';
import { useTexts } from '../../text/language.js';
import { useTallerNames } from '../known-talleres.js';
import { settingsTexts } from '../settings.texts.js';
import { apiKeysTexts } from './api-keys.texts.js';

const colours = { active: 'green', expired: 'gray', revoked: 'red' } as const;

interface ApiKeyTableProps {
  keys: ApiKeyView[];
  rotate: (key: ApiKeyView) => void;
}

export function ApiKeyTable({ keys, rotate }: ApiKeyTableProps) {
  const all = useTexts(settingsTexts);
  const words = useTexts(apiKeysTexts);
  return (
    <Table.ScrollContainer
      minWidth={980}
      scrollAreaProps={{
        viewportProps: { tabIndex: 0, role: 'region', 'aria-label': words.list },
      }}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            {[
              words.who,
              words.begins,
              words.can,
              all.taller,
              words.state,
              words.ends,
              words.used,
              all.actions,
            ].map((heading) => (
              <Table.Th key={heading}>{heading}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((key) => (
            <Row key={key.id} known={key} rotate={() => rotate(key)} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({ known, rotate }: { known: ApiKeyView; rotate: () => void }) {
  const words = useTexts(apiKeysTexts);
  const formats = useFormats();
  const nameOf = useTallerNames();
  const { name, prefix, scopes, taller_id, status, expires_at, last_used_at } = known;
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td>
        <Code>{prefix}</Code>
      </Table.Td>
      <Table.Td>{scopes.map((scope) => words.scopes[scope]).join(', ')}</Table.Td>
      <Table.Td>{taller_id ? nameOf(taller_id) : words.allTalleres}</Table.Td>
      <Table.Td>
        <Badge variant="light" color={colours[status]}>
          {words.states[status]}
        </Badge>
      </Table.Td>
      <Table.Td>{expires_at ? formats.moment(expires_at) : words.noEnd}</Table.Td>
      <Table.Td>{last_used_at ? formats.ago(last_used_at) : words.never}</Table.Td>
      <Table.Td>
        {status === 'active' ? <Actions known={known} rotate={rotate} /> : <Text span>—</Text>}
      </Table.Td>
    </Table.Tr>
  );
}

function Actions({ known, rotate }: { known: ApiKeyView; rotate: () => void }) {
  const words = useTexts(apiKeysTexts);
  const { id, name } = known;
  const revoke = useSave({
    save: () => ask(deleteApiKey({ path: { id } })),
    said: words.revoked,
    refreshes: [['api-keys']],
  });
  return (
    <Group gap="xs" wrap="nowrap">
      <Button size="xs" variant="default" onClick={rotate} aria-label={words.rotateOf(name)}>
        {words.rotate}
      </Button>
      <ConfirmedButton
        size="xs"
        variant="light"
        color="red"
        aria-label={words.revokeOf(name)}
        question={words.revokeQuestion(name)}
        consequence={words.revokeConsequence}
        verb={words.revokeYes}
        act={() => revoke.mutateAsync()}
      >
        {words.revoke}
      </ConfirmedButton>
    </Group>
  );
}
