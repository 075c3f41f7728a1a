import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestDatabase } from '../testing/test-database.js';
import { createDataSource } from './data-source.js';
import { preparedForCount, runPrepared } from './run-prepared.js';

const statement = { name: 'double', text: 'SELECT $1::int * 2 AS doubled' };

let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
});

/** The names that one connection knows after the statement ran on it twice. */
async function namesKept(url: string): Promise<string[]> {
  const dataSource = createDataSource({ url, poolSize: 1 }, { applicationName: 'spec' });
  await dataSource.initialize();
  try {
    for (const value of [1, 2]) {
      expect(await runPrepared(dataSource, statement, [value])).toEqual([{ doubled: value * 2 }]);
    }
    const rows = await dataSource.query<{ name: string }[]>(
      'SELECT name FROM pg_prepared_statements',
    );
    return rows.map(({ name }) => name);
  } finally {
    await dataSource.destroy();
  }
}

describe('a statement of the hot path', () => {
  test('is kept by its connection under its name', async () => {
    expect(await namesKept(database.url)).toEqual(['double']);
  });

  test('has no name behind a pooler that gives each transaction another connection', async () => {
    const pooled = new URL(database.url);
    pooled.searchParams.set('pgbouncer', 'true');
    expect(await namesKept(pooled.href)).toEqual([]);
  });

  test('over few items is planned once, over many for what they are', async () => {
    const statement = preparedForCount(
      'people',
      (given) => `SELECT count(*)::int AS found FROM unnest(${given('$1::int[]')}) AS wanted(oid)
        JOIN pg_class ON pg_class.oid = wanted.oid`,
    );
    const dataSource = createDataSource(
      { url: database.url, poolSize: 1 },
      { applicationName: 's' },
    );
    await dataSource.initialize();
    try {
      for (let run = 0; run < 12; run += 1) {
        for (const count of [1, 500]) {
          const rows = await runPrepared(dataSource, statement(count), [Array(count).fill(1259)]);
          expect(rows).toEqual([{ found: count }]);
        }
      }
      const plans = await dataSource.query(
        `SELECT name, generic_plans > 0 AS kept FROM pg_prepared_statements ORDER BY name`,
      );
      expect(plans).toContainEqual({ name: 'people_few', kept: true });
    } finally {
      await dataSource.destroy();
    }
  });

  test('that fails gives its connection back', async () => {
    const dataSource = createDataSource(
      { url: database.url, poolSize: 1 },
      { applicationName: 's' },
    );
    await dataSource.initialize();
    await expect(runPrepared(dataSource, statement, ['no number'])).rejects.toMatchObject({
      code: '22P02',
    });
    expect(await runPrepared(dataSource, statement, [4])).toEqual([{ doubled: 8 }]);
    await dataSource.destroy();
  });
});
