import { mostDays, type SummaryQuery } from '#contracts/http/analytics-query.dto.js';
import { addDays, daysBetween } from '#domain/reminders/calendar-date.js';
import type { Period } from '#infrastructure/persistence/analytics.repository.js';
import { badField } from '../http/problem.js';

const defaultDays = 30;

/** The days that a query asks for (400 where it contradicts itself or asks for too many). */
export function readPeriod({ days, from, to }: SummaryQuery, today: string): Period {
  if (from !== undefined && days !== undefined) {
    throw badField('days', 'cannot be given together with from');
  }
  const last = to ?? today;
  const first = from ?? addDays(last, 1 - (days ?? defaultDays));
  const between = daysBetween(first, last);
  if (between < 0) throw badField('from', `must not be after ${to === undefined ? 'today' : 'to'}`);
  if (between >= mostDays) throw badField('from', `must be at most ${mostDays} days before to`);
  return { from: first, to: last };
}

/** Every day of a period, the first one first. */
export function daysOf({ from, to }: Period): string[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, place) => addDays(from, place));
}
