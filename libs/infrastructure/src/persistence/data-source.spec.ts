import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase } from '../testing/test-database.js';
import { createDataSource } from './data-source.js';
import { isOutage } from './transient-errors.js';

describe('the data source', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let dataSource: DataSource;
  let other: DataSource;
  const open = (applicationName: string) =>
    createDataSource({ url: database.url, poolSize: 3 }, { applicationName }).initialize();

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await open('survivor');
    other = await open('other');
  });
  afterAll(async () => {
    await dataSource.destroy();
    await other.destroy();
    await database.drop();
  });

  const killSurvivors = () =>
    other.query(
      `SELECT count(pg_terminate_backend(pid))::int AS killed FROM pg_stat_activity
       WHERE application_name = 'survivor'`,
    );

  test('survives the loss of idle connections', async () => {
    await Promise.all([1, 2, 3].map(() => dataSource.query('SELECT pg_sleep(0.01)')));
    expect(await killSurvivors()).toEqual([{ killed: 3 }]);
    await goneFrom(other);
    expect(await answerOf(dataSource)).toEqual([{ one: 1 }]);
  });

  test('survives the loss of a connection that is lent out', async () => {
    const runner = dataSource.createQueryRunner();
    await runner.connect();
    await killSurvivors();
    await goneFrom(other);
    await expect(runner.query('SELECT 1')).rejects.toThrow();
    await runner.release();
    expect(await answerOf(dataSource)).toEqual([{ one: 1 }]);
  });

  test('bounds every statement and every idle transaction', async () => {
    const [{ statement }] = await dataSource.query(
      `SELECT current_setting('statement_timeout') AS statement`,
    );
    const [{ idle }] = await dataSource.query(
      `SELECT current_setting('idle_in_transaction_session_timeout') AS idle`,
    );
    expect([statement, idle]).toEqual(['30s', '30s']);
  });

  test('says within seconds that there is no database', async () => {
    const nowhere = createDataSource(
      { url: 'postgresql://nobody@127.0.0.1:1/nothing', poolSize: 2 },
      { applicationName: 'nowhere' },
    );
    await expect(nowhere.initialize()).rejects.toThrow('ECONNREFUSED');
  });
});

/** Postgres may know of a connection's end before the pool hears of it: then one query fails. */
async function answerOf(dataSource: DataSource): Promise<unknown> {
  for (;;) {
    try {
      return await dataSource.query('SELECT 1 AS one');
    } catch (error) {
      if (!isOutage(error)) throw error;
    }
  }
}

async function goneFrom(other: DataSource): Promise<void> {
  for (;;) {
    const [{ left }] = await other.query(
      `SELECT count(*)::int AS left FROM pg_stat_activity WHERE application_name = 'survivor'`,
    );
    if (left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
