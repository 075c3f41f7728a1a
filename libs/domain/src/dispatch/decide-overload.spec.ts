import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type BacklogReading, decideOverload, drainRate } from './decide-overload.js';

const reading = (whole: number, own = 0): BacklogReading => ({
  whole,
  byTaller: new Map([['north', own]]),
});

describe('at the door', () => {
  test.each([
    ['everybody waits when the whole is full', reading(100), null, { of: 'service' }],
    ['a workshop waits then, however little is its own', reading(100), 'north', { of: 'service' }],
    ['a workshop waits when it has half of the room', reading(60, 50), 'north', { of: 'taller' }],
    ['another one does not', reading(60, 50), 'south', null],
    ['nor does who belongs to none', reading(60, 50), null, null],
    ['nobody waits below the limit', reading(99, 49), 'north', null],
  ])('%s', (_what, given, tallerId, overload) => {
    const decided = decideOverload(given, tallerId, 100, 5);
    if (overload === null) expect(decided).toBeNull();
    else expect(decided).toMatchObject(overload);
  });

  test('nobody waits where there is no limit', () => {
    expect(decideOverload(reading(10 ** 9, 10 ** 9), 'north', 0, null)).toBeNull();
  });

  test('who waits comes back when a tenth of the limit has room at the pace of the last counts', () => {
    expect(decideOverload(reading(100), null, 100, 5)?.retryAfterSeconds).toBe(2);
    expect(decideOverload(reading(160), null, 100, 5)?.retryAfterSeconds).toBe(14);
    // Half of what leaves is the workshop's own.
    expect(decideOverload(reading(120, 60), 'north', 200, 5)).toBeNull();
    expect(decideOverload(reading(120, 60), 'north', 120, 5)?.of).toBe('service');
    expect(decideOverload(reading(100, 60), 'north', 110, 5)).toEqual({
      of: 'taller',
      retryAfterSeconds: Math.ceil((60 - 49.5) / 3),
    });
  });

  test('whatever the counts, one waits from a second to ten minutes', () => {
    fc.assert(
      fc.property(
        fc.nat(10 ** 7),
        fc.nat(10 ** 7),
        fc.integer({ min: 1, max: 10 ** 6 }),
        fc.option(fc.double({ min: 0, max: 10 ** 5, noNaN: true })),
        (whole, own, limit, rate) => {
          const held = { whole: Math.max(whole, own), byTaller: new Map([['north', own]]) };
          const decided = decideOverload(held, 'north', limit, rate);
          const isFull = held.whole >= limit || own >= Math.max(1, limit / 2);
          expect(decided !== null).toBe(isFull);
          if (!decided) return;
          expect(decided.retryAfterSeconds).toBeGreaterThanOrEqual(1);
          expect(decided.retryAfterSeconds).toBeLessThanOrEqual(600);
          expect(Number.isInteger(decided.retryAfterSeconds)).toBe(true);
        },
      ),
    );
  });
});

describe('the pace', () => {
  test('is what left between two counts, smoothed', () => {
    expect(drainRate(null, 100, 80, 2)).toBe(10);
    expect(drainRate(20, 100, 80, 2)).toBe(15);
  });

  test('stands while the backlog grows, for growth hides what left', () => {
    expect(drainRate(20, 80, 100, 2)).toBe(20);
    expect(drainRate(null, 80, 80, 2)).toBeNull();
  });
});
