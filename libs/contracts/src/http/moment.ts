import { ValidateBy } from 'class-validator';

const form =
  /^(20\d{2}-(\d{2})-(\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * A time as ISO 8601 writes it, with its offset, such as `2026-01-20T14:30:00-05:00`. A time
 * without an offset is refused: it would mean another moment on every server. So is one outside
 * this century, which is a mistake, and may be a year that Postgres cannot read.
 */
export function IsMoment(): PropertyDecorator {
  return ValidateBy({
    name: 'isMoment',
    validator: {
      validate: (value) => typeof value === 'string' && isMoment(value),
      defaultMessage: () => '$property must be a time with offset, e.g. 2026-01-20T14:30:00-05:00',
    },
  });
}

/** A day as ISO 8601 writes it, such as `2026-03-01`, that the calendar has. */
export function IsCalendarDate(): PropertyDecorator {
  return ValidateBy({
    name: 'isCalendarDate',
    validator: {
      validate: (value) => typeof value === 'string' && isCalendarDate(value),
      defaultMessage: () => '$property must be a day of the calendar, e.g. 2026-03-01',
    },
  });
}

export function isCalendarDate(text: string): boolean {
  return isMoment(`${text}T00:00Z`);
}

function isMoment(text: string): boolean {
  const [, local, month, day] = form.exec(text) ?? [];
  if (local === undefined || Number.isNaN(Date.parse(text))) return false;
  // Date rolls the 30th of February over to March; a caller's mistake must not become a date.
  const kept = new Date(`${local}Z`);
  return kept.getUTCMonth() + 1 === Number(month) && kept.getUTCDate() === Number(day);
}
