import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type ConnectionOptions, Queue } from 'bullmq';
import { type DeliveryJobV1, deliveryJobV1 } from '#contracts/queue/delivery-job.v1.js';
import { readConfiguration } from '../config/configuration.js';
import { createTestDatabase, runOn, withDatabase } from '../testing/test-database.js';
import { startTestRedis, type TestRedis, triesRedis } from '../testing/test-redis.js';
import { DeliveryQueue, deliveryQueueName } from './delivery-queue.js';
import { chooseQueueBackend } from './queue-backend.js';

/** A store of jobs that can be taken away and given back. */
interface Store {
  connection(): ConnectionOptions;
  takeAway(): Promise<void>;
  giveBack(): Promise<void>;
  close(): Promise<void>;
}

async function onPostgres(): Promise<Store> {
  const database = await createTestDatabase();
  const name = new URL(database.url).pathname.slice(1);
  const admin = (sql: string) => runOn(withDatabase(database.url, 'postgres'), sql);
  const { queue } = readConfiguration({ DATABASE_URL: database.url });
  return {
    connection: () => chooseQueueBackend(queue),
    takeAway: async () => {
      await admin(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await admin(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      );
    },
    giveBack: () => admin(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`),
    close: () => database.drop(),
  };
}

async function onRedis(redis: TestRedis): Promise<Store> {
  const { queue } = readConfiguration({
    DATABASE_URL: 'postgresql://nobody@localhost/none',
    REDIS_URL: redis.url,
  });
  return {
    connection: () => chooseQueueBackend(queue),
    takeAway: () => redis.kill(),
    giveBack: () => redis.restart(),
    close: () => redis.close(),
  };
}

const redis = triesRedis ? await startTestRedis() : null;
const stores: [string, () => Promise<Store>][] = [['Postgres', onPostgres]];
if (redis) stores.push(['Redis', () => onRedis(redis)]);

describe.each(stores)('the delivery queue on %s', (_name, open) => {
  let store: Store;
  let connection: ConnectionOptions;
  let reader: Queue<DeliveryJobV1>;
  const queues: DeliveryQueue[] = [];
  const lost: number[] = [];

  beforeAll(async () => {
    store = await open();
    connection = store.connection();
    reader = new Queue(deliveryQueueName('email'), { connection });
    reader.on('error', () => undefined);
    await reader.obliterate({ force: true });
  });
  afterAll(async () => {
    await reader.close();
    await store.close();
  });
  afterEach(async () => {
    for (const queue of queues.splice(0)) await queue.close();
    await reader.obliterate({ force: true });
    lost.length = 0;
  });

  const aQueue = () => {
    const queue = new DeliveryQueue(connection, (_error, count) => {
      if (count > 0) lost.push(count);
    });
    queues.push(queue);
    return queue;
  };
  const messages = (count: number, channel = 'email', from = 0) =>
    Array.from({ length: count }, (_, index) => ({ id: `m${from + index}`, channel }));
  const jobs = async () => (await reader.getWaiting()).map(({ name, data }) => ({ name, ...data }));
  const idsOf = async () => (await jobs()).flatMap(({ ids }) => ids).sort();
  const until = async (condition: () => Promise<boolean>) => {
    while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  test('a wake-up is a job of its version that names the messages of one channel', async () => {
    aQueue().wake([...messages(2), { id: 'w', channel: 'whatsapp' }]);
    await until(async () => (await jobs()).length > 0);
    expect(await jobs()).toEqual([{ name: deliveryJobV1, ids: ['m0', 'm1'] }]);
  });

  test('what comes while a wake-up is written goes together with the next', async () => {
    const queue = aQueue();
    for (let index = 0; index < 100; index += 1) queue.wake(messages(1, 'email', index));
    await until(async () => (await idsOf()).length === 100);
    expect((await jobs()).length).toBeLessThan(10);
    expect(new Set(await idsOf()).size).toBe(100);
  });

  test('a wake-up that may wait does so, unless another goes that takes it along', async () => {
    const queue = aQueue();
    queue.wake(messages(1), 100);
    await until(async () => (await idsOf()).length === 1);
    queue.wake(messages(1, 'email', 1), 60_000);
    queue.wake(messages(1, 'email', 2));
    await until(async () => (await idsOf()).length === 3);
    expect(await jobs()).toContainEqual({ name: deliveryJobV1, ids: ['m1', 'm2'] });
  });

  test('a close writes the wake-ups that may wait', async () => {
    const queue = aQueue();
    queue.wake(messages(1), 60_000);
    await queue.close();
    queues.length = 0;
    expect(await idsOf()).toEqual(['m0']);
  });

  test('no job names more than 200 messages', async () => {
    aQueue().wake(messages(450));
    await until(async () => (await idsOf()).length === 450);
    expect((await jobs()).map(({ ids }) => ids.length).sort()).toEqual([200, 200, 50].sort());
  });

  test('a close writes what is still waiting, and what is being written', async () => {
    const queue = aQueue();
    queue.wake(messages(300));
    queue.wake(messages(5, 'email', 300));
    await queue.close();
    queues.length = 0;
    expect(await idsOf()).toHaveLength(305);
    expect(lost).toEqual([]);
  });

  test('messages of a channel that nobody knows are left alone', async () => {
    const queue = aQueue();
    queue.wake([{ id: 'x', channel: 'pigeon' }]);
    await queue.close();
    queues.length = 0;
    expect(await jobs()).toEqual([]);
  });

  test('a store that goes away stops nobody, and is used again once it is back', async () => {
    const queue = aQueue();
    await queue.probe();
    await store.takeAway();
    queue.wake(messages(3));
    await expect(within(5000, queue.probe())).rejects.toThrow();
    await store.giveBack();
    await until(() =>
      within(5000, queue.probe()).then(
        () => true,
        () => false,
      ),
    );
    await until(async () => {
      queue.wake([{ id: 'after', channel: 'email' }]);
      return (await idsOf()).includes('after');
    });
  }, 60_000);

  test('a close does not wait for a store that is away', async () => {
    const queue = aQueue();
    await queue.probe();
    await store.takeAway();
    queue.wake(messages(3));
    try {
      await within(10_000, queue.close());
      queues.length = 0;
    } finally {
      await store.giveBack();
    }
  }, 60_000);
});

function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in time')), limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
