import { describe, expect, test } from '@jest/globals';
import { type CronLanguage, cronWords } from './cron-words.js';

const plain: CronLanguage = {
  everyMinute: 'every minute',
  everyMinutes: (count) => `every ${count} minutes`,
  hourly: (minute) => `hourly at ${minute}`,
  daily: (time) => `daily at ${time}`,
  weekly: (day, time) => `${day}s at ${time}`,
  monthly: (day, time) => `on day ${day} at ${time}`,
  weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  other: (cron) => `cron ${cron}`,
};

describe('cron fields in words', () => {
  test.each([
    ['* * * * *', 'every minute'],
    ['*/15 * * * *', 'every 15 minutes'],
    ['5 * * * *', 'hourly at 5'],
    ['0 8 * * *', 'daily at 08:00'],
    ['30 3 * * *', 'daily at 03:30'],
    ['0 9 * * 1', 'Mondays at 09:00'],
    ['0 9 * * 7', 'Sundays at 09:00'],
    ['15 6 1 * *', 'on day 1 at 06:15'],
    ['0 8 * 12 *', 'cron 0 8 * 12 *'],
    ['0 8,14 * * *', 'cron 0 8,14 * * *'],
    ['0 9 * * MON', 'cron 0 9 * * MON'],
  ])('%s is %s', (cron, said) => {
    expect(cronWords(cron, plain)).toBe(said);
  });
});
