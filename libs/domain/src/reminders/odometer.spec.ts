import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween } from './calendar-date.js';
import {
  farthestDays,
  fastestKmPerDay,
  impossibleKmPerDay,
  type OdometerReading,
  projectReaching,
  slowestKmPerDay,
  trustedReadings,
  usualKmPerDay,
} from './odometer.js';

const start = '2026-01-01';
const at = (day: number, km: number): OdometerReading => ({ readOn: addDays(start, day), km });
const dayOf = (date: string | null) => (date === null ? null : daysBetween(start, date));

/** Days of visits, the first at least a week before the last. */
const visits = fc
  .uniqueArray(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 14 })
  .map((days) => [0, ...days.toSorted((a, b) => a - b)])
  .filter((days) => (days.at(-1) ?? 0) >= 7);

/** Readings that can all be right. */
const possible = visits.chain((days) =>
  fc.tuple(...days.map(() => fc.integer({ min: 0, max: impossibleKmPerDay }))).map((paces) => {
    let km = 0;
    return days.map((day, index) => {
      km += (day - (days[index - 1] ?? 0)) * (paces[index] ?? 0);
      return at(day, km);
    });
  }),
);

describe('the day on which kilometres are reached', () => {
  test('is unknown without a reading', () => {
    expect(projectReaching([], 10_000)).toBeNull();
  });

  test('goes by the usual pace from a single reading, and from readings of one week', () => {
    const ahead = Math.ceil(1000 / usualKmPerDay);
    expect(dayOf(projectReaching([at(0, 9000)], 10_000))).toBe(ahead);
    expect(dayOf(projectReaching([at(0, 8000), at(6, 9000)], 10_000))).toBe(6 + ahead);
    expect(dayOf(projectReaching([at(0, 8300), at(7, 9000)], 10_000))).toBe(17);
  });

  test('is exact where every day has the same kilometres', () => {
    fc.assert(
      fc.property(
        visits,
        fc.integer({ min: slowestKmPerDay, max: fastestKmPerDay }),
        fc.nat(200_000),
        fc.integer({ min: 1, max: 15_000 }),
        (days, pace, first, ahead) => {
          const readings = days.map((day) => at(day, first + day * pace));
          const km = (readings.at(-1)?.km ?? 0) + ahead;
          const day = dayOf(projectReaching(readings, km)) ?? 0;
          expect(first + day * pace).toBeGreaterThanOrEqual(km);
          expect(first + (day - 1) * pace).toBeLessThan(km);
        },
      ),
    );
  });

  test('is after the last reading below it, and on the first reading that shows it', () => {
    fc.assert(
      fc.property(possible, fc.integer({ min: 1, max: 2_000_000 }), (readings, km) => {
        const day = projectReaching(readings, km) ?? '';
        const below = readings.findLast((reading) => reading.km < km);
        const reached = readings.find((reading) => reading.km >= km);
        if (below) expect(day > below.readOn).toBe(true);
        if (reached) expect(day).toBe(reached.readOn);
        const last = readings.at(-1)?.readOn ?? '';
        expect(daysBetween(last, day)).toBeLessThanOrEqual(farthestDays);
      }),
    );
  });

  test('is never earlier for more kilometres, and never later for a higher last reading', () => {
    const more = fc.integer({ min: 0, max: 50_000 });
    fc.assert(
      fc.property(possible, fc.integer({ min: 1, max: 2_000_000 }), more, (readings, km, added) => {
        const day = projectReaching(readings, km) ?? '';
        expect((projectReaching(readings, km + added) ?? '') >= day).toBe(true);
        const last = readings.at(-1);
        if (!last || last.km >= km) return;
        const higher = [...readings.slice(0, -1), { ...last, km: last.km + added }];
        expect((projectReaching(higher, km) ?? '') <= day).toBe(true);
      }),
    );
  });

  test('does not move for one odd week among many', () => {
    const steady = [0, 30, 60, 90, 120, 150].map((day) => at(day, 10_000 + 40 * day));
    const odd = steady.map((reading, index) => (index === 2 ? at(60, 13_500) : reading));
    expect(projectReaching(odd, 20_000)).toBe(projectReaching(steady, 20_000));
  });
});

describe('the readings that can be trusted', () => {
  test('are all of them where all can be right', () => {
    fc.assert(
      fc.property(possible, (readings) => {
        expect(trustedReadings(readings)).toEqual(readings);
      }),
    );
  });

  test('never go back and never jump, whatever is given, and are some if any are given', () => {
    const any = visits.chain((days) =>
      fc
        .tuple(...days.map(() => fc.nat(300_000)))
        .map((kms) => days.map((day, index) => at(day, kms[index] ?? 0))),
    );
    fc.assert(
      fc.property(any, (readings) => {
        const trusted = trustedReadings(readings);
        expect(trusted.length).toBeGreaterThan(0);
        for (const [index, later] of trusted.slice(1).entries()) {
          const earlier = trusted[index] ?? later;
          const days = daysBetween(earlier.readOn, later.readOn);
          expect(later.km).toBeGreaterThanOrEqual(earlier.km);
          expect(later.km - earlier.km).toBeLessThanOrEqual(days * impossibleKmPerDay);
        }
      }),
    );
  });

  test('leave one slip of the hand out, wherever it is among three or more', () => {
    const slips = fc.constantFrom(0, 1_900_000);
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 12 }), fc.nat(11), slips, (count, place, slip) => {
        const right = Array.from({ length: count }, (_, n) => at(n * 60, 5000 + n * 2400));
        const index = place % count;
        if (index === 0 && slip === 0) return;
        const wrong = right.map((reading, n) => (n === index ? { ...reading, km: slip } : reading));
        expect(trustedReadings(wrong)).toEqual(right.filter((_, n) => n !== index));
      }),
    );
  });

  test('doubt the later of two, until a third bears it out', () => {
    const [old, replaced] = [at(0, 90_000), at(60, 100)];
    expect(trustedReadings([old, replaced])).toEqual([old]);
    expect(trustedReadings([old, replaced, at(120, 2500)])).toEqual([replaced, at(120, 2500)]);
  });
});
