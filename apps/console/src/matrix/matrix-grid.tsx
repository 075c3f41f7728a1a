import { Table } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { PhaseView } from '#contracts/client/types.gen.js';
import { workshopTexts } from '../parts/workshop.texts.js';
import { useTexts } from '../text/language.js';
import { GridCell } from './grid-cell.js';
import { matrixTexts } from './matrix.texts.js';
import { type Cell, type Cells, type Channel, changesBetween, type Place } from './matrix-cells.js';
import type { Coverage } from './template-coverage.js';
import type { Choice } from './use-configuration.js';

/** In the order of the catalog. */
export const channels: Channel[] = ['email', 'whatsapp', 'push'];

export interface CellEdits {
  changed: ReadonlySet<Place>;
  set(place: Place, cell: Cell | null): void;
  open(place: Place): void;
}

interface MatrixGridProps {
  phases: PhaseView[];
  cells: Cells;
  choice: Choice;
  coverage: ReadonlyMap<Place, Coverage> | undefined;
  /** The general matrix, where these cells stand before it: what differs is marked. */
  general?: Cells | null;
  /** Left out: to be looked at. */
  edit?: CellEdits;
}

/** Phases by channels. Arrows go from cell to cell, space switches, Tab leads on to the options. */
export function MatrixGrid({ phases, cells, choice, coverage, general, edit }: MatrixGridProps) {
  const words = useTexts(matrixTexts);
  const names = useTexts(workshopTexts).channels;
  const grid = useRef<HTMLTableElement>(null);
  const [current, setCurrent] = useState({ row: 0, column: 0 });
  const differing = new Set(
    general ? changesBetween(general, cells).map(({ place }) => place) : [],
  );
  const move = (event: KeyboardEvent) => {
    const next = nextOf(event.key, current, phases.length);
    if (!next) return;
    event.preventDefault();
    grid.current?.querySelector<HTMLElement>(`[data-at="${next.row} ${next.column}"]`)?.focus();
  };
  return (
    <Table.ScrollContainer minWidth={520} tabIndex={0} role="region" aria-label={words.grid}>
      <Table
        ref={grid}
        role="grid"
        aria-label={words.grid}
        layout="fixed"
        horizontalSpacing={6}
        withTableBorder
        withColumnBorders
        onKeyDown={move}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.phase}</Table.Th>
            {channels.map((channel) => (
              <Table.Th key={channel}>{names[channel]}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {phases.map((phase, row) => (
            <Table.Tr key={phase.id}>
              <Table.Th scope="row">{phase.name}</Table.Th>
              {channels.map((channel, column) => (
                <Table.Td key={channel} onFocus={() => setCurrent({ row, column })}>
                  <GridCell
                    {...{ phase, channel, cells, choice, coverage, edit }}
                    at={`${row} ${column}`}
                    isCurrent={current.row === row && current.column === column}
                    differs={differing.has(`${phase.id}/${channel}`)}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function nextOf(key: string, { row, column }: { row: number; column: number }, rows: number) {
  const steps: Record<string, [down: number, right: number]> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    Home: [0, -column],
    End: [0, channels.length - 1 - column],
  };
  const step = steps[key];
  if (!step) return null;
  return {
    row: Math.min(rows - 1, Math.max(0, row + step[0])),
    column: Math.min(channels.length - 1, Math.max(0, column + step[1])),
  };
}
