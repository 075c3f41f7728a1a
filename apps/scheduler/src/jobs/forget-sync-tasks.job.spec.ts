import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { createTestDatabase } from '#infrastructure/testing/test-database.js';
import { ForgetSyncTasksJob } from './forget-sync-tasks.job.js';

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

test('what was done is kept a week, what failed and what schedules did three months, who was deleted a month', async () => {
  await dataSource.query(`
    INSERT INTO sync_task (id, kind, records, state, ended_at)
    SELECT gen_random_uuid(), 'customers', 1, 'done', now() - interval '7 days' + n * interval '1 hour'
    FROM generate_series(-1200, 4) n WHERE n <> 0;
    INSERT INTO sync_task (id, kind, records) VALUES (gen_random_uuid(), 'customers', 1);
    INSERT INTO sync_task (id, kind, records, state, payload, ended_at)
    SELECT ('0190aaaa-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'vehicles', 1, 'failed',
      '[{"id": "v"}]', now() - n * interval '1 day' FROM (VALUES (60), (91)) days(n);
    INSERT INTO dead_letter (id, kind, cause, at)
    SELECT id, 'sync', 'customer_missing', ended_at FROM sync_task WHERE state = 'failed';
    INSERT INTO source_record (kind, id, source_version, deleted, said_at) VALUES
      ('customer', 'old', 1, true, now() - interval '31 days'),
      ('customer', 'new', 1, true, now() - interval '29 days'),
      ('customer', 'here', 1, false, now() - interval '99 days');
    INSERT INTO source_record (kind, id, source_version, waiting)
    SELECT 'vehicle', id, 1, jsonb_build_object('customer_id', id, 'plate', 'ABC123')
    FROM source_record;
    INSERT INTO schedule_run (schedule_name, due_at, state)
    SELECT 'job', now() - n * interval '1 day', 'done' FROM generate_series(89, 92) n;
  `);
  const job = new ForgetSyncTasksJob(dataSource);
  expect(await job.run()).toEqual({ tasks: 1201, dead_letters: 1, records: 1, runs: 3 });
  expect(await job.run()).toEqual({ tasks: 0, dead_letters: 0, records: 0, runs: 0 });
  const left = await dataSource.query(
    'SELECT state, count(*)::int AS count FROM sync_task GROUP BY state ORDER BY state',
  );
  expect(left).toEqual([
    { state: 'done', count: 4 },
    { state: 'failed', count: 1 },
    { state: 'queued', count: 1 },
  ]);
  const waiting = await dataSource.query(
    'SELECT id FROM source_record WHERE waiting IS NOT NULL ORDER BY id',
  );
  expect(waiting).toEqual([{ id: 'here' }, { id: 'new' }]);
});
