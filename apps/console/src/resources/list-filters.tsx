import { Button, Select, SimpleGrid, TextInput } from '@mantine/core';
import { SearchBox } from '../parts/search-box.js';
import { useTexts } from '../text/language.js';
import type { Field } from './document/fields.js';
import type { List } from './document/resources.js';
import { namesTexts } from './names.texts.js';
import { resourcesTexts } from './resources.texts.js';
import type { AddressWords } from './words-of-address.js';

interface ListFiltersProps {
  list: List;
  words: AddressWords;
  change(changes: AddressWords): void;
}

/** Search, order, and an input for each filter that the list takes. */
export function ListFilters({ list, words: asked, change }: ListFiltersProps) {
  const words = useTexts(resourcesTexts);
  const names = useTexts(namesTexts);
  const { filters, hasSearch, orderings } = list;
  if (!hasSearch && filters.length === 0 && orderings.length === 0) return null;
  const orders = orderings.map((value) => ({
    value,
    label: value.startsWith('-')
      ? words.descending(names.member(value.slice(1)))
      : words.ascending(names.member(value)),
  }));
  const isFiltered = Object.entries(asked).some(([name, value]) => name !== 'page' && value);
  const none = Object.fromEntries(Object.keys(asked).map((name) => [name, undefined]));
  return (
    <SimpleGrid
      cols={{ base: 1, xs: 2, md: 4 }}
      spacing="sm"
      component="search"
      style={{ alignItems: 'end' }}
    >
      {hasSearch ? (
        <SearchBox
          label={words.search}
          placeholder={words.searchHint}
          value={asked.search ?? ''}
          onSearch={(search) => change({ search: search || undefined })}
        />
      ) : null}
      {filters.map((field) => (
        <Filter
          key={field.name}
          field={field}
          value={asked[field.name] ?? ''}
          onChange={(value) => change({ [field.name]: value || undefined })}
        />
      ))}
      {orders.length > 1 ? (
        <Select
          label={words.order}
          data={orders}
          value={asked.ordering ?? list.defaultOrdering ?? null}
          onChange={(ordering) => change({ ordering: ordering ?? undefined })}
        />
      ) : null}
      {isFiltered ? (
        <div>
          <Button variant="subtle" onClick={() => change(none)}>
            {words.clear}
          </Button>
        </div>
      ) : null}
    </SimpleGrid>
  );
}

interface FilterProps {
  field: Field;
  value: string;
  onChange(value: string): void;
}

function Filter({ field, value, onChange }: FilterProps) {
  const words = useTexts(resourcesTexts);
  const names = useTexts(namesTexts);
  const label = names.member(field.name);
  const isYesNo = field.kind === 'switch' || (field.kind === 'choice' && !field.options.length);
  if (field.kind === 'choice' || isYesNo) {
    const yesNo = [
      { value: 'true', label: words.yes },
      { value: 'false', label: words.no },
    ];
    return (
      <Select
        label={label}
        data={
          isYesNo ? yesNo : field.options.map((one) => ({ value: one, label: names.value(one) }))
        }
        value={value || null}
        onChange={(chosen) => onChange(chosen ?? '')}
        placeholder={words.any}
        clearable
      />
    );
  }
  if (field.kind === 'moment') {
    // The API wants an offset; the reader means the day as it begins here.
    const day = value ? value.slice(0, 10) : '';
    return (
      <TextInput
        type="date"
        label={label}
        value={day}
        onChange={({ currentTarget }) =>
          onChange(currentTarget.value && startOfDay(currentTarget.value))
        }
      />
    );
  }
  if (field.kind === 'date')
    return (
      <TextInput
        type="date"
        label={label}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  return <SearchBox label={label} value={value} onSearch={onChange} />;
}

/** `2026-11-22` → `2026-11-22T00:00:00-05:00` */
function startOfDay(day: string): string {
  const minutes = -new Date(`${day}T00:00:00`).getTimezoneOffset();
  const two = (part: number) => String(Math.trunc(part)).padStart(2, '0');
  const offset = `${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
  return `${day}T00:00:00${minutes < 0 ? '-' : '+'}${offset}`;
}
