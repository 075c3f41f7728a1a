import { describe, expect, test } from '@jest/globals';
import { publicHolidays } from './public-holidays.js';

describe('public holidays', () => {
  test('of Ecuador move with Easter where they do', () => {
    expect(publicHolidays('EC', 2026)).toEqual([
      '2026-01-01',
      '2026-02-16',
      '2026-02-17',
      '2026-04-03',
      '2026-05-01',
      '2026-05-24',
      '2026-08-10',
      '2026-10-09',
      '2026-11-02',
      '2026-11-03',
      '2026-12-25',
    ]);
  });

  // The days as they were published.
  test.each([
    [2024, ['2024-02-12', '2024-02-13', '2024-03-29']],
    [2025, ['2025-03-03', '2025-03-04', '2025-04-18']],
    [2027, ['2027-02-08', '2027-02-09', '2027-03-26']],
    [2038, ['2038-03-08', '2038-03-09', '2038-04-23']],
  ])('of %i have carnival and Good Friday on their days', (year, days) => {
    expect(publicHolidays('EC', year)).toEqual(expect.arrayContaining(days));
  });

  test('of Mexico fall on Mondays where the law says so', () => {
    expect(publicHolidays('MX', 2026)).toEqual([
      '2026-01-01',
      '2026-02-02',
      '2026-03-16',
      '2026-05-01',
      '2026-09-16',
      '2026-11-16',
      '2026-12-25',
    ]);
    expect(publicHolidays('MX', 2030)).toContain('2030-10-01');
    expect(publicHolidays('MX', 2027)).toEqual(
      expect.arrayContaining(['2027-02-01', '2027-03-15', '2027-11-15']),
    );
  });

  test('of a country that is not known are none', () => {
    expect(publicHolidays('XX', 2026)).toEqual([]);
  });
});
