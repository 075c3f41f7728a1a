import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { IdempotencyKeys } from '#infrastructure/persistence/idempotency-keys.js';
import { createTestDatabase } from '#infrastructure/testing/test-database.js';
import { ForgetIdempotencyKeysJob } from './forget-idempotency-keys.job.js';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({ url: database.url, poolSize: 2 }, { applicationName: 'spec' });
  await dataSource.initialize();
});

afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

test('keys are kept 7 days and then forgotten, however many there are', async () => {
  await dataSource.query(`
    INSERT INTO idempotency_key (caller, operation, key, body_hash, event_id, response, created_at)
    SELECT 'c', 'o', 'key-' || n, '', gen_random_uuid(), '{}',
      now() - CASE WHEN n <= 6000 THEN interval '7 days 1 minute' ELSE interval '6 days 23 hours' END
    FROM generate_series(1, 6010) n
  `);
  const job = new ForgetIdempotencyKeysJob(new IdempotencyKeys(dataSource));
  expect(await job.run()).toEqual({ forgotten: 6000 });
  expect(await job.run()).toEqual({ forgotten: 0 });
  const [row] = await dataSource.query('SELECT count(*)::int AS kept FROM idempotency_key');
  expect(row).toEqual({ kept: 10 });
});
