import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type ConnectionOptions, Queue } from 'bullmq';
import { readConfiguration } from '../config/configuration.js';
import { createTestDatabase } from '../testing/test-database.js';
import { startTestRedis, triesRedis } from '../testing/test-redis.js';
import { chooseQueueBackend } from './queue-backend.js';
import { QueueWorker } from './queue-worker.js';

interface TestJob {
  word: string;
}

const database = await createTestDatabase();
const redis = triesRedis ? await startTestRedis() : null;
afterAll(async () => {
  await redis?.close();
  await database.drop();
});

const nowhere = 'postgresql://nobody@localhost/none';
const backends: [string, Record<string, string>][] = [['Postgres', { DATABASE_URL: database.url }]];
if (redis) backends.push(['Redis', { DATABASE_URL: nowhere, REDIS_URL: redis.url }]);

const until = async (isSo: () => boolean | Promise<boolean>) => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe.each(backends)('a worker of a queue on %s', (_name, environment) => {
  let connection: ConnectionOptions;
  let queue: Queue<TestJob>;
  let workers: QueueWorker<TestJob>[] = [];
  beforeAll(() => {
    connection = chooseQueueBackend(readConfiguration(environment).queue);
    queue = new Queue('spec', { connection });
    queue.on('error', () => undefined);
  });
  afterEach(async () => {
    for (const worker of workers) await worker.close();
    workers = [];
    await queue.obliterate({ force: true });
  });
  afterAll(() => queue.close());

  /** A version of the program, as the jobs that it knows; gives back what it did and heard. */
  async function aVersion(
    names: string[],
    work: (job: TestJob) => Promise<void> = async () => undefined,
  ) {
    const done: string[] = [];
    const failed: string[] = [];
    const jobs = Object.fromEntries(
      names.map((name) => [
        name,
        async (data: TestJob) => {
          await work(data);
          done.push(`${name} ${data.word}`);
        },
      ]),
    );
    const worker = new QueueWorker<TestJob>(
      connection,
      { queueName: 'spec', concurrency: 4, jobs },
      { onTrouble: () => undefined, onFailed: (_, error) => failed.push(error.message) },
    );
    workers.push(worker);
    await worker.start();
    return { worker, done, failed };
  }

  test('does what it knows, and puts another version’s job back for whoever knows it', async () => {
    const older = await aVersion(['do.v1']);
    await queue.add('do.v2', { word: 'new' }, { attempts: 1 });
    await queue.add('do.v1', { word: 'old' }, { attempts: 1 });
    await until(async () => older.done.length === 1 && (await queue.getDelayedCount()) === 1);
    expect(older.failed).toEqual([]);
    expect(await queue.getFailedCount()).toBe(0);

    await older.worker.close();
    const newer = await aVersion(['do.v1', 'do.v2']);
    await until(() => newer.done.length === 1);
    expect([older.done, newer.done]).toEqual([['do.v1 old'], ['do.v2 new']]);
    expect([...older.failed, ...newer.failed]).toEqual([]);
  }, 30_000);

  test('lets a job go that nobody knew for ten minutes', async () => {
    const elevenMinutesAgo = Date.now() - 660_000;
    await queue.add('do.v9', { word: 'lost' }, { timestamp: elevenMinutesAgo });
    const { failed } = await aVersion(['do.v1']);
    await until(async () => (await queue.getJobCountByTypes('waiting', 'active', 'delayed')) === 0);
    expect(failed).toEqual([]);
  });

  test('closes when what is under way has ended, and takes nothing more', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = 0;
    const { worker, done } = await aVersion(['do.v1'], () => {
      begun += 1;
      return released;
    });
    await queue.add('do.v1', { word: 'slow' });
    await until(() => begun === 1);
    const closing = worker.close();
    await queue.add('do.v1', { word: 'late' });
    release();
    await closing;
    expect(done).toEqual(['do.v1 slow']);
    const [late, ...more] = await queue.getJobs(['waiting', 'delayed']);
    expect([late?.data.word, more]).toEqual(['late', []]);
  });
});
