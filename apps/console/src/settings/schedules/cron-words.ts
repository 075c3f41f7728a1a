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
  const [minute = '', hour = '', ...days] = cron.trim().split(/\s+/);
  const said = hour === '*' ? oftenWords(minute, days, words) : dayWords(minute, hour, days, words);
  return said ?? words.other(cron);
}

function oftenWords(minute: string, days: string[], words: CronLanguage): string | undefined {
  if (days.join(' ') !== '* * *') return undefined;
  if (minute === '*') return words.everyMinute;
  const step = /^\*\/(\d{1,2})$/.exec(minute)?.[1];
  if (step !== undefined) return words.everyMinutes(Number(step));
  return whole.test(minute) ? words.hourly(Number(minute)) : undefined;
}

function dayWords(
  minute: string,
  hour: string,
  [day = '', month = '', weekday = '']: string[],
  words: CronLanguage,
): string | undefined {
  if (!whole.test(minute) || !whole.test(hour) || month !== '*') return undefined;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day === '*' && weekday === '*') return words.daily(time);
  const named = words.weekdays[Number(weekday) % 7];
  if (day === '*' && named !== undefined) return words.weekly(named, time);
  return weekday === '*' && whole.test(day) ? words.monthly(Number(day), time) : undefined;
}
