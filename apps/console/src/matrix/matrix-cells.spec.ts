import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Cell,
  type Cells,
  cellsOf,
  changesBetween,
  newCell,
  placeOf,
  rebase,
  withCell,
} from './matrix-cells.js';

const phases = ['reception', 'repair'];
const cell: fc.Arbitrary<Cell> = fc.record({
  phase_id: fc.constantFrom(...phases),
  channel: fc.constantFrom('email' as const, 'whatsapp' as const, 'push' as const),
  enabled: fc.boolean(),
  priority: fc.integer({ min: 1, max: 3 }),
  advance_after_minutes: fc.option(fc.integer({ min: 1, max: 2 })),
  advance_until: fc.constantFrom('sent' as const, 'delivered' as const, 'read' as const),
  quiet_hours: fc.constantFrom('default' as const, 'hold' as const, 'ignore' as const),
  when_held_too_long: fc.constantFrom('email' as const, 'expire' as const),
});
const matrix = fc.uniqueArray(cell, { selector: placeOf }).map(cellsOf);

const sorted = (cells: Cells) =>
  [...cells.values()].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));

describe('the changes of a draft', () => {
  test('make the draft of what it was drafted for, one by one', () => {
    fc.assert(
      fc.property(matrix, matrix, (base, draft) => {
        const changed = changesBetween(base, draft).reduce(
          (cells, { place, to }) => withCell(cells, place, to),
          base,
        );
        expect(sorted(changed)).toEqual(sorted(draft));
      }),
    );
  });

  test('are none when each was undone', () => {
    fc.assert(
      fc.property(matrix, matrix, (base, draft) => {
        const undone = changesBetween(base, draft).reduce(
          (cells, { place, from }) => withCell(cells, place, from),
          draft,
        );
        expect(changesBetween(base, undone)).toEqual([]);
      }),
    );
  });
});

describe('a draft on what somebody else saved meanwhile', () => {
  test('keeps every cell of its own, and has all others from the other', () => {
    fc.assert(
      fc.property(matrix, matrix, matrix, (base, draft, newest) => {
        const own = new Set(changesBetween(base, draft).map(({ place }) => place));
        const { cells } = rebase(base, draft, newest);
        for (const place of new Set([...cells.keys(), ...newest.keys(), ...draft.keys()])) {
          const from = own.has(place) ? draft : newest;
          expect(cells.get(place)).toEqual(from.get(place));
        }
      }),
    );
  });

  test('names exactly the cells that both changed to something else', () => {
    fc.assert(
      fc.property(matrix, matrix, matrix, (base, draft, newest) => {
        const places = (from: Cells, to: Cells) =>
          new Set(changesBetween(from, to).map(({ place }) => place));
        const [own, theirs] = [places(base, draft), places(base, newest)];
        const between = places(draft, newest);
        const expected = [...own].filter((place) => theirs.has(place) && between.has(place));
        expect(rebase(base, draft, newest).clashes.sort()).toEqual(expected.sort());
      }),
    );
  });
});

describe('a cell that was not there', () => {
  test('is switched on, and tried after the others of its phase', () => {
    const cells = cellsOf([
      { phase_id: 'repair', channel: 'email', enabled: true, priority: 4 },
      { phase_id: 'reception', channel: 'email', enabled: true, priority: 9 },
    ]);
    expect(newCell(cells, 'repair', 'push')).toMatchObject({ enabled: true, priority: 5 });
    expect(newCell(cellsOf([]), 'repair', 'push').priority).toBe(1);
  });
});
