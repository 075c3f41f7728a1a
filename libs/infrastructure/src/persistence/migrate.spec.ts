import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestDatabase } from '../testing/test-database.js';
import { createDataSource } from './data-source.js';
import { migrate, pendingMigrations } from './migrate.js';

describe('migrate', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  const open = async () =>
    createDataSource({ url: database.url, poolSize: 4 }, { applicationName: 'test' }).initialize();

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  test('a database that is up to date is left alone', async () => {
    const dataSource = await open();
    expect(await pendingMigrations(dataSource)).toEqual([]);
    expect(await migrate(dataSource, { queueSchema: true })).toEqual({ applied: [] });
    await dataSource.destroy();
  });

  test('two processes that migrate an empty database at once share the work', async () => {
    const dataSources = await Promise.all([open(), open()]);
    await dataSources[0]?.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const results = await Promise.all(
      dataSources.map((dataSource) => migrate(dataSource, { queueSchema: true })),
    );
    const applied = results.flatMap((result) => result.applied);
    expect(applied).toEqual(dataSources[0]?.migrations.map((step) => step.constructor.name));
    expect(results.some((result) => result.applied.length === 0)).toBe(true);
    for (const dataSource of dataSources) await dataSource.destroy();
  });

  test('a step waits for a table that another session holds', async () => {
    const dataSource = await open();
    const holder = await open();
    await dataSource.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    await dataSource.query('CREATE TABLE migrations (id serial, timestamp bigint, name text)');
    const runner = holder.createQueryRunner();
    await runner.startTransaction();
    await runner.query('LOCK TABLE migrations');
    const migrating = migrate(dataSource, { queueSchema: false });
    await waitUntil(async () => {
      const [{ count }] = await holder.query(
        `SELECT count(*)::int FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      );
      return count > 0;
    });
    await runner.commitTransaction();
    await runner.release();
    const all = dataSource.migrations.map((step) => step.constructor.name);
    expect((await migrating).applied).toEqual(all);
    await holder.destroy();
    await dataSource.destroy();
  });
});

async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}
