import { Queue, Worker } from 'bullmq';
import { z } from 'zod';
import { chooseQueueBackend } from '#infrastructure/queue/queue-backend.js';

/**
 * The floor of delivering: BullMQ moving empty jobs, one job for each message, on the same
 * backend and with the same settings as ours. FLOOR_ROLE `add` puts them in, `process` takes them
 * out and ends when it had FLOOR_JOBS; each prints the moment it ended at.
 */
const { FLOOR_QUEUE_URL, FLOOR_ROLE, FLOOR_JOBS } = z
  .object({
    FLOOR_QUEUE_URL: z.string(),
    FLOOR_ROLE: z.enum(['add', 'process']),
    FLOOR_JOBS: z.coerce.number().int(),
  })
  .parse(process.env);

const connection = chooseQueueBackend({
  backend: FLOOR_QUEUE_URL.startsWith('redis') ? 'redis' : 'postgres',
  url: FLOOR_QUEUE_URL,
});
const name = 'floor';

if (FLOOR_ROLE === 'add') {
  const queue = new Queue(name, { connection, defaultJobOptions: { removeOnComplete: true } });
  let next = 0;
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      while (next++ < FLOOR_JOBS) await queue.add('empty', {});
    }),
  );
  await queue.close();
} else {
  await new Promise<void>((resolve) => {
    let done = 0;
    const worker = new Worker(name, async () => undefined, { connection, concurrency: 50 });
    worker.on('completed', () => {
      done += 1;
      if (done === FLOOR_JOBS) void worker.close().then(resolve);
    });
    worker.on('error', (error) => process.stderr.write(`${String(error)}\n`));
  });
}
process.exit(0);
