import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { daysBetween, defaultNoticeOffsets, noticeDue, noticeGraceDays } from './notice-due.js';

const dueOn = '2026-03-01';
const dayAt = (offset: number) =>
  new Date(Date.parse(`${dueOn}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);

describe('the notice of a day', () => {
  test.each([
    [-15, [], undefined],
    [-14, [], -14],
    [-12, [], -14],
    [-11, [], undefined],
    [-14, [-14], undefined],
    [-3, [-14], -3],
    [0, [-14, -3], 0],
    [2, [-14, -3], 0],
    [3, [-14, -3], undefined],
    [14, [-14, -3, 0], 14],
    [17, [], undefined],
    [400, [], undefined],
  ])('%i days from the due date with %j given is %s', (offset, given, notice) => {
    expect(noticeDue(dueOn, dayAt(offset), given)).toBe(notice);
  });

  test('offsets that were changed do not bring back an earlier notice', () => {
    expect(noticeDue(dueOn, dayAt(-6), [-3], [-7, -3])).toBeUndefined();
  });

  test.each([
    ['2026-02-28', '2026-03-01', 1],
    ['2028-02-28', '2028-03-01', 2],
    ['2026-12-31', '2027-01-01', 1],
    ['2026-03-01', '2026-02-28', -1],
  ])('from %s to %s is %i', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
  });
});

describe('over any days on which the clock happened to run', () => {
  const anyOffsets = fc.uniqueArray(fc.integer({ min: -40, max: 40 }), { maxLength: 6 });
  const anyDays = fc
    .uniqueArray(fc.integer({ min: -60, max: 80 }), { maxLength: 140 })
    .map((days) => days.sort((a, b) => a - b));

  function run(days: readonly number[], offsets: readonly number[]) {
    const notices: { offset: number; day: number }[] = [];
    for (const day of days) {
      const given = notices.map(({ offset }) => offset);
      const offset = noticeDue(dueOn, dayAt(day), given, offsets);
      if (offset !== undefined) notices.push({ offset, day });
    }
    return notices;
  }

  test('each notice is given once, one a day, in their order, on its day or soon after', () => {
    fc.assert(
      fc.property(anyDays, anyOffsets, (days, offsets) => {
        const notices = run(days, offsets);
        const given = notices.map(({ offset }) => offset);
        expect(given).toEqual([...new Set(given)].sort((a, b) => a - b));
        for (const { offset, day } of notices) {
          expect(offsets).toContain(offset);
          expect(day - offset).toBeGreaterThanOrEqual(0);
          expect(day - offset).toBeLessThanOrEqual(noticeGraceDays);
        }
      }),
    );
  });

  test('without a gap every notice is given on its day', () => {
    fc.assert(
      fc.property(anyOffsets, (offsets) => {
        const everyDay = Array.from({ length: 141 }, (_, index) => index - 60);
        const wanted = [...offsets].sort((a, b) => a - b);
        expect(run(everyDay, offsets)).toEqual(wanted.map((day) => ({ offset: day, day })));
      }),
    );
  });

  test('after the last notice and its grace there is silence', () => {
    const silence = Math.max(...defaultNoticeOffsets) + noticeGraceDays;
    fc.assert(
      fc.property(fc.integer({ min: silence + 1, max: 5000 }), (day) => {
        expect(noticeDue(dueOn, dayAt(day), [])).toBeUndefined();
      }),
    );
  });
});
