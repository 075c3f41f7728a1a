import { afterAll, describe, expect, test } from '@jest/globals';
import { readConfiguration } from '../config/configuration.js';
import { startTestRedis } from '../testing/test-redis.js';
import { chooseQueueBackend } from './queue-backend.js';
import { QueueWorker } from './queue-worker.js';

const nowhere = 'postgresql://nobody@localhost/none';
const redis = await startTestRedis();
afterAll(() => redis.close());

describe('a worker of a queue whose store is away', () => {
  test('closes within seconds, though BullMQ’s own close waits for the store', async () => {
    const environment = { DATABASE_URL: nowhere, REDIS_URL: redis.url };
    const connection = chooseQueueBackend(readConfiguration(environment).queue);
    const jobs = { 'do.v1': async () => undefined };
    const work = { queueName: 'spec', concurrency: 4, jobs };
    const worker = new QueueWorker(connection, work, {
      onTrouble: () => undefined,
      onFailed: () => undefined,
    });
    await worker.start();
    await redis.kill();
    try {
      const startedMs = performance.now();
      await worker.close();
      expect(performance.now() - startedMs).toBeLessThan(20_000);
    } finally {
      await redis.restart();
    }
  }, 30_000);
});
