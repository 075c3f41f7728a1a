import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useTexts } from '../text/language.js';
import { placesTexts } from './places.texts.js';
import { channelNames, type Filters, targetNames } from './search.js';
import { templatesTexts } from './templates.texts.js';
import { usePlaces } from './use-places.js';

interface FiltersProps {
  filters: Filters;
  narrow: (to: Filters) => void;
}

/** What the list is narrowed to. Each choice is in the address, so that it can be sent to somebody. */
export function TemplateFilters({ filters, narrow }: FiltersProps) {
  const words = useTexts(templatesTexts);
  const places = useTexts(placesTexts);
  const { services, phases, talleres } = usePlaces();
  const by = (change: Partial<Filters>) => narrow({ ...filters, page: undefined, ...change });
  const select = (label: string, name: keyof Filters, data: { value: string; label: string }[]) => (
    <Select
      w={170}
      label={label}
      placeholder={words.any}
      clearable
      clearButtonProps={{ 'aria-label': `${words.clear}: ${label}` }}
      data={data}
      value={filters[name] === undefined ? null : String(filters[name])}
      onChange={(value) => by({ [name]: value ?? undefined })}
    />
  );
  return (
    <Group gap="sm" align="flex-end">
      <Search value={filters.search ?? ''} search={(search) => by({ search })} />
      {select(
        places.channel,
        'channel',
        channelNames.map((value) => ({ value, label: places.channels[value] })),
      )}
      {select(
        places.target,
        'target',
        targetNames.map((value) => ({ value, label: places.targets[value] })),
      )}
      {select(places.service, 'service_type_id', services)}
      {select(places.phase, 'phase_id', phases)}
      {select(places.taller, 'taller_id', [{ value: 'null', label: words.global }, ...talleres])}
      <Select
        w={130}
        label={words.state}
        placeholder={words.any}
        clearable
        clearButtonProps={{ 'aria-label': `${words.clear}: ${words.state}` }}
        data={[
          { value: 'true', label: places.active },
          { value: 'false', label: places.inactive },
        ]}
        value={filters.is_active === undefined ? null : String(filters.is_active)}
        onChange={(value) => by({ is_active: value === null ? undefined : value === 'true' })}
      />
      <Button variant="subtle" onClick={() => narrow({})}>
        {words.clear}
      </Button>
    </Group>
  );
}

/** Asks when the typing rests, not at every letter. */
function Search({ value, search }: { value: string; search: (text?: string) => void }) {
  const words = useTexts(templatesTexts);
  const [typed, type] = useState(value);
  const [known, know] = useState(value);
  // The filters were cleared, or the address was changed by hand.
  if (value !== known) {
    know(value);
    type(value);
  }
  const later = useDebouncedCallback((text: string) => search(text.trim() || undefined), 250);
  return (
    <TextInput
      type="search"
      w={240}
      label={words.search}
      value={typed}
      onChange={({ currentTarget }) => {
        type(currentTarget.value);
        later(currentTarget.value);
      }}
    />
  );
}
