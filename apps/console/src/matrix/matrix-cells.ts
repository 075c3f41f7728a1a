import type { MatrixCell } from '#contracts/client/types.gen.js';

export type Channel = MatrixCell['channel'];

/** A cell with every option told, as the service answers it. */
export type Cell = Required<MatrixCell>;

/** Where a cell stands: the phase's UUID and the channel. */
export type Place = `${string}/${Channel}`;

export type Cells = ReadonlyMap<Place, Cell>;

/** One cell that a draft makes (`from` is null), alters, or takes away (`to` is null). */
export interface CellChange {
  place: Place;
  from: Cell | null;
  to: Cell | null;
}

/** What the service takes for an option that nobody chose. */
const defaultOptions = {
  advance_after_minutes: null,
  advance_until: 'sent',
  quiet_hours: 'default',
  when_held_too_long: 'email',
} as const;

export function cellsOf(matrix: readonly MatrixCell[]): Cells {
  return new Map(matrix.map((cell) => [placeOf(cell), { ...defaultOptions, ...cell }]));
}

export function placeOf({ phase_id, channel }: Pick<Cell, 'phase_id' | 'channel'>): Place {
  return `${phase_id}/${channel}`;
}

/** A cell that was not there, switched on and tried after all others of its phase. */
export function newCell(cells: Cells, phase_id: string, channel: Channel): Cell {
  const priorities = [...cells.values()]
    .filter((cell) => cell.phase_id === phase_id)
    .map(({ priority }) => priority);
  const priority = Math.min(100, Math.max(0, ...priorities) + 1);
  return { ...defaultOptions, phase_id, channel, enabled: true, priority };
}

/** The cells with this one in place of what stood there; null takes away. */
export function withCell(cells: Cells, place: Place, cell: Cell | null): Cells {
  const next = new Map(cells);
  if (cell) next.set(place, cell);
  else next.delete(place);
  return next;
}

/** What has to happen to `base` so that it becomes `draft`; empty where both are the same. */
export function changesBetween(base: Cells, draft: Cells): CellChange[] {
  return [...new Set([...base.keys(), ...draft.keys()])].flatMap((place) => {
    const change = { place, from: base.get(place) ?? null, to: draft.get(place) ?? null };
    return isSame(change.from, change.to) ? [] : [change];
  });
}

/**
 * What somebody drafted for `base`, drafted for `newest` instead: his cells stay as he made them,
 * all others are those of `newest`. `clashes`: cells that both changed, and not to the same.
 */
export function rebase(base: Cells, draft: Cells, newest: Cells) {
  const own = changesBetween(base, draft);
  const theirs = new Map(changesBetween(base, newest).map((change) => [change.place, change.to]));
  const cells = own.reduce((all, { place, to }) => withCell(all, place, to), newest);
  const clashes = own
    .filter(({ place, to }) => theirs.has(place) && !isSame(theirs.get(place) ?? null, to))
    .map(({ place }) => place);
  return { cells, clashes };
}

/** Members in which two cells of one place differ; all that can be set where one is not there. */
export function differingMembers(from: Cell | null, to: Cell | null): (keyof Cell)[] {
  return settings.filter((member) => from?.[member] !== to?.[member]);
}

const settings = [
  'enabled',
  'priority',
  'advance_after_minutes',
  'advance_until',
  'quiet_hours',
  'when_held_too_long',
] as const;

function isSame(one: Cell | null, other: Cell | null): boolean {
  if (!one || !other) return one === other;
  return differingMembers(one, other).length === 0;
}
