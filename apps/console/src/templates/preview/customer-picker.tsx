import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listCustomers } from '#contracts/client/sdk.gen.js';
import type { CustomerView } from '#contracts/client/types.gen.js';
import { ask } from '../../service/ask.js';
import { useTexts } from '../../text/language.js';
import { previewTexts } from './preview.texts.js';

interface PickerProps {
  label: string;
  placeholder: string;
  customer: CustomerView | null;
  choose: (customer: CustomerView | null) => void;
  error?: string | null;
}

/** Finds a customer by a part of name, mailbox or number, among any number of them. */
export function CustomerPicker({ label, placeholder, customer, choose, error }: PickerProps) {
  const words = useTexts(previewTexts);
  const [typed, type] = useState('');
  const [search] = useDebouncedValue(typed, 250);
  const customers = useQuery({
    queryKey: ['customers', 'picker', search],
    queryFn: ({ signal }) => ask(listCustomers({ signal, query: { search, page_size: 8 } })),
    placeholderData: keepPreviousData,
  });
  const found = customers.data?.results ?? [];
  const offered =
    customer && !found.some((one) => one.customer_id === customer.customer_id)
      ? [customer, ...found]
      : found;
  return (
    <Select
      label={label}
      placeholder={placeholder}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': words.back }}
      nothingFoundMessage={words.nobody}
      filter={({ options }) => options}
      data={offered.map(({ customer_id, name }) => ({ value: customer_id, label: name }))}
      value={customer?.customer_id ?? null}
      onSearchChange={type}
      onChange={(id) => choose(offered.find(({ customer_id }) => customer_id === id) ?? null)}
      error={error}
    />
  );
}
