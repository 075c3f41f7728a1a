import type { CalendarDate } from '../reminders/calendar-date.js';

/** What the clock on a workshop's wall shows. */
export interface LocalTime {
  date: CalendarDate;
  /** Since midnight. */
  minute: number;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** What the wall's clock shows at a moment. Throws for a zone that is not known. */
export function localTimeAt(at: Date, zone: string): LocalTime {
  const shown = new Date(at.getTime() + offsetMs(at, zone)).toISOString();
  return {
    date: shown.slice(0, 10),
    minute: Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14, 16)),
  };
}

/**
 * The moments at which the wall's clock begins to show a minute: one as a rule, two on the night on
 * which the clocks go back, and where they leap over it the moment of the leap.
 */
export function momentsOf({ date, minute }: LocalTime, zone: string): Date[] {
  const asUtcMs = Date.parse(`${date}T00:00:00Z`) + minute * minuteMs;
  const [before, after] = [-dayMs, dayMs].map((shift) =>
    offsetMs(new Date(asUtcMs + shift), zone),
  ) as [number, number];
  const moments = [...new Set([before, after])]
    .map((offset) => new Date(asUtcMs - offset))
    .filter((moment) => {
      const shown = localTimeAt(moment, zone);
      return shown.date === date && shown.minute === minute;
    })
    .sort((a, b) => a.getTime() - b.getTime());
  if (moments.length > 0) return moments;
  return [leapBetween(asUtcMs - dayMs, asUtcMs + dayMs, zone)];
}

/** A moment as the wall's clock shows it, with its offset: `2026-11-23T08:00-05:00`. */
export function isoIn(zone: string, at: Date): string {
  const offset = Math.round(offsetMs(at, zone) / minuteMs);
  const shown = new Date(at.getTime() + offset * minuteMs).toISOString().slice(0, 16);
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${shown}${offset < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(minutes)}`;
}

/** The first moment of a day: midnight, or later where the clocks leap over it. */
export function beginningOf(date: CalendarDate, zone: string): Date {
  return momentsOf({ date, minute: 0 }, zone)[0] ?? new Date(`${date}T00:00:00Z`);
}

/** When the zone's clocks next change, should they within a day. */
export function clockChangeAfter(at: Date, zone: string): Date | null {
  const later = new Date(at.getTime() + dayMs);
  return offsetMs(at, zone) === offsetMs(later, zone)
    ? null
    : leapBetween(at.getTime(), later.getTime(), zone);
}

/** When the zone's offset changes between two moments, to the minute. */
function leapBetween(fromMs: number, toMs: number, zone: string): Date {
  const before = offsetMs(new Date(fromMs), zone);
  let [low, high] = [Math.floor(fromMs / minuteMs), Math.floor(toMs / minuteMs)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(new Date(middle * minuteMs), zone) === before) low = middle;
    else high = middle;
  }
  return new Date(high * minuteMs);
}

// Making one costs many times its use; there are as many as the workshops have zones.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(zone, formatter);
  return formatter;
}

function offsetMs(at: Date, zone: string): number {
  const parts = formatterOf(zone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((candidate) => candidate.type === type)?.value);
  const shownMs = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shownMs - Math.floor(at.getTime() / 1000) * 1000;
}
