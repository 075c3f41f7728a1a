/** A calendar date, `YYYY-MM-DD`. */
export type CalendarDate = string;

/** Days before (negative) and after the due date on which a customer is reminded; then silence. */
export const defaultNoticeOffsets = [-14, -3, 0, 14] as const;

/** A notice that could not be given on its day still is, this many days later at most. */
export const noticeGraceDays = 2;

/**
 * Which notice of a reminder is to be given today, as its offset in days from the due date, or
 * undefined when none is. Only the latest one that has come is looked at: after a pause nobody is
 * told on one day what was meant for three.
 *
 * @param given the offsets of the notices already given for this due date
 */
export function noticeDue(
  dueOn: CalendarDate,
  today: CalendarDate,
  given: readonly number[],
  offsets: readonly number[] = defaultNoticeOffsets,
): number | undefined {
  const dayOfNotice = daysBetween(dueOn, today);
  const come = offsets.filter((offset) => offset <= dayOfNotice);
  if (come.length === 0) return undefined;
  const latest = Math.max(...come);
  const late = dayOfNotice - latest;
  // A later notice already given (the offsets were changed) silences the earlier ones.
  const isSilenced = given.some((offset) => offset >= latest);
  return isSilenced || late > noticeGraceDays ? undefined : latest;
}

/** Whole days from one date to another; negative when the second is the earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
