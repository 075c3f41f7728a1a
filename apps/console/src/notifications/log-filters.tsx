import { Button, Collapse, Group, Pill, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getCatalog, listTalleres } from '#contracts/client/sdk.gen.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { ChoiceFilter } from './choice-filter.js';
import { channels, countFilters, type LogSearch, states } from './log-search.js';
import { notificationsTexts } from './notifications.texts.js';
import { nameOfEventType, wordsTexts } from './words.texts.js';

interface LogFiltersProps {
  search: LogSearch;
  narrow(change: Partial<LogSearch>): void;
}

/** A text for what people have at hand, and the rest behind a button. */
export function LogFilters({ search, narrow }: LogFiltersProps) {
  const words = useTexts(notificationsTexts);
  const count = countFilters(search);
  const [isOpen, { toggle }] = useDisclosure(count > 0);
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <SearchText key={search.q ? 'given' : 'none'} search={search} narrow={narrow} />
        <Button
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
          aria-expanded={isOpen}
          aria-controls="log-filters"
          onClick={toggle}
        >
          {words.filters(count)}
        </Button>
      </Group>
      {search.customer ? (
        <Pill
          withRemoveButton
          size="md"
          removeButtonProps={{
            'aria-label': words.removeCustomer,
            'aria-hidden': false,
            tabIndex: 0,
          }}
          onRemove={() => narrow({ customer: undefined })}
        >
          {words.onlyCustomer(search.customer)}
        </Pill>
      ) : null}
      <Collapse expanded={isOpen} id="log-filters">
        {isOpen ? <Choices search={search} narrow={narrow} /> : null}
      </Collapse>
    </Stack>
  );
}

function SearchText({ search, narrow }: LogFiltersProps) {
  const words = useTexts(notificationsTexts);
  const [typed, setTyped] = useState(search.q ?? '');
  const find = useDebouncedCallback((q: string) => narrow({ q: q.trim() }), 350);
  return (
    <TextInput
      type="search"
      label={words.search}
      placeholder={words.searchHint}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        find(value);
      }}
      style={{ flex: '1 1 16rem', maxWidth: '32rem' }}
    />
  );
}

function Choices({ search, narrow }: LogFiltersProps) {
  const words = useTexts(notificationsTexts);
  const names = useTexts(wordsTexts);
  const catalog = useQuery({
    queryKey: ['catalog'],
    queryFn: ({ signal }) => ask(getCatalog({ signal })),
  });
  const talleres = useQuery({
    queryKey: ['talleres', 'all'],
    queryFn: ({ signal }) => ask(listTalleres({ query: { page_size: 100 }, signal })),
  });
  const namedBySlug = (entries: { slug: string; name: string }[] = []) =>
    entries.map(({ slug, name }) => ({ value: slug, label: name }));
  const choice = (
    name: 'channel' | 'state' | 'type' | 'taller' | 'phase' | 'service',
    options: { value: string; label: string }[],
    any = words.any,
  ) => (
    <ChoiceFilter
      label={words[name]}
      any={any}
      options={options}
      value={search[name]}
      onChange={(value) => narrow({ [name]: value })}
    />
  );
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
      {(['from', 'to'] as const).map((name) => (
        <TextInput
          key={name}
          type="date"
          label={words[name]}
          value={search[name] ?? ''}
          onChange={({ currentTarget: { value } }) => narrow({ [name]: value })}
        />
      ))}
      {choice(
        'channel',
        channels.map((value) => ({ value, label: names.channels[value] })),
      )}
      {choice(
        'state',
        states.map((value) => ({ value, label: names.states[value] })),
      )}
      {choice(
        'type',
        (catalog.data?.event_types ?? []).map((value) => ({
          value,
          label: nameOfEventType(names.eventTypes, value),
        })),
      )}
      {choice('phase', namedBySlug(catalog.data?.phases), words.anyFeminine)}
      {choice('service', namedBySlug(catalog.data?.service_types))}
      {choice('taller', namedBySlug(talleres.data?.results))}
      {countFilters(search) > 0 ? (
        <Group align="flex-end">
          <Button
            variant="subtle"
            onClick={() =>
              narrow({
                from: undefined,
                to: undefined,
                channel: undefined,
                state: undefined,
                type: undefined,
                phase: undefined,
                service: undefined,
                taller: undefined,
                customer: undefined,
              })
            }
          >
            {words.clear}
          </Button>
        </Group>
      ) : null}
    </SimpleGrid>
  );
}
