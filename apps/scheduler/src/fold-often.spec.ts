import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { RollUps } from '#infrastructure/persistence/roll-ups.js';
import { createTestDatabase } from '#infrastructure/testing/test-database.js';
import { FoldOften } from './fold-often.js';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let dataSource: DataSource;

beforeAll(async () => {
  Logger.overrideLogger(false);
  database = await createTestDatabase();
  const options = { applicationName: 'spec' };
  dataSource = await createDataSource({ url: database.url, poolSize: 2 }, options).initialize();
});
afterAll(async () => {
  if (dataSource.isInitialized) await dataSource.destroy();
  await database.drop();
});

test('what was counted is folded, and a database that is away stops nothing', async () => {
  await dataSource.query(`
    INSERT INTO analytics_delta
    SELECT now(), NULL, 'email', 'vehicle_ready', 'sent', 1, 0, 0 FROM generate_series(1, 50)`);
  const often = new FoldOften(new RollUps(dataSource));
  await often.fold();
  expect(await dataSource.query('SELECT FROM analytics_delta')).toEqual([]);
  expect(await dataSource.query('SELECT messages::int FROM analytics_day')).toEqual([
    { messages: 50 },
  ]);
  await dataSource.destroy();
  await often.fold();
});
