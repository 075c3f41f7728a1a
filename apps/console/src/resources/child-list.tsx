import { Stack, Table, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Pages } from '../parts/pages.js';
import { ScrollTable } from '../parts/scroll-table.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { listResource } from './call-resource.js';
import { columnsOf } from './document/columns.js';
import type { List, Resource } from './document/resources.js';
import { namesTexts } from './names.texts.js';
import { ValueShown } from './value-shown.js';

interface ChildListProps {
  list: List;
  resource: Resource;
  id: string;
  all: readonly Resource[];
}

const pageSize = 20;

/** What belongs to one thing, such as a vehicle's readings. */
export function ChildList({ list, resource, id, all }: ChildListProps) {
  const names = useTexts(namesTexts);
  const [page, setPage] = useState(1);
  const name = names.resource(list.path.split('/').at(-2) ?? '');
  const rows = useQuery({
    queryKey: ['resource', resource.key, 'child', list.path, id, page],
    queryFn: ({ signal }) =>
      ask(
        listResource(list, {
          path: { [resource.idParameter]: id },
          query: { page: String(page), page_size: String(pageSize) },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const columns = columnsOf(list);
  return (
    <Stack gap="xs" component="section" aria-label={name}>
      <Title order={2} size="h4">
        {name}
      </Title>
      <Queried query={rows} isEmpty={({ results }) => results.length === 0}>
        {({ count, results }) => (
          <>
            <ScrollTable label={name} minWidth={columns.length * 110}>
              <Table.Thead>
                <Table.Tr>
                  {columns.map((field) => (
                    <Table.Th key={field.name} scope="col">
                      {names.member(field.name)}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {results.map((row) => (
                  <Table.Tr key={JSON.stringify(row)}>
                    {columns.map((field) => (
                      <Table.Td key={field.name}>
                        <ValueShown field={field} value={row[field.name]} resources={all} />
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </ScrollTable>
            <Pages count={count} page={page} pageSize={pageSize} onPage={setPage} />
          </>
        )}
      </Queried>
    </Stack>
  );
}
