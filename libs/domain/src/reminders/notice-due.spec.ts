import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween } from './calendar-date.js';
import {
  defaultNoticeOffsets,
  dueDatesToLookAt,
  type GivenNotice,
  noticeDue,
  noticeGraceDays,
  sameDueDateDays,
} from './notice-due.js';

const dueOn = '2026-03-01';
const dayAt = (offset: number) => addDays(dueOn, offset);
const givenFor = (date: string, offsets: readonly number[]): GivenNotice[] =>
  offsets.map((offsetDays) => ({ dueOn: date, offsetDays }));

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
    expect(noticeDue(dueOn, dayAt(offset), givenFor(dueOn, given))).toBe(notice);
  });

  test('offsets that were changed do not bring back an earlier notice', () => {
    expect(noticeDue(dueOn, dayAt(-6), givenFor(dueOn, [-3]), [-7, -3])).toBeUndefined();
  });

  test.each([
    ['2026-02-28', '2026-03-01', 1],
    ['2028-02-28', '2028-03-01', 2],
    ['2026-12-31', '2027-01-01', 1],
    ['2026-03-01', '2026-02-28', -1],
  ])('from %s to %s is %i', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
    expect(addDays(from, days)).toBe(to);
  });
});

describe('a due date that moved', () => {
  test.each([
    [1, undefined],
    [-1, undefined],
    [sameDueDateDays, undefined],
    [-sameDueDateDays, undefined],
    [sameDueDateDays + 1, -14],
    [-sameDueDateDays - 1, -14],
  ])('by %i days repeats %s of what was given', (moved, notice) => {
    const now = addDays(dueOn, moved);
    const given = givenFor(dueOn, [-14]);
    expect(noticeDue(now, addDays(now, -14), given)).toBe(notice);
  });

  test('a little goes on with the notices that are left', () => {
    const given = givenFor(dueOn, [-14, -3]);
    const moved = addDays(dueOn, 10);
    expect(noticeDue(moved, addDays(moved, -3), given)).toBeUndefined();
    expect(noticeDue(moved, moved, given)).toBe(0);
  });

  /** The notices of a due date that moves by so many days every day. */
  function drift(steps: readonly number[]): GivenNotice[] {
    let moving = dueOn;
    const given: GivenNotice[] = [];
    for (const [day, step] of steps.entries()) {
      moving = addDays(moving, step);
      const offsetDays = noticeDue(moving, dayAt(day - 40), given);
      if (offsetDays !== undefined) given.push({ dueOn: moving, offsetDays });
    }
    return given;
  }

  test('a little every day repeats no notice within 30 days of its date, nor an earlier one', () => {
    const steps = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 60, maxLength: 120 });
    fc.assert(
      fc.property(steps.map(drift), (given) => {
        const pairs = given.flatMap((later, n) => given.slice(0, n).map((one) => [one, later]));
        const near = pairs.filter(
          ([one, later]) =>
            Math.abs(daysBetween(one?.dueOn ?? '', later?.dueOn ?? '')) <= sameDueDateDays,
        );
        for (const [one, later] of near) {
          expect(later?.offsetDays).toBeGreaterThan(one?.offsetDays ?? 0);
        }
      }),
    );
  });
});

test('the due dates looked at are all that have a notice today, and few others', () => {
  const anyOffsets = fc.uniqueArray(fc.integer({ min: -180, max: 180 }), { maxLength: 10 });
  fc.assert(
    fc.property(anyOffsets, (offsets) => {
      const looked = new Set(dueDatesToLookAt(dueOn, offsets));
      expect(looked.size).toBeLessThanOrEqual(offsets.length * (noticeGraceDays + 1));
      for (let days = -185; days <= 185; days += 1) {
        if (noticeDue(dayAt(days), dueOn, [], offsets) === undefined) continue;
        expect(looked).toContain(dayAt(days));
      }
    }),
    { numRuns: 40 },
  );
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
      const offset = noticeDue(dueOn, dayAt(day), givenFor(dueOn, given), offsets);
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
