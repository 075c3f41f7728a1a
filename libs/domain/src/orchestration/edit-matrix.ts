import { findByReference, type Phase } from '../catalog/catalog.js';
import type { FieldErrors } from '../errors.js';
import { type Cell, type CellOptions, defaultCellOptions } from './setup.js';

/** A cell that may leave out its options. */
export type AskedCell = Omit<Cell, keyof CellOptions> & Partial<CellOptions>;

/** A cell as somebody asks for it: the phase by its slug or UUID. */
export type WantedCell = Omit<AskedCell, 'phaseId'> & { phase: string };

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
): { cells: AskedCell[] } | { faults: FieldErrors } {
  const cells: AskedCell[] = [];
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

/**
 * The cells whole: an option that is left out stays as it is, and is the default in a new cell. A
 * caller that does not know of an option so cannot take it back.
 */
export function withOptions(asked: readonly AskedCell[], before: readonly Cell[]): Cell[] {
  const known = new Map(before.map((cell) => [placeOf(cell), cell]));
  return asked.map((cell) => {
    const kept = known.get(placeOf(cell)) ?? defaultCellOptions;
    const { advanceAfterMinutes: minutes } = cell;
    return {
      ...cell,
      // Null is a choice of its own: never.
      advanceAfterMinutes: minutes === undefined ? kept.advanceAfterMinutes : minutes,
      advanceUntil: cell.advanceUntil ?? kept.advanceUntil,
      quietHours: cell.quietHours ?? kept.quietHours,
      whenHeldTooLong: cell.whenHeldTooLong ?? kept.whenHeldTooLong,
    };
  });
}

/** What has to be done to a matrix so that it becomes another; nothing for cells that stay. */
export function editsBetween(before: readonly Cell[], after: readonly Cell[]): CellEdit[] {
  const old = new Map(before.map((cell) => [placeOf(cell), cell]));
  const kept = new Set(after.map(placeOf));
  const removed = before.filter((cell) => !kept.has(placeOf(cell)));
  const written = after.flatMap((cell): CellEdit[] => {
    const known = old.get(placeOf(cell));
    if (!known) return [{ before: null, after: cell }];
    const stays = settings.every((member) => known[member] === cell[member]);
    return stays ? [] : [{ before: known, after: cell }];
  });
  return [...written, ...removed.map((cell) => ({ before: cell, after: null }))];
}

/** What may change in a cell; the rest is its place. */
export const settings = [
  'enabled',
  'priority',
  'advanceAfterMinutes',
  'advanceUntil',
  'quietHours',
  'whenHeldTooLong',
] as const;

function placeOf({ phaseId, channel }: Pick<Cell, 'phaseId' | 'channel'>): string {
  return `${phaseId} ${channel}`;
}
