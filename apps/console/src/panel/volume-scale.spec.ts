import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { labelEvery, topOfScale } from './volume-scale.js';

describe('the scale of the volume', () => {
  test.each([
    [0, 2],
    [1, 2],
    [3, 4],
    [7, 8],
    [10, 10],
    [11, 20],
    [100, 100],
    [130, 200],
    [999, 1000],
    [4_200_000, 6_000_000],
  ])('of a highest day of %i ends at %i', (highest, top) => {
    expect(topOfScale(highest)).toBe(top);
  });

  test('holds every day, wastes at most half, and has a whole number in its middle', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100_000_000 }), (highest) => {
        const top = topOfScale(highest);
        expect(top).toBeGreaterThanOrEqual(highest);
        expect(highest).toBeGreaterThanOrEqual(top / 2);
        expect(Number.isInteger(top / 2)).toBe(true);
      }),
    );
  });

  test('has at most five dates, and one at least', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (days) => {
        const labels = Math.ceil(days / labelEvery(days));
        expect(labels).toBeGreaterThanOrEqual(1);
        expect(labels).toBeLessThanOrEqual(5);
      }),
    );
  });
});
