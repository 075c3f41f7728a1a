/** How fast an account may be used. Null: as fast as it goes. */
export interface Pace {
  perMinute: number | null;
  /** Of each 24 hours, counted from the first message of them. */
  perDay: number | null;
  /** Between two messages to the same person; 0: none. */
  pairIntervalMs: number;
}

/** A claim is not yet a call: the second of two may be quicker on its way than the first was. */
const pairMarginMs = 250;

/** How long after a claim nothing else to the same person is claimed. */
export function pairHeldMs({ pairIntervalMs }: Pace): number {
  return pairIntervalMs + pairMarginMs;
}

/** Where the next message of an account comes in; all times in milliseconds since 1970. */
export interface Line {
  nextAtMs: number;
  dayStartMs: number;
  dayCount: number;
  /** When its breaker closed: from then on the pace grows from a trickle. */
  rampFromMs: number | null;
}

export const emptyLine: Line = { nextAtMs: 0, dayStartMs: 0, dayCount: 0, rampFromMs: null };

export const unpaced: Pace = { perMinute: null, perDay: null, pairIntervalMs: 0 };

const dayMs = 86_400_000;
/** Messages in the first second after a breaker closed. */
const rampStartPerSecond = 2;
/** The rate doubles in this time. */
const rampDoublesMs = 10_000;
/** After nine doublings, a thousand messages in a second, the ramp is over. */
export const rampMs = 9 * rampDoublesMs;

/**
 * The turn of the next message in an account's line. Never before now, never closer to the one
 * before than the pace allows, and in the order in which turns are asked for.
 */
export function takeTurn(line: Line, pace: Pace, nowMs: number): { atMs: number; line: Line } {
  let atMs = Math.max(nowMs, line.nextAtMs);
  let { dayStartMs, dayCount } = line;
  if (pace.perDay !== null) {
    const isFull = dayCount >= pace.perDay;
    if (isFull) atMs = Math.max(atMs, dayStartMs + dayMs);
    if (atMs >= dayStartMs + dayMs) {
      dayStartMs = atMs;
      dayCount = 0;
    }
    dayCount += 1;
  }
  const nextAtMs = atMs + intervalMs(line, pace, atMs);
  return { atMs, line: { ...line, nextAtMs, dayStartMs, dayCount } };
}

/** The turns of so many messages, one after the other. */
export function takeTurns(
  line: Line,
  pace: Pace,
  count: number,
  nowMs: number,
): { atMs: number[]; line: Line } {
  const atMs: number[] = [];
  let rest = line;
  while (atMs.length < count) {
    const turn = takeTurn(rest, pace, nowMs);
    atMs.push(turn.atMs);
    rest = turn.line;
  }
  return { atMs, line: rest };
}

/** Whether messages must take turns at this moment, for whatever reason. */
export function isPaced({ nextAtMs, rampFromMs }: Line, pace: Pace, nowMs: number): boolean {
  const isRamping = rampFromMs !== null && nowMs < rampFromMs + rampMs;
  return pace.perMinute !== null || pace.perDay !== null || isRamping || nextAtMs > nowMs;
}

function intervalMs({ rampFromMs }: Line, { perMinute }: Pace, atMs: number): number {
  const ownMs = perMinute === null ? 0 : 60_000 / perMinute;
  if (rampFromMs === null || atMs >= rampFromMs + rampMs) return ownMs;
  const doublings = Math.max(0, atMs - rampFromMs) / rampDoublesMs;
  return Math.max(ownMs, 1000 / (rampStartPerSecond * 2 ** doublings));
}
