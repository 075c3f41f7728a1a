import { addDays, type CalendarDate, daysBetween } from './calendar-date.js';

/** Days before (negative) and after the due date on which a customer is reminded; then silence. */
export const defaultNoticeOffsets = [-14, -3, 0, 14] as const;

/** A notice that could not be given on its day still is, this many days later at most. */
export const noticeGraceDays = 2;

/**
 * A due date that moves by this many days or fewer is the same one, told a little better: every
 * visit moves the projection of an odometer, and nobody wants to be told again each time. Farther
 * away it is another date, and its notices are given anew.
 */
export const sameDueDateDays = 30;

export interface GivenNotice {
  /** The due date as it was then. */
  dueOn: CalendarDate;
  offsetDays: number;
}

/**
 * Which notice of a reminder is to be given today, as its offset in days from the due date, or
 * undefined when none is. Only the latest one that has come is looked at: after a pause nobody is
 * told on one day what was meant for three.
 *
 * @param given the reminder's notices up to now, for whatever due date
 */
export function noticeDue(
  dueOn: CalendarDate,
  today: CalendarDate,
  given: readonly GivenNotice[],
  offsets: readonly number[] = defaultNoticeOffsets,
): number | undefined {
  const dayOfNotice = daysBetween(dueOn, today);
  const come = offsets.filter((offset) => offset <= dayOfNotice);
  if (come.length === 0) return undefined;
  const latest = Math.max(...come);
  const late = dayOfNotice - latest;
  // A later notice already given (offsets or due date were changed) silences the earlier ones.
  const isSilenced = given.some(
    (notice) =>
      notice.offsetDays >= latest && Math.abs(daysBetween(notice.dueOn, dueOn)) <= sameDueDateDays,
  );
  return isSilenced || late > noticeGraceDays ? undefined : latest;
}

/** Every due date for which a notice may be given on this day. */
export function dueDatesToLookAt(today: CalendarDate, offsets: readonly number[]): CalendarDate[] {
  const dates = new Set<CalendarDate>();
  for (const offset of offsets) {
    for (let late = 0; late <= noticeGraceDays; late += 1) {
      dates.add(addDays(today, -offset - late));
    }
  }
  return [...dates];
}
