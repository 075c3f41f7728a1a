import { Input, NativeSelect, SegmentedControl, Stack } from '@mantine/core';
import { useId } from 'react';
import { workshopTexts } from '../parts/workshop.texts.js';
import type { Catalog } from '../service/catalog.js';
import { useTexts } from '../text/language.js';
import { simulateTexts } from './simulate.texts.js';
import type { FieldsProps } from './simulator.js';
import { usualEventType } from './usual-event-type.js';

interface SubjectFieldsProps extends FieldsProps {
  catalog: Catalog;
  eventTypes: string[];
}

/** What happens: the service, its phase, and whom it is told. */
export function SubjectFields({
  simulation,
  change,
  errorOf,
  catalog,
  eventTypes,
}: SubjectFieldsProps) {
  const words = useTexts(simulateTexts);
  const { targets } = useTexts(workshopTexts);
  const targetLabelId = useId();
  const names: Record<string, string> = words.eventTypes;
  const service = catalog.serviceTypes.find(({ slug }) => slug === simulation.serviceType);
  const types = [...new Set([...eventTypes, simulation.eventType])].filter(Boolean);
  return (
    <Stack gap="sm">
      <NativeSelect
        label={words.serviceType}
        data={optionsOf(catalog.serviceTypes)}
        value={simulation.serviceType}
        error={errorOf('service_type_id')}
        onChange={({ currentTarget }) => change({ serviceType: currentTarget.value, subtype: '' })}
      />
      {service && service.subtypes.length > 0 ? (
        <NativeSelect
          label={words.subtype}
          data={[{ value: '', label: words.anySubtype }, ...optionsOf(service.subtypes)]}
          value={simulation.subtype}
          error={errorOf('subtype_id')}
          onChange={({ currentTarget }) => change({ subtype: currentTarget.value })}
        />
      ) : null}
      <NativeSelect
        label={words.phase}
        data={optionsOf(catalog.phases)}
        value={simulation.phase}
        error={errorOf('phase_id')}
        onChange={({ currentTarget: { value } }) =>
          change({ phase: value, eventType: usualEventType(value) ?? simulation.eventType })
        }
      />
      <NativeSelect
        label={words.eventType}
        data={types.map((type) => ({ value: type, label: names[type] ?? type }))}
        value={simulation.eventType}
        error={errorOf('event_type')}
        onChange={({ currentTarget }) => change({ eventType: currentTarget.value })}
      />
      <div>
        <Input.Label id={targetLabelId}>{words.target}</Input.Label>
        <SegmentedControl
          fullWidth
          aria-labelledby={targetLabelId}
          data={[
            { value: 'clients', label: targets.clients },
            { value: 'staff', label: targets.staff },
          ]}
          value={simulation.target}
          onChange={(target) => change({ target: target === 'staff' ? 'staff' : 'clients' })}
        />
      </div>
    </Stack>
  );
}

function optionsOf(entries: readonly { slug: string; name: string }[]) {
  return entries.map(({ slug, name }) => ({ value: slug, label: name }));
}
