import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { channels } from '../catalog/channels.js';
import { advanceGoals } from '../delivery/climb-ladder.js';
import { waysWhenHeldTooLong } from '../quiet/hold-rung.js';
import { reception } from '../testing/builders.js';
import { channelDefaults, defaultCells } from './default-cells.js';
import { type CellEdit, editsBetween, readMatrix, withOptions } from './edit-matrix.js';
import { type Cell, defaultCellOptions, quietChoices } from './setup.js';

const repair = { ...reception, id: '00000000-0000-7000-8000-000000000009', slug: 'phase-repair' };
const phases = [reception, repair];
const cell = fc.record({
  phaseId: fc.constantFrom(...phases.map(({ id }) => id)),
  channel: fc.constantFrom(...channels),
  enabled: fc.boolean(),
  priority: fc.integer({ min: 1, max: 3 }),
  advanceAfterMinutes: fc.option(fc.integer({ min: 1, max: 2 })),
  advanceUntil: fc.constantFrom(...advanceGoals),
  quietHours: fc.constantFrom(...quietChoices),
  whenHeldTooLong: fc.constantFrom(...waysWhenHeldTooLong),
});
const matrix = fc.uniqueArray(cell, { selector: place });

function place({ phaseId, channel }: Pick<Cell, 'phaseId' | 'channel'>): string {
  return `${phaseId}/${channel}`;
}

function apply(cells: readonly Cell[], edits: readonly CellEdit[]): Cell[] {
  const byPlace = new Map(cells.map((each) => [place(each), each]));
  for (const { before, after } of edits) {
    if (before) expect(byPlace.get(place(before))).toEqual(before);
    if (after) byPlace.set(place(after), after);
    else if (before) byPlace.delete(place(before));
  }
  return [...byPlace.values()];
}

const sorted = (cells: readonly Cell[]) =>
  [...cells].sort((a, b) => (place(a) < place(b) ? -1 : 1));

describe('a matrix that becomes another', () => {
  test('is the other when every edit was made, whatever both are', () => {
    fc.assert(
      fc.property(matrix, matrix, (before, after) => {
        expect(sorted(apply(before, editsBetween(before, after)))).toEqual(sorted(after));
      }),
    );
  });

  test('needs no edit for what stays, in whatever order it is named', () => {
    fc.assert(
      fc.property(matrix, (cells) => {
        expect(editsBetween(cells, [...cells].reverse())).toEqual([]);
      }),
    );
  });
});

describe('a matrix as it is asked for', () => {
  const wanted = (phase: string, channel: Cell['channel']) => ({
    phase,
    channel,
    enabled: true,
    priority: 1,
  });

  test('names its phases by slug or UUID', () => {
    const read = readMatrix(
      [wanted('phase-reception', 'email'), wanted(repair.id.toUpperCase(), 'push')],
      phases,
    );
    expect(read).toEqual({
      cells: [
        { phaseId: reception.id, channel: 'email', enabled: true, priority: 1 },
        { phaseId: repair.id, channel: 'push', enabled: true, priority: 1 },
      ],
    });
  });

  test('keeps the options that it leaves out, and has the defaults in new cells', () => {
    fc.assert(
      fc.property(matrix, matrix, (before, after) => {
        const bare = after.map(({ phaseId, channel, enabled, priority }) => ({
          phaseId,
          channel,
          enabled,
          priority,
        }));
        const known = new Map(before.map((each) => [place(each), each]));
        expect(withOptions(bare, before)).toEqual(
          bare.map((each) => ({ ...(known.get(place(each)) ?? defaultCellOptions), ...each })),
        );
        expect(withOptions(after, before)).toEqual(after);
      }),
    );
  });

  test('is refused with every entry at fault', () => {
    const read = readMatrix(
      [
        wanted('phase-reception', 'email'),
        wanted('no-such', 'email'),
        wanted(reception.id, 'email'),
        wanted('', 'push'),
      ],
      phases,
    );
    expect(read).toEqual({
      faults: {
        '1.phase_id': ['names none of: phase-reception, phase-repair'],
        '2': ['is the same phase and channel as entry 0'],
        '3.phase_id': ['names none of: phase-reception, phase-repair'],
      },
    });
  });
});

describe('the defaults of a matrix', () => {
  test('fill each phase and channel that has no cell, and no other', () => {
    fc.assert(
      fc.property(matrix, fc.constantFrom('clients', 'staff'), (existing, target) => {
        const added = defaultCells(target, phases, existing);
        expect(new Set([...existing, ...added].map(place)).size).toBe(
          phases.length * channels.length,
        );
        expect(added).toHaveLength(phases.length * channels.length - existing.length);
        for (const { channel, enabled, priority } of added) {
          expect({ enabled, priority }).toEqual(channelDefaults[target][channel]);
        }
        expect(defaultCells(target, phases, [...existing, ...added])).toEqual([]);
      }),
    );
  });
});
