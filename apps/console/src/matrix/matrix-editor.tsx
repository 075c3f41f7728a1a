import { Grid, Stack } from '@mantine/core';
import { useState } from 'react';
import type { OrchestrationView } from '#contracts/client/types.gen.js';
import { Failed } from '../parts/states.js';
import { ServiceProblem } from '../service/ask.js';
import type { Tagged } from '../service/tagged.js';
import { CellOptions } from './cell-options.js';
import { ChangesBar } from './changes-bar.js';
import { ConfigurationNotes } from './configuration-notes.js';
import { ConflictDialog } from './conflict-dialog.js';
import type { EditedProps } from './edited-configuration.js';
import { LeaveDialog } from './leave-dialog.js';
import type { Place } from './matrix-cells.js';
import { MatrixGrid } from './matrix-grid.js';
import { MatrixHistory } from './matrix-history.js';
import { useDraft } from './use-draft.js';
import { useSaving } from './use-saving.js';

/** The matrix as a draft: cells are altered here, and saved together or not at all. */
export function MatrixEditor({
  configuration,
  catalog,
  choice,
  general,
  coverage,
}: EditedProps & { configuration: Tagged<OrchestrationView> }) {
  const draft = useDraft(configuration);
  const saving = useSaving(configuration.data.id, draft);
  const [opened, setOpened] = useState<Place | null>(null);
  const { phases } = catalog;
  // That somebody else was faster is told by the dialog, with what he did.
  const isOvertaken = saving.error instanceof ServiceProblem && saving.error.status === 412;
  return (
    <Stack gap="md">
      <ConfigurationNotes
        {...{ configuration, catalog, choice, draft }}
        hasGeneral={general !== null}
      />
      <ConflictDialog {...{ phases, draft }} />
      <MatrixGrid
        {...{ phases, choice, general, coverage }}
        cells={draft.cells}
        edit={{
          changed: new Set(draft.changes.map(({ place }) => place)),
          set: draft.set,
          open: setOpened,
        }}
      />
      {saving.isError && !isOvertaken ? <Failed error={saving.error} /> : null}
      <ChangesBar {...{ phases, draft }} save={saving.mutate} isSaving={saving.isPending} />
      <Grid>
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <MatrixHistory id={configuration.data.id} phases={phases} />
        </Grid.Col>
      </Grid>
      <CellOptions
        {...{ phases, choice, coverage, draft }}
        place={opened}
        close={() => setOpened(null)}
      />
      <LeaveDialog isDirty={draft.changes.length > 0} />
    </Stack>
  );
}
