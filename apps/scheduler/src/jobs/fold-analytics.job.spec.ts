import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { RollUps } from '#infrastructure/persistence/roll-ups.js';
import { Schedules } from '#infrastructure/persistence/schedules.js';
import {
  insertMessages,
  insertZonedTalleres,
  messageParameters,
  zonedTalleres,
} from '#infrastructure/testing/message-log.js';
import { createTestDatabase } from '#infrastructure/testing/test-database.js';
import { FoldAnalyticsJob } from './fold-analytics.job.js';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let dataSource: DataSource;
let job: FoldAnalyticsJob;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({ url: database.url, poolSize: 2 }, { applicationName: 'spec' });
  await dataSource.initialize();
  await query(insertZonedTalleres);
  job = new FoldAnalyticsJob(new RollUps(dataSource), new Schedules(dataSource));
});

afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const query = (sql: string, parameters?: unknown[]) => dataSource.query(sql, parameters);
const [mexico] = zonedTalleres;

test('what was counted is folded, into the days of the zone that a workshop is in now', async () => {
  const made = {
    count: 3,
    createdAt: new Date('2026-05-10T18:20:00Z'),
    tallerId: mexico.id,
    channel: 'email',
    eventType: 'vehicle_ready',
    scheduledInHours: null,
  };
  await query(insertMessages, messageParameters(made));
  expect(await job.run()).toEqual({ folded: 1, built: 0 });
  await query(`UPDATE taller SET time_zone = 'Asia/Kathmandu' WHERE id = $1`, [mexico.id]);
  await query(insertMessages, messageParameters(made));
  expect(await job.run()).toEqual({ folded: 1, built: 1 });
  expect(await job.run()).toEqual({ folded: 0, built: 0 });
  expect(
    await query(
      `SELECT day::text, messages::integer FROM analytics_day WHERE scope_id = $1 AND messages > 0`,
      [mexico.id],
    ),
  ).toEqual([{ day: '2026-05-11', messages: 6 }]);
});

test('its runs are kept for a day, those of other schedules longer', async () => {
  await query(`
    INSERT INTO schedule_run (schedule_name, due_at, state)
    SELECT name, now() - hours * interval '1 hour', 'done'
    FROM unnest(ARRAY['fold_analytics', 'forget_idempotency_keys']) name,
      unnest(ARRAY[1, 23, 25, 300]) hours`);
  await job.run();
  expect(
    await query(
      `SELECT schedule_name AS name, count(*)::integer AS kept FROM schedule_run
       GROUP BY schedule_name ORDER BY schedule_name`,
    ),
  ).toEqual([
    { name: 'fold_analytics', kept: 2 },
    { name: 'forget_idempotency_keys', kept: 4 },
  ]);
});
