import { type ConnectionOptions, Queue, Worker } from 'bullmq';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { checkRedis } from '#infrastructure/queue/check-redis.js';
import { chooseQueueBackend } from '#infrastructure/queue/queue-backend.js';
import { say } from '../terminal/say.js';
import { check, type Finding } from './check.js';

/** Sends one job through the queue and back. */
export function checkQueue({ queue }: Configuration): Promise<Finding> {
  const fix =
    queue.backend === 'redis'
      ? say('Revise REDIS_URL, o quítela.', 'Check REDIS_URL, or remove it.')
      : 'npm run cli -- migrate';
  return check(say('Cola', 'Queue'), fix, async () => {
    if (queue.backend === 'redis') await checkRedis(queue.url);
    const ms = await roundTrip(chooseQueueBackend(queue));
    return say(
      `${queue.backend}, ida y vuelta en ${ms} ms`,
      `${queue.backend}, there and back in ${ms} ms`,
    );
  });
}

async function roundTrip(connection: ConnectionOptions): Promise<number> {
  const queue = new Queue('doctor', { connection });
  let worker: Worker | undefined;
  try {
    return await new Promise<number>((resolve, reject) => {
      const late = () => reject(new Error(say('nada en 5 s', 'nothing in 5 s')));
      setTimeout(late, 5000).unref();
      let sentAt = 0;
      worker = new Worker('doctor', async () => resolve(Math.round(performance.now() - sentAt)), {
        connection,
        autorun: true,
      });
      queue.on('error', reject);
      worker.on('error', reject);
      worker
        .waitUntilReady()
        .then(() => {
          sentAt = performance.now();
          return queue.add('there-and-back', {}, { removeOnComplete: true, removeOnFail: true });
        })
        .catch(reject);
    });
  } finally {
    // A store that does not answer would be waited for; there is nothing of ours to be finished.
    await Promise.race([Promise.all([worker?.close(), queue.close()]), waitMs(2000)]);
  }
}

function waitMs(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
