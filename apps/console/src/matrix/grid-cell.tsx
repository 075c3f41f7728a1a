import { ActionIcon, Anchor, Group, Stack, Switch, Text } from '@mantine/core';
import { IconAdjustments, IconAlertTriangle, IconClock, IconMoon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { PhaseView } from '#contracts/client/types.gen.js';
import { workshopTexts } from '../parts/workshop.texts.js';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';
import { type Cell, type Cells, type Channel, newCell, placeOf } from './matrix-cells.js';
import type { CellEdits } from './matrix-grid.js';
import { newTemplatePlace } from './new-template-place.js';
import type { Coverage } from './template-coverage.js';
import type { Choice } from './use-configuration.js';

interface GridCellProps {
  phase: PhaseView;
  channel: Channel;
  cells: Cells;
  choice: Choice;
  coverage: ReadonlyMap<string, Coverage> | undefined;
  edit?: CellEdits;
  /** Row and column, by which the grid finds what to focus. */
  at: string;
  /** Of all cells, Tab reaches this one. */
  isCurrent: boolean;
  /** Whether the general matrix has it otherwise. */
  differs: boolean;
}

export function GridCell(props: GridCellProps) {
  const { phase, channel, cells, choice, coverage, edit, at, isCurrent, differs } = props;
  const words = useTexts(matrixTexts);
  const names = useTexts(workshopTexts).channels;
  const place = placeOf({ phase_id: phase.id, channel });
  const cell = cells.get(place);
  const label = `${names[channel]}, ${phase.name}`;
  const tabIndex = isCurrent ? 0 : -1;
  return (
    <Stack gap={4}>
      <Group gap={4} justify="space-between">
        {edit ? (
          <Switch
            data-at={at}
            tabIndex={tabIndex}
            aria-label={`${label}: ${words.stateOf(cell)}`}
            checked={cell?.enabled ?? false}
            label={words.markOf(cell)}
            onChange={({ currentTarget }) =>
              edit.set(place, {
                ...(cell ?? newCell(cells, phase.id, channel)),
                enabled: currentTarget.checked,
              })
            }
          />
        ) : (
          <Text
            size="sm"
            data-at={at}
            tabIndex={tabIndex}
            aria-label={`${label}: ${words.stateOf(cell)}`}
          >
            {words.stateOf(cell)}
          </Text>
        )}
        {edit && cell ? (
          <ActionIcon
            variant="subtle"
            tabIndex={tabIndex}
            aria-label={words.optionsOf(label)}
            onClick={() => edit.open(place)}
          >
            <IconAdjustments size={16} aria-hidden />
          </ActionIcon>
        ) : null}
      </Group>
      {cell ? <CellMarks cell={cell} /> : null}
      {edit?.changed.has(place) ? (
        <Text size="xs" fw={600}>
          {words.unsaved}
        </Text>
      ) : null}
      {differs ? (
        <Text size="xs" c="dimmed">
          {words.differs}
        </Text>
      ) : null}
      {cell?.enabled && coverage && !coverage.has(place) ? (
        <Anchor
          size="xs"
          underline="always"
          renderRoot={(props) => (
            <Link
              {...props}
              to="/plantillas/nueva"
              search={newTemplatePlace(choice, phase, channel)}
              tabIndex={tabIndex}
              aria-label={words.addTemplateFor(label)}
            />
          )}
        >
          <IconAlertTriangle size={14} aria-hidden /> {words.noTemplate}
        </Anchor>
      ) : null}
    </Stack>
  );
}

/** What is set beside on and off: when the next channel starts, and what the night does. */
function CellMarks({ cell }: { cell: Cell }) {
  const words = useTexts(matrixTexts);
  const { advance_after_minutes: minutes, advance_until, quiet_hours } = cell;
  return (
    <>
      {minutes === null ? null : (
        <Text size="xs" c="dimmed">
          <IconClock size={12} aria-hidden /> {words.advance(minutes, words.goals[advance_until])}
        </Text>
      )}
      {quiet_hours === 'default' ? null : (
        <Text size="xs" c="dimmed">
          <IconMoon size={12} aria-hidden /> {words.quiet[quiet_hours]}
        </Text>
      )}
    </>
  );
}
