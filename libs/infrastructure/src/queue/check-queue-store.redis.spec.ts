import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { readConfiguration } from '../config/configuration.js';
import { createTestDatabase } from '../testing/test-database.js';
import { startTestRedis, type TestRedis } from '../testing/test-redis.js';
import { checkQueueStore } from './check-queue-store.js';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let redis: TestRedis;
let client: Redis;
beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), startTestRedis()]);
  client = new Redis(redis.url);
});
afterAll(async () => {
  client.disconnect();
  await Promise.all([redis.close(), database.drop()]);
});

/** What the check says of it: its notices, or why it refuses. */
async function checked(): Promise<string[]> {
  const notices: string[] = [];
  const environment = { DATABASE_URL: database.url, REDIS_URL: redis.url };
  await checkQueueStore(readConfiguration(environment), (notice) => notices.push(notice));
  return notices;
}

test('a Redis that may throw wake-ups away is refused, with the policy to set', async () => {
  expect((await checked()).join()).toContain('appendonly no');
  await client.config('SET', 'appendonly', 'yes');
  expect(await checked()).toEqual([]);
  await client.config('SET', 'maxmemory-policy', 'volatile-lru');
  await expect(checked()).rejects.toThrow(/volatile-lru.*noeviction/);
});
