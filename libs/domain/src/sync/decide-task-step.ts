/** What came of one attempt at a task. */
export type TaskOutcome =
  /** All of it is applied, or was known already. */
  | 'applied'
  /** Some of it waits for what is not here yet. */
  | 'incomplete'
  /** It could not be applied; nothing of it was. */
  | 'failed'
  /** Whoever had it ended without a word. */
  | 'lost';

export type TaskStep = { kind: 'done' } | { kind: 'retry'; delayMs: number } | { kind: 'give_up' };

/** Attempts at a task before it is given up to the dead letters. */
export const mostTaskAttempts = 5;

const firstWaitMs = 10_000;
const growth = 6;

/**
 * What follows an attempt at a task. The waits grow from 10 s to 36 min, so that a vehicle has
 * waited at least 20 minutes for its customer when it is given up; one who comes earlier ends the
 * wait. Up to a half of each wait is chance, so that tasks that failed together part.
 *
 * @param attempt the attempt that ended, from 1
 * @param random from 0 (included) to 1 (excluded)
 */
export function decideTaskStep(outcome: TaskOutcome, attempt: number, random: number): TaskStep {
  if (outcome === 'applied') return { kind: 'done' };
  if (attempt >= mostTaskAttempts) return { kind: 'give_up' };
  // The lease of a lost one was wait enough.
  if (outcome === 'lost') return { kind: 'retry', delayMs: 0 };
  const waitMs = firstWaitMs * growth ** (attempt - 1);
  return { kind: 'retry', delayMs: Math.round(waitMs * (0.5 + random / 2)) };
}
