import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changed, countFilters, queryOf, readSearch } from './log-search.js';

describe('the address of the log', () => {
  test('says what the API is asked', () => {
    const search = readSearch({
      q: 'ABC-123',
      from: '2026-11-01',
      to: '2026-11-30',
      channel: 'whatsapp',
      state: 'failed',
      phase: 'phase-repair',
      page: 3,
    });
    expect(queryOf(search)).toEqual({
      search: 'ABC-123',
      created_after: new Date('2026-11-01T00:00:00').toISOString(),
      created_before: new Date('2026-12-01T00:00:00').toISOString(),
      channel: 'whatsapp',
      state: 'failed',
      phase_id: 'phase-repair',
      page: 3,
      page_size: 25,
    });
  });

  test.each([
    [{ channel: 'fax' }, {}],
    [{ state: 'lost' }, {}],
    [{ from: '2026-13-45' }, {}],
    [{ from: 'yesterday', to: 20261122 }, {}],
    [{ page: -1 }, {}],
    [{ page: 1 }, {}],
    [{ page: 'two' }, {}],
    [{ q: '' }, {}],
    [{ q: 991234567 }, { q: '991234567' }],
    [{ q: ['a'] }, {}],
    [{ customer_id: 'customer-001' }, { customer: 'customer-001' }],
    [{ colour: 'red' }, {}],
  ])('that reads %j is taken as %j', (raw, search) => {
    expect(readSearch(raw)).toEqual(search);
  });

  test('is never refused, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (raw) => {
        const search = readSearch(raw);
        expect(readSearch({ ...search })).toEqual(search);
        expect(queryOf(search).page_size).toBe(25);
      }),
    );
  });

  test('goes back to the first page when something else is looked for', () => {
    expect(changed({ page: 7, q: 'a' }, { q: 'b' })).toEqual({ q: 'b' });
    expect(changed({ page: 7, q: 'a' }, { page: 8 })).toEqual({ q: 'a', page: 8 });
    expect(countFilters({ q: 'a', page: 2, channel: 'push', from: '2026-11-01' })).toBe(2);
  });
});
