import { Anchor, Button, Modal, Stack, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { editingTexts } from '../parts/editing/editing.texts.js';
import { ScrollTable } from '../parts/scroll-table.js';
import { useTexts } from '../text/language.js';
import type { Row } from './call-resource.js';
import { titleOf } from './document/columns.js';
import type { Field } from './document/fields.js';
import { pageOf } from './document/references.js';
import type { Resource } from './document/resources.js';
import { ItemActions } from './item-actions.js';
import { MembersShown } from './members-shown.js';
import { namesTexts } from './names.texts.js';
import { resourcesTexts } from './resources.texts.js';
import { ValueShown } from './value-shown.js';

interface RowsTableProps {
  label: string;
  columns: readonly Field[];
  rows: readonly Row[];
  /** What the rows are; undefined: they have no page of their own. */
  resource: Resource;
  all: readonly Resource[];
}

/** A page of a resource; each row leads to its own page, or opens. */
export function RowsTable({ label, columns, rows, resource, all }: RowsTableProps) {
  const words = useTexts(resourcesTexts);
  const names = useTexts(namesTexts);
  const closing = useTexts(editingTexts);
  const [opened, setOpened] = useState<Row>();
  const idOf = (row: Row) => String(row[resource.idMember] ?? '');
  return (
    <>
      <ScrollTable label={label} minWidth={Math.max(320, columns.length * 130)}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ name }) => (
              <Table.Th key={name} scope="col">
                {names.member(name)}
              </Table.Th>
            ))}
            <Table.Th scope="col">{words.details}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            <Table.Tr key={idOf(row) || index}>
              {columns.map((field) => (
                <Table.Td key={field.name}>
                  <ValueShown field={field} value={row[field.name]} resources={all} />
                </Table.Td>
              ))}
              <Table.Td>
                <Opening
                  page={resource.read && pageOf(all, resource.one, idOf(row))}
                  label={words.open(titleOf(row, resource.idMember))}
                  open={() => setOpened(row)}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </ScrollTable>
      <Modal
        opened={opened !== undefined}
        onClose={() => setOpened(undefined)}
        title={opened ? titleOf(opened, resource.idMember) : ''}
        size="lg"
        closeButtonProps={{ 'aria-label': closing.close }}
      >
        {opened ? (
          <Stack gap="md">
            <ItemActions resource={resource} id={idOf(opened)} />
            <MembersShown fields={resource.list.columns} row={opened} resources={all} />
          </Stack>
        ) : null}
      </Modal>
    </>
  );
}

interface OpeningProps {
  page: string | undefined;
  label: string;
  open(): void;
}

function Opening({ page, label, open }: OpeningProps) {
  const words = useTexts(resourcesTexts);
  if (page)
    return (
      <Anchor component={Link} to={page} size="sm" aria-label={label}>
        {words.details}
      </Anchor>
    );
  return (
    <Button variant="subtle" size="compact-sm" aria-label={label} onClick={open}>
      {words.details}
    </Button>
  );
}
