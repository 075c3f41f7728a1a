import { NativeSelect, SimpleGrid, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listPhases, listTalleres } from '#contracts/client/sdk.gen.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { inboxTexts } from './inbox.texts.js';
import type { InboxSearch } from './route.js';

interface InboxFiltersProps {
  search: InboxSearch;
  onChange(search: InboxSearch): void;
}

/** Whose notices, and of which phase; what is chosen stands in the address. */
export function InboxFilters({ search, onChange }: InboxFiltersProps) {
  const words = useTexts(inboxTexts);
  const talleres = useQuery({
    queryKey: ['talleres', 'names'],
    queryFn: ({ signal }) => ask(listTalleres({ query: { page_size: 100 }, signal })),
  });
  const phases = useQuery({
    queryKey: ['phases', 'names'],
    queryFn: ({ signal }) => ask(listPhases({ query: { page_size: 100 }, signal })),
  });
  const { taller, phase, unread } = search;
  const chosen = (next: InboxSearch) =>
    onChange({
      ...(next.taller && { taller: next.taller }),
      ...(next.phase && { phase: next.phase }),
      ...(next.unread && { unread: true }),
    });
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" style={{ alignItems: 'end' }}>
      <NativeSelect
        label={words.taller}
        value={taller ?? ''}
        onChange={({ currentTarget }) => chosen({ phase, unread, taller: currentTarget.value })}
        data={[
          { value: '', label: words.allTalleres },
          ...(talleres.data?.results ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <NativeSelect
        label={words.phase}
        value={phase ?? ''}
        onChange={({ currentTarget }) => chosen({ taller, unread, phase: currentTarget.value })}
        data={[
          { value: '', label: words.allPhases },
          ...(phases.data?.results ?? []).map(({ slug, name }) => ({ value: slug, label: name })),
        ]}
      />
      <Switch
        label={words.onlyUnread}
        checked={unread ?? false}
        onChange={({ currentTarget }) => chosen({ taller, phase, unread: currentTarget.checked })}
      />
    </SimpleGrid>
  );
}
