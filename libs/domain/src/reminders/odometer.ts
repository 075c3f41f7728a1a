import { addDays, type CalendarDate, daysBetween } from './calendar-date.js';

/** What an odometer showed on a day. */
export interface OdometerReading {
  readOn: CalendarDate;
  km: number;
}

/** What a vehicle drives in a day until its readings say more: some 15,000 km in a year. */
export const usualKmPerDay = 40;

/** A pace outside these bounds is a chance of few readings, or a vehicle that stood still. */
export const slowestKmPerDay = 5;
export const fastestKmPerDay = 500;

/** More than this between two readings cannot have been driven: around the clock at 62 km/h. */
export const impossibleKmPerDay = 1500;

/** A pace is told from this many of the latest readings; older ones tell of another time. */
const recentReadings = 10;
/** Readings within fewer days say nothing of a pace: one long drive would stand for a life. */
const shortestSpanDays = 7;
/** A projection goes no farther; nobody plans by it. */
export const farthestDays = 3650;

/**
 * The day on which the odometer is expected to show so many kilometres: from the last reading, at
 * the median of the paces between all recent readings (Theil–Sen), which one odd reading does not
 * move. Where a reading shows them already, its day, for good. Null without any reading.
 *
 * @param readings trusted ones, by day
 */
export function projectReaching(
  readings: readonly OdometerReading[],
  km: number,
): CalendarDate | null {
  const last = readings.at(-1);
  if (!last) return null;
  const reached = readings.find((reading) => reading.km >= km);
  if (reached) return reached.readOn;
  // A quotient that is whole must not become the next day by the last bit of a float.
  const days = Math.ceil((km - last.km) / kmPerDay(readings) - 1e-9);
  return addDays(last.readOn, Math.min(days, farthestDays));
}

function kmPerDay(readings: readonly OdometerReading[]): number {
  const recent = readings.slice(-recentReadings);
  const [first] = recent;
  const last = recent.at(-1);
  if (!first || !last || daysBetween(first.readOn, last.readOn) < shortestSpanDays) {
    return usualKmPerDay;
  }
  const paces = recent.flatMap((later, index) =>
    recent
      .slice(0, index)
      .map((earlier) => (later.km - earlier.km) / daysBetween(earlier.readOn, later.readOn)),
  );
  return Math.min(Math.max(median(paces), slowestKmPerDay), fastestKmPerDay);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

/**
 * The most readings that can all be right: none shows less than one before it, and none shows
 * more than could be driven since. A reading that stands against the others is a slip of the
 * hand; against as many as itself, the later one is, until more readings bear it out.
 *
 * @param readings by day, one for each day
 */
export function trustedReadings(readings: readonly OdometerReading[]): OdometerReading[] {
  // The longest chain that ends with each reading: its length, and the reading before the last.
  const chains: { length: number; before: number }[] = [];
  for (const reading of readings) {
    const chain = { length: 1, before: -1 };
    for (const [earlier, { length }] of chains.entries()) {
      if (length >= chain.length && isPossible(readings[earlier], reading)) {
        chain.length = length + 1;
        chain.before = earlier;
      }
    }
    chains.push(chain);
  }
  const longest = Math.max(0, ...chains.map(({ length }) => length));
  const trusted: OdometerReading[] = [];
  let index = chains.findIndex(({ length }) => length === longest);
  while (index >= 0) {
    const reading = readings[index];
    if (reading) trusted.unshift(reading);
    index = chains[index]?.before ?? -1;
  }
  return trusted;
}

function isPossible(earlier: OdometerReading | undefined, later: OdometerReading): boolean {
  if (!earlier || later.km < earlier.km) return false;
  return later.km - earlier.km <= impossibleKmPerDay * daysBetween(earlier.readOn, later.readOn);
}
