/** Messages that are due and have not left yet, as they were counted last. */
export interface BacklogReading {
  whole: number;
  /** Of each workshop that has any; messages of no workshop count in the whole alone. */
  byTaller: ReadonlyMap<string, number>;
}

/** Why no event is taken now, and when one may be. */
export interface Overload {
  /** Whose messages are too many: one workshop's own, or those of all. */
  of: 'taller' | 'service';
  retryAfterSeconds: number;
}

/** A workshop that runs wild leaves the others half of the room. */
const shareOfOneTaller = 0.5;
/** Callers are asked to come back when there is room for more than the first of them. */
const roomier = 0.9;
const retryWithoutKnowledgeSeconds = 30;
const longestRetrySeconds = 600;

/**
 * Whether a workshop's next event has to wait at the door. What was accepted must be delivered, so
 * nothing is accepted that would only make everybody wait longer.
 *
 * @param tallerId null asks for the service as a whole
 * @param limit messages that may wait at once; 0 for any number
 * @param drainedPerSecond how fast the backlog shrinks; null while nobody knows
 */
export function decideOverload(
  reading: BacklogReading,
  tallerId: string | null,
  limit: number,
  drainedPerSecond: number | null,
): Overload | null {
  if (limit === 0) return null;
  if (reading.whole >= limit) {
    return {
      of: 'service',
      retryAfterSeconds: secondsUntil(reading.whole, limit, drainedPerSecond),
    };
  }
  if (tallerId === null) return null;
  const own = reading.byTaller.get(tallerId) ?? 0;
  const ownLimit = Math.max(1, limit * shareOfOneTaller);
  if (own < ownLimit) return null;
  // Messages leave in the order of their time, whosoever they are.
  const ownRate = drainedPerSecond === null ? null : (drainedPerSecond * own) / reading.whole;
  return { of: 'taller', retryAfterSeconds: secondsUntil(own, ownLimit, ownRate) };
}

/**
 * How fast the backlog shrinks, from two counts. One that grew says nothing of how much left, so
 * what was known before stands.
 *
 * @param seconds between the counts
 */
export function drainRate(
  known: number | null,
  before: number,
  now: number,
  seconds: number,
): number | null {
  const left = before - now;
  if (left <= 0 || seconds <= 0) return known;
  const rate = left / seconds;
  return known === null ? rate : (known + rate) / 2;
}

function secondsUntil(waiting: number, limit: number, perSecond: number | null): number {
  if (perSecond === null || perSecond <= 0) return retryWithoutKnowledgeSeconds;
  const seconds = Math.ceil((waiting - limit * roomier) / perSecond);
  return Math.min(Math.max(seconds, 1), longestRetrySeconds);
}
