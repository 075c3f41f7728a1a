import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconWorld } from '@tabler/icons-react';
import type { OrchestrationView, TallerView } from '#contracts/client/types.gen.js';
import { Failed } from '../parts/states.js';
import type { Catalog } from '../service/catalog.js';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';
import { cellsOf, type Place } from './matrix-cells.js';
import { MatrixGrid } from './matrix-grid.js';
import type { Coverage } from './template-coverage.js';
import type { Choice } from './use-configuration.js';
import { useCreation } from './use-creation.js';

interface InheritedMatrixProps {
  catalog: Catalog;
  choice: Choice;
  taller: TallerView;
  global: OrchestrationView;
  coverage: ReadonlyMap<Place, Coverage> | undefined;
}

/** The general matrix of a workshop that has none of its own, and the way to give it one. */
export function InheritedMatrix({
  catalog,
  choice,
  taller,
  global,
  coverage,
}: InheritedMatrixProps) {
  const words = useTexts(matrixTexts);
  const creation = useCreation(choice);
  return (
    <Stack gap="md">
      <Alert icon={<IconWorld aria-hidden />} title={words.inherited(taller.name)}>
        <Group justify="space-between">
          <Text size="sm">{words.inheritedMeaning}</Text>
          <Button
            size="xs"
            loading={creation.isPending}
            onClick={() => creation.mutate(global.matrix)}
          >
            {words.giveOwn}
          </Button>
        </Group>
      </Alert>
      {creation.isError ? <Failed error={creation.error} /> : null}
      <MatrixGrid
        phases={catalog.phases}
        cells={cellsOf(global.matrix)}
        choice={choice}
        coverage={coverage}
      />
    </Stack>
  );
}
