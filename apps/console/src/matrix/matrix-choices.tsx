import { Group, Input, NativeSelect, SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useId } from 'react';
import { workshopTexts } from '../parts/workshop.texts.js';
import type { Catalog } from '../service/catalog.js';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';
import { type MatrixAddress, readAddress } from './matrix-address.js';
import type { Choice } from './use-configuration.js';

const route = getRouteApi('/matriz');

interface MatrixChoicesProps {
  catalog: Catalog;
  choice: Choice;
}

/** The service, target and workshop, written to the address bar. */
export function MatrixChoices({ catalog, choice }: MatrixChoicesProps) {
  const words = useTexts(matrixTexts);
  const { targets } = useTexts(workshopTexts);
  const navigate = route.useNavigate();
  const targetLabelId = useId();
  const go = (change: { [Member in keyof MatrixAddress]: string }) =>
    navigate({ search: (now) => readAddress({ ...now, ...change }) });
  return (
    <Group align="flex-end" gap="md">
      <NativeSelect
        label={words.serviceType}
        data={catalog.serviceTypes.map(({ slug, name }) => ({ value: slug, label: name }))}
        value={choice.serviceType.slug}
        onChange={({ currentTarget }) => go({ service_type: currentTarget.value })}
      />
      <div>
        <Input.Label id={targetLabelId}>{words.target}</Input.Label>
        <SegmentedControl
          display="flex"
          aria-labelledby={targetLabelId}
          data={[
            { value: 'clients', label: targets.clients },
            { value: 'staff', label: targets.staff },
          ]}
          value={choice.target}
          onChange={(target) => go({ target })}
        />
      </div>
      <NativeSelect
        label={words.taller}
        data={[
          { value: '', label: words.everyTaller },
          ...catalog.talleres.map(({ slug, name }) => ({ value: slug, label: name })),
        ]}
        value={choice.taller?.slug ?? ''}
        onChange={({ currentTarget }) => go({ taller: currentTarget.value })}
      />
    </Group>
  );
}
