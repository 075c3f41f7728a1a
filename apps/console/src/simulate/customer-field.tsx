import { Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getCustomer, listCustomers } from '#contracts/client/sdk.gen.js';
import type { CustomerView } from '#contracts/client/types.gen.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { simulateTexts } from './simulate.texts.js';

interface CustomerFieldProps {
  /** Empty: nobody yet. */
  customerId: string;
  error: string | undefined;
  choose(customerId: string): void;
}

/** Finds a customer by a part of name, phone or e-mail, while it is typed. */
export function CustomerField({ customerId, error, choose }: CustomerFieldProps) {
  const words = useTexts(simulateTexts);
  const [typed, setTyped] = useState('');
  const chosen = useCustomer(customerId).data;
  // The field shows whom it holds; that is no search.
  const wanted = chosen && typed === labelOf(chosen) ? '' : typed;
  const [search] = useDebouncedValue(wanted.trim(), 250);
  const found = useQuery({
    queryKey: ['simulation', 'customers', search],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => ask(listCustomers({ query: { search, page_size: 10 }, signal })),
  });
  const others = (found.data?.results ?? []).filter((one) => one.customer_id !== customerId);
  return (
    <Select
      label={words.customer}
      placeholder={words.searchCustomer}
      required
      searchable
      error={error}
      data={(chosen ? [chosen, ...others] : others).map((one) => ({
        value: one.customer_id,
        label: labelOf(one),
      }))}
      // The service has searched already, without regard to accents.
      filter={({ options }) => options}
      value={customerId || null}
      onChange={(value) => choose(value ?? '')}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={found.isFetching ? words.searching : words.nobody}
      rightSection={found.isFetching && wanted ? <Loader size="xs" aria-hidden /> : undefined}
    />
  );
}

export function useCustomer(customerId: string) {
  return useQuery({
    queryKey: ['simulation', 'customer', customerId],
    enabled: customerId !== '',
    queryFn: ({ signal }) => ask(getCustomer({ path: { customer_id: customerId }, signal })),
  });
}

function labelOf({ name, phone, email, customer_id }: CustomerView): string {
  return `${name} · ${phone ?? email ?? customer_id}`;
}
