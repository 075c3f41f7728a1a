import { setTimeout as pause } from 'node:timers/promises';
import { membersOf } from './transient-errors.js';

/** Too many connections, and a server that is starting: both pass by themselves. */
const passing = new Set(['53300', '57P03']);

/**
 * Opens connections to a database that has none to give at the moment, as when many processes
 * start at once: tries again for 60 s, each process after other whiles. A database that is not
 * there at all is an error at once.
 *
 * @param random from 0 (included) to 1 (excluded)
 */
export async function patiently<T>(
  open: () => Promise<T>,
  random: () => number = Math.random,
): Promise<T> {
  const givesUpAt = performance.now() + 60_000;
  for (;;) {
    try {
      return await open();
    } catch (error) {
      if (!passing.has(membersOf(error).code) || performance.now() > givesUpAt) throw error;
      await pause(200 + random() * 1800);
    }
  }
}
