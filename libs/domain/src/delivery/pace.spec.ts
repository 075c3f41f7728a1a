import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { emptyLine, isPaced, type Pace, rampMs, takeTurns, unpaced } from './pace.js';

const dayMs = 86_400_000;
const anyPace: fc.Arbitrary<Pace> = fc.record({
  perMinute: fc.option(fc.integer({ min: 1, max: 6000 })),
  perDay: fc.option(fc.integer({ min: 1, max: 500 })),
  pairIntervalMs: fc.constant(0),
});

describe('the turns of an account', () => {
  test('come at once where nothing is paced', () => {
    expect(takeTurns(emptyLine, unpaced, 3, 5000).atMs).toEqual([5000, 5000, 5000]);
    expect(isPaced(emptyLine, unpaced, 5000)).toBe(false);
  });

  test('are a minute’s share apart', () => {
    const { atMs, line } = takeTurns(emptyLine, { ...unpaced, perMinute: 6 }, 3, 5000);
    expect(atMs).toEqual([5000, 15_000, 25_000]);
    expect(takeTurns(line, { ...unpaced, perMinute: 6 }, 1, 6000).atMs).toEqual([35_000]);
    expect(takeTurns(line, { ...unpaced, perMinute: 6 }, 1, 90_000).atMs).toEqual([90_000]);
  });

  test('go on the next day when a day is full', () => {
    const pace = { ...unpaced, perDay: 2 };
    expect(takeTurns(emptyLine, pace, 5, dayMs).atMs).toEqual([
      dayMs,
      dayMs,
      2 * dayMs,
      2 * dayMs,
      3 * dayMs,
    ]);
  });

  test('grow from a trickle after a breaker closed, twice as many each ten seconds', () => {
    const { atMs } = takeTurns({ ...emptyLine, rampFromMs: 0 }, unpaced, 50_000, 0);
    const within = (from: number, to: number) => atMs.filter((ms) => ms >= from && ms < to).length;
    expect(within(0, 1000)).toBe(3);
    const tens = [0, 1, 2, 3, 4].map((ten) => within(ten * 10_000, (ten + 1) * 10_000));
    for (const [index, count] of tens.slice(1).entries()) {
      expect(count / (tens[index] ?? 0)).toBeCloseTo(2, 0);
    }
    expect(atMs.at(-1)).toBeLessThan(rampMs + 1000);
  });

  test('of 50,000 that waited take no more than a twentieth longer than the pace says', () => {
    const line = { ...emptyLine, rampFromMs: 0 };
    const { atMs } = takeTurns(line, { ...unpaced, perMinute: 1200 }, 50_000, 0);
    expect(50_000 / ((atMs.at(-1) ?? 0) / 1000)).toBeGreaterThan(0.95 * 20);
  });

  test('never come before now, never out of order, never faster than the pace, in any line', () => {
    fc.assert(
      fc.property(
        anyPace,
        fc.array(fc.record({ count: fc.nat(40), passMs: fc.nat(200_000) }), { maxLength: 20 }),
        fc.option(fc.nat(100_000)),
        (pace, askings, rampFromMs) => {
          let line = { ...emptyLine, rampFromMs };
          let nowMs = dayMs;
          const all: number[] = [];
          for (const { count, passMs } of askings) {
            nowMs += passMs;
            const turns = takeTurns(line, pace, count, nowMs);
            for (const atMs of turns.atMs) expect(atMs).toBeGreaterThanOrEqual(nowMs);
            all.push(...turns.atMs);
            line = turns.line;
          }
          const apartMs = pace.perMinute === null ? 0 : 60_000 / pace.perMinute;
          for (const [index, atMs] of all.slice(1).entries()) {
            expect(atMs - (all[index] ?? 0)).toBeGreaterThanOrEqual(apartMs - 0.001);
          }
        },
      ),
    );
  });

  test('never are more in a day, from its first message on, than the day takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(200), (perDay, count) => {
        const { atMs } = takeTurns(emptyLine, { ...unpaced, perDay }, count, dayMs);
        for (let first = 0; first < atMs.length; first += perDay) {
          const start = atMs[first] ?? 0;
          expect(atMs.filter((ms) => ms >= start && ms < start + dayMs)).toHaveLength(
            Math.min(perDay, atMs.length - first),
          );
        }
      }),
    );
  });
});
