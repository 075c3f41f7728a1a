import { describe, expect, test } from '@jest/globals';
import { retryAfterMs } from './retry-after.js';

const now = Date.UTC(2026, 10, 22, 4, 0, 0);

describe('the provider’s own waiting time is honoured within a second and a day', () => {
  test.each([
    ['120', 120_000],
    [' 5 ', 5000],
    ['0', 1000],
    ['999999999', 86_400_000],
    ['Sun, 22 Nov 2026 04:02:00 GMT', 120_000],
    ['Sun, 22 Nov 2026 03:00:00 GMT', 1000],
    [['7', '9'], 7000],
  ])('%j is %i ms', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });

  test.each([[undefined], [''], ['soon'], ['-5'], ['99999999999'], [[]]])(
    '%j says nothing',
    (header) => {
      expect(retryAfterMs(header, now)).toBeUndefined();
    },
  );
});
