import { describe, expect, test } from '@jest/globals';
import type { NoticePage, NoticeView } from '#contracts/client/types.gen.js';
import { withNotice } from './with-notice.js';

const notice = (number: number, changes: Partial<NoticeView> = {}): NoticeView => ({
  id: `id-${number}`,
  number,
  kind: 'event',
  title_es: 'Recepción',
  title_en: 'Recepción',
  text_es: 'ABC123',
  text_en: 'ABC123',
  taller_id: null,
  phase: null,
  event_id: null,
  event_type: null,
  account: null,
  cause: null,
  is_read: false,
  created_at: '2026-01-19T15:15:00.000Z',
  ...changes,
});
const page = (...numbers: number[]): NoticePage => ({
  count: numbers.length,
  next: null,
  previous: null,
  results: numbers.map((number) => notice(number)),
});
const numbersOf = ({ results }: NoticePage) => results.map(({ number }) => number);

describe('a notice that has just come', () => {
  test('stands first on the first page, which stays as long as it was', () => {
    const after = withNotice(page(2, 1), notice(3), {}, 2);
    expect([numbersOf(after), after.count]).toEqual([[3, 2], 3]);
  });

  test('is not shown twice', () => {
    expect(numbersOf(withNotice(page(3, 2), notice(3), {}, 20))).toEqual([3, 2]);
  });

  test.each([[{ page: 2 }], [{ taller: 'other' }], [{ phase: 'phase-repair' }]])(
    'is not shown where it does not belong: %j',
    (search) => {
      expect(numbersOf(withNotice(page(1), notice(2), search, 20))).toEqual([1]);
    },
  );
});
