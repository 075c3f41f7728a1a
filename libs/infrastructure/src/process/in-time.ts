import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits for what may never end, such as a farewell to a server that is away, but not for long.
 *
 * @returns whether it ended well and in time; what did not is left to itself
 */
export function endsInTime(limitMs: number, work: Promise<unknown>): Promise<boolean> {
  const ended = work.then(
    () => true,
    () => false,
  );
  const giveUp = new AbortController();
  const late = pause(limitMs, false, { signal: giveUp.signal }).catch(() => false);
  return Promise.race([ended, late]).finally(() => giveUp.abort());
}
