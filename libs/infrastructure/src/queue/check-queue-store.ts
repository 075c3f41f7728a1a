import type { Configuration } from '../config/configuration.js';
import { patiently } from '../persistence/patiently.js';
import { checkListening } from './check-listening.js';
import { checkRedis } from './check-redis.js';

/**
 * Makes sure, before anything starts, that wake-ups will be heard and kept. Throws `QueueRefusal`
 * with what an operator can do about it, or the driver's error when the database is away.
 *
 * @param onNotice hears of what is not as good as it could be, in one sentence
 */
export async function checkQueueStore(
  { database, queue }: Configuration,
  onNotice: (notice: string) => void,
): Promise<void> {
  // With Redis the doorbell alone listens, and without it messages come by the queue.
  if (queue.backend === 'postgres' || database.sessionUrl !== database.url) {
    await patiently(() => checkListening(database.sessionUrl, database.url));
  }
  if (queue.backend === 'postgres') return;
  const state = await checkRedis(queue.url);
  if (state === null)
    onNotice('Redis does not answer; retries and what was planned for later wait until it does');
  else if (!state.keepsJobs) {
    onNotice('Redis keeps nothing through a restart (appendonly no); the sweep finds what is lost');
  }
}
