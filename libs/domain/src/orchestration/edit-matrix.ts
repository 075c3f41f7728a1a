import { findByReference, type Phase } from '../catalog/catalog.js';
import type { FieldErrors } from '../errors.js';
import type { Cell } from './setup.js';

/** A cell as somebody asks for it: the phase by its slug or UUID. */
export type WantedCell = Omit<Cell, 'phaseId'> & { phase: string };

/** One cell that an edit makes, alters (both given) or removes. */
export type CellEdit =
  | { before: null; after: Cell }
  | { before: Cell; after: Cell }
  | { before: Cell; after: null };

/**
 * A whole matrix as it was asked for, or why it cannot be one, by the place of each entry at
 * fault (`3.phase_id`): a phase that there is not, or a cell that was named before.
 */
export function readMatrix(
  wanted: readonly WantedCell[],
  phases: readonly Phase[],
): { cells: Cell[] } | { faults: FieldErrors } {
  const cells: Cell[] = [];
  const faults: FieldErrors = {};
  const places = new Map<string, number>();
  for (const [index, { phase: reference, ...rest }] of wanted.entries()) {
    const phase = findByReference(phases, reference);
    if (!phase) {
      const known = phases.map(({ slug }) => slug).join(', ');
      faults[`${index}.phase_id`] = [`names none of: ${known}`];
      continue;
    }
    const cell = { phaseId: phase.id, ...rest };
    const earlier = places.get(placeOf(cell));
    if (earlier === undefined) places.set(placeOf(cell), index);
    else faults[`${index}`] = [`is the same phase and channel as entry ${earlier}`];
    cells.push(cell);
  }
  return Object.keys(faults).length > 0 ? { faults } : { cells };
}

/** What has to be done to a matrix so that it becomes another; nothing for cells that stay. */
export function editsBetween(before: readonly Cell[], after: readonly Cell[]): CellEdit[] {
  const old = new Map(before.map((cell) => [placeOf(cell), cell]));
  const kept = new Set(after.map(placeOf));
  const removed = before.filter((cell) => !kept.has(placeOf(cell)));
  const written = after.flatMap((cell): CellEdit[] => {
    const known = old.get(placeOf(cell));
    if (!known) return [{ before: null, after: cell }];
    const stays = known.enabled === cell.enabled && known.priority === cell.priority;
    return stays ? [] : [{ before: known, after: cell }];
  });
  return [...written, ...removed.map((cell) => ({ before: cell, after: null }))];
}

function placeOf({ phaseId, channel }: Cell): string {
  return `${phaseId} ${channel}`;
}
