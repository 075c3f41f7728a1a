import { Paper, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTexts } from '../../text/language.js';
import type { Place } from '../draft.js';
import { placesTexts } from '../places.texts.js';
import { channelNames, targetNames } from '../search.js';
import { usePlaces } from '../use-places.js';
import { editorTexts } from './editor.texts.js';

interface PlaceFormProps {
  place: Place;
  change: (change: Partial<Place>) => void;
  errors: Record<string, string[]>;
}

/** Where a new template is to stand. */
export function PlaceForm({ place, change, errors }: PlaceFormProps) {
  const words = useTexts(editorTexts);
  const names = useTexts(placesTexts);
  const { services, phases, talleres, subtypesOf } = usePlaces();
  const subtypes = subtypesOf(place.service_type_id);
  const field = (name: keyof Place) => ({
    value: place[name] === '' ? null : place[name],
    error: errors[name]?.join('; '),
  });
  return (
    <Paper withBorder p="md" component="section" aria-label={words.place}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {words.place}
        </Title>
        <Text size="sm" c="dimmed">
          {words.placeLead}
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          <Select
            label={names.channel}
            allowDeselect={false}
            data={channelNames.map((value) => ({ value, label: names.channels[value] }))}
            {...field('channel')}
            onChange={(value) => {
              const channel = channelNames.find((each) => each === value);
              if (channel) change({ channel });
            }}
          />
          <Select
            label={names.target}
            allowDeselect={false}
            data={targetNames.map((value) => ({ value, label: names.targets[value] }))}
            {...field('target')}
            onChange={(value) => {
              const target = targetNames.find((each) => each === value);
              if (target) change({ target });
            }}
          />
          <Select
            label={names.service}
            placeholder={words.choose}
            data={services}
            {...field('service_type_id')}
            onChange={(value) => change({ service_type_id: value ?? '', subtype_id: '' })}
          />
          <Select
            label={names.phase}
            placeholder={words.choose}
            data={phases}
            {...field('phase_id')}
            onChange={(value) => change({ phase_id: value ?? '' })}
          />
          {subtypes.length > 0 ? (
            <Select
              label={names.subtype}
              placeholder={names.everySubtype}
              clearable
              clearButtonProps={{ 'aria-label': names.everySubtype }}
              data={subtypes}
              {...field('subtype_id')}
              onChange={(value) => change({ subtype_id: value ?? '' })}
            />
          ) : null}
          <Select
            label={names.taller}
            placeholder={names.everyTaller}
            clearable
            clearButtonProps={{ 'aria-label': names.everyTaller }}
            data={talleres}
            {...field('taller_id')}
            onChange={(value) => change({ taller_id: value ?? '' })}
          />
        </SimpleGrid>
      </Stack>
    </Paper>
  );
}
