import { describe, expect, test } from '@jest/globals';
import type { AuditEntryView } from '#contracts/client/types.gen.js';
import { savesOf } from './saves-of.js';

const entry = (id: string, request_id: string | null): AuditEntryView => ({
  id,
  at: '2026-01-20T15:15:00.000Z',
  author: { id: 'key', name: 'Ana' },
  action: 'cell_changed',
  resource: 'orchestration',
  resource_id: 'config',
  taller_id: null,
  request_id,
  changes: {},
});

const idsOf = (entries: AuditEntryView[]) =>
  savesOf(entries).map((save) => save.entries.map(({ id }) => id));

describe('the history of a matrix', () => {
  test('tells as one what one request changed', () => {
    const entries = [entry('4', 'b'), entry('3', 'b'), entry('2', 'a'), entry('1', 'a')];
    expect(idsOf(entries)).toEqual([
      ['4', '3'],
      ['2', '1'],
    ]);
  });

  test('keeps apart what no request is known of, and what came between', () => {
    expect(idsOf([entry('2', null), entry('1', null)])).toEqual([['2'], ['1']]);
    expect(idsOf([entry('3', 'a'), entry('2', 'b'), entry('1', 'a')])).toEqual([
      ['3'],
      ['2'],
      ['1'],
    ]);
  });
});
