import { Button, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '../parts/page.js';
import { Pages } from '../parts/pages.js';
import { Empty, Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { listResource } from './call-resource.js';
import { CreateDrawer } from './create-drawer.js';
import { columnsOf } from './document/columns.js';
import type { Resource } from './document/resources.js';
import { ListActions } from './list-actions.js';
import { ListFilters } from './list-filters.js';
import { namesTexts } from './names.texts.js';
import { resourcesTexts } from './resources.texts.js';
import { RowsTable } from './rows-table.js';
import { useResources } from './use-resources.js';
import type { AddressWords } from './words-of-address.js';

const route = getRouteApi('/recursos/$resource');
const pageSize = 50;

/** The list of one resource: what the address asks for, page by page. */
export function ListScreen() {
  const { resource: key } = route.useParams();
  const words = useTexts(resourcesTexts);
  const names = useTexts(namesTexts);
  const resources = useResources();
  const [isCreating, setIsCreating] = useState(false);
  const resource = resources.data?.find((one) => one.key === key);
  const actions = resource?.create ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setIsCreating(true)}>
      {words.create}
    </Button>
  ) : null;
  return (
    <Page title={names.resource(key)} actions={actions}>
      <Queried query={resources}>
        {(all) =>
          resource ? (
            <>
              <Rows key={key} resource={resource} all={all} />
              <CreateDrawer
                resource={resource}
                isOpen={isCreating}
                close={() => setIsCreating(false)}
              />
            </>
          ) : (
            <Empty>{words.unknownLead}</Empty>
          )
        }
      </Queried>
    </Page>
  );
}

function Rows({ resource, all }: { resource: Resource; all: Resource[] }) {
  const words = useTexts(resourcesTexts);
  const names = useTexts(namesTexts);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (changes: AddressWords) =>
    navigate({ search: { ...search, page: undefined, ...changes }, replace: true });
  const rows = useQuery({
    queryKey: ['resource', resource.key, 'list', search],
    queryFn: ({ signal }) =>
      ask(
        listResource(resource.list, {
          query: { ...search, page_size: String(pageSize) },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack gap="md">
      <ListFilters list={resource.list} words={search} change={change} />
      <ListActions resource={resource} />
      <Queried query={rows} isEmpty={({ results }) => results.length === 0} empty={words.none}>
        {({ count, results }) => (
          <>
            <RowsTable
              label={words.table(names.resource(resource.key))}
              columns={columnsOf(resource.list, resource.create?.fields)}
              rows={results}
              resource={resource}
              all={all}
            />
            <Pages
              count={count}
              page={Number(search.page ?? 1)}
              pageSize={pageSize}
              onPage={(page) => change({ page: page === 1 ? undefined : String(page) })}
            />
          </>
        )}
      </Queried>
    </Stack>
  );
}
