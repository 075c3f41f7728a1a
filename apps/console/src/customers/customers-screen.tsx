import { Anchor, Button, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { listCustomers } from '#contracts/client/sdk.gen.js';
import type { CustomerView } from '#contracts/client/types.gen.js';
import { Page } from '../parts/page.js';
import { Pages } from '../parts/pages.js';
import { ScrollTable } from '../parts/scroll-table.js';
import { SearchBox } from '../parts/search-box.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { customersTexts } from './customers.texts.js';
import { NewCustomer } from './new-customer.js';
import type { CustomersSearch } from './route.js';

const route = getRouteApi('/clientes');
const pageSize = 50;

/** Finds a customer among any number of them; the service searches, and gives page by page. */
export function CustomersScreen() {
  const words = useTexts(customersTexts);
  const [isCreating, { open, close }] = useDisclosure(false);
  const asked = route.useSearch();
  const navigate = route.useNavigate();
  const change = (to: CustomersSearch) => navigate({ search: to, replace: true });
  const customers = useQuery({
    queryKey: ['customers', asked],
    queryFn: ({ signal }) =>
      ask(listCustomers({ query: { ...asked, page_size: pageSize }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
          {words.new}
        </Button>
      }
    >
      <Stack gap="md">
        <search>
          <SearchBox
            label={words.search}
            placeholder={words.searchHint}
            value={asked.search ?? ''}
            onSearch={(search) => change({ search: search || undefined })}
          />
        </search>
        <Queried
          query={customers}
          isEmpty={({ results }) => results.length === 0}
          empty={words.nobody}
        >
          {({ count, results }) => (
            <>
              <Customers customers={results} />
              <Pages
                count={count}
                page={asked.page ?? 1}
                pageSize={pageSize}
                onPage={(page) => change({ ...asked, page })}
              />
            </>
          )}
        </Queried>
      </Stack>
      <NewCustomer isOpen={isCreating} close={close} />
    </Page>
  );
}

function Customers({ customers }: { customers: readonly CustomerView[] }) {
  const words = useTexts(customersTexts);
  const { ago } = useFormats();
  return (
    <ScrollTable label={words.list} minWidth={560}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{words.name}</Table.Th>
          <Table.Th scope="col">{words.email}</Table.Th>
          <Table.Th scope="col">{words.phone}</Table.Th>
          <Table.Th scope="col">{words.updated}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {customers.map(({ customer_id: customerId, name, email, phone, updated_at }) => (
          <Table.Tr key={customerId}>
            <Table.Td>
              <Anchor
                renderRoot={(props) => (
                  <Link {...props} to="/clientes/$customerId" params={{ customerId }} />
                )}
              >
                {name}
              </Anchor>
            </Table.Td>
            <Table.Td>{email ?? <Nothing />}</Table.Td>
            <Table.Td>{phone ?? <Nothing />}</Table.Td>
            <Table.Td>{ago(updated_at)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </ScrollTable>
  );
}

function Nothing() {
  const words = useTexts(customersTexts);
  return (
    <Text span c="dimmed" size="sm">
      {words.none}
    </Text>
  );
}
