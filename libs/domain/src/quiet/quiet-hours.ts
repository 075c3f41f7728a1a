import { addDays, type CalendarDate } from '../reminders/calendar-date.js';
import { beginningOf, clockChangeAfter, localTimeAt, momentsOf } from './zoned-time.js';

/** When a workshop's people and customers are left in peace. */
export interface QuietHours {
  /** IANA zone, such as `America/Guayaquil`. */
  zone: string;
  /** `HH:MM` of the wall's clock; both null where only holidays are quiet. */
  from: string | null;
  /** The first minute that is not quiet any more. Before `from`: of the next morning. */
  to: string | null;
  /** Quiet from midnight to midnight. */
  holidays: readonly CalendarDate[];
}

/**
 * Until when it is quiet: the first moment, from `at` on, at which the wall's clock shows no quiet
 * hour. Null when it is not quiet at `at`.
 */
export function quietUntil(at: Date, quiet: QuietHours): Date | null {
  if (!isQuiet(at, quiet)) return null;
  let moment = at;
  // Each turn ends one night or one holiday, and there are only so many holidays in a row.
  do moment = endAfter(moment, quiet);
  while (isQuiet(moment, quiet));
  return moment;
}

/** When it next becomes quiet after a moment at which it is not; null when it never does. */
export function nextQuiet(at: Date, quiet: QuietHours): Date | null {
  const { zone, from, holidays } = quiet;
  const { date } = localTimeAt(at, zone);
  const [holiday] = holidays.filter((day) => day > date).sort();
  const begins = [clockChangeAfter(at, zone)];
  if (holiday !== undefined) begins.push(beginningOf(holiday, zone));
  if (from !== null) begins.push(...occurrences(from, [date, addDays(date, 1)], zone));
  return earliest(begins.filter((begin) => begin && begin > at && isQuiet(begin, quiet)));
}

export function isQuiet(at: Date, { zone, from, to, holidays }: QuietHours): boolean {
  const { date, minute } = localTimeAt(at, zone);
  if (holidays.includes(date)) return true;
  if (from === null || to === null) return false;
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  return begin < end ? minute >= begin && minute < end : minute >= begin || minute < end;
}

/** The next moment after `at` at which a night or a day can end, or the clocks end it. */
function endAfter(at: Date, { zone, to }: QuietHours): Date {
  const { date } = localTimeAt(at, zone);
  const tomorrow = addDays(date, 1);
  const ends = [beginningOf(tomorrow, zone), clockChangeAfter(at, zone)];
  if (to !== null) ends.push(...occurrences(to, [date, tomorrow], zone));
  return earliest(ends.filter((end) => end && end > at)) ?? at;
}

function occurrences(clock: string, days: readonly CalendarDate[], zone: string): Date[] {
  return days.flatMap((date) => momentsOf({ date, minute: minuteOf(clock) }, zone));
}

function earliest(moments: readonly (Date | null)[]): Date | null {
  const times = moments.flatMap((moment) => (moment ? [moment.getTime()] : []));
  return times.length === 0 ? null : new Date(Math.min(...times));
}

function minuteOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}
