import { expect, test } from '@jest/globals';
import { periodBefore, readPanelSearch, trendOf } from './period.js';

test.each([
  ['2026-11-16', '2026-11-22', '2026-11-09', '2026-11-15'],
  ['2026-03-01', '2026-03-30', '2026-01-30', '2026-02-28'],
  ['2026-01-01', '2026-01-01', '2025-12-31', '2025-12-31'],
])('before %s to %s lie %s to %s', (from, to, earlierFrom, earlierTo) => {
  expect(periodBefore(from, to)).toEqual({ from: earlierFrom, to: earlierTo });
});

test.each([
  [110, 100, 10],
  [50, 100, -50],
  [1, 3, -66.7],
  [5, 0, null],
  [null, 5, null],
  [5, null, null],
  [0, 5, -100],
])('from %j, having been %j, the trend is %j', (now, before, trend) => {
  expect(trendOf(now, before)).toBe(trend);
});

test('an address with days that are not offered is read as a week', () => {
  expect(readPanelSearch({ days: '30' })).toEqual({ days: 30 });
  expect(readPanelSearch({ days: 7 })).toEqual({});
  expect(readPanelSearch({ days: 'x' })).toEqual({});
});
