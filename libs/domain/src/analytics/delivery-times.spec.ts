import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endsOf, medianSeconds } from './delivery-times.js';

const bucketOf = (ms: number) => ({ bucket: Math.floor(4 * Math.log2(ms)), messages: 1 });

describe('the median of delivery times', () => {
  test('of nothing is unknown', () => {
    expect(medianSeconds([])).toBeNull();
    expect(medianSeconds([{ bucket: 3, messages: 0 }])).toBeNull();
  });

  test('lies within a fifth of the time in the middle, whatever the times', () => {
    const anyTime = fc.integer({ min: 1, max: 7 * 86_400_000 });
    fc.assert(
      fc.property(fc.array(anyTime, { minLength: 1, maxLength: 61 }), (times) => {
        const odd = times.length % 2 === 1 ? times : times.slice(1);
        const middle = [...odd].sort((a, b) => a - b)[(odd.length - 1) / 2] ?? 0;
        const ms = (medianSeconds(odd.map(bucketOf)) ?? 0) * 1000;
        expect(ms).toBeGreaterThanOrEqual(Math.floor(middle / 1.1893));
        expect(ms).toBeLessThanOrEqual(Math.ceil(middle * 1.1893));
      }),
    );
  });

  test('adds up what several channels tell of a bucket', () => {
    const one = { bucket: 40, messages: 1 };
    const { fromMs, toMs } = endsOf(40);
    expect(fromMs).toBe(1024);
    const seconds = medianSeconds([one, one, { bucket: 80, messages: 1 }]) ?? 0;
    expect(seconds * 1000).toBeGreaterThan(fromMs);
    expect(seconds * 1000).toBeLessThan(toMs);
  });
});
