/** How a time of the clock is said in one language. */
export interface CronLanguage {
  everyMinute: string;
  everyMinutes: (count: number) => string;
  hourly: (minute: number) => string;
  daily: (time: string) => string;
  weekly: (day: string, time: string) => string;
  monthly: (day: number, time: string) => string;
  /** Sunday first. */
  weekdays: readonly string[];
  /** For what these words do not reach. */
  other: (cron: string) => string;
}

const whole = /^\d{1,2}$/;

/**
 * Says five cron fields (minute, hour, day of the month, month, day of the week) in words, as far
 * as our own schedules and the usual changes of them go; others are told as they are written.
 */
export function cronWords(cron: string, words: CronLanguage): string {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = cron.trim().split(/\s+/);
  const step = /^\*\/(\d{1,2})$/.exec(minute)?.[1];
  const isEveryDay = day === '*' && month === '*' && weekday === '*';
  if (hour === '*' && isEveryDay) {
    if (minute === '*') return words.everyMinute;
    if (step !== undefined) return words.everyMinutes(Number(step));
    if (whole.test(minute)) return words.hourly(Number(minute));
  }
  if (!whole.test(minute) || !whole.test(hour)) return words.other(cron);
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (isEveryDay) return words.daily(time);
  if (day === '*' && month === '*' && /^[0-7]$/.test(weekday)) {
    return words.weekly(words.weekdays[Number(weekday) % 7] ?? weekday, time);
  }
  if (whole.test(day) && month === '*' && weekday === '*') return words.monthly(Number(day), time);
  return words.other(cron);
}
