import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase, runOn, withDatabase } from '../testing/test-database.js';
import { createDataSource } from './data-source.js';
import { isFaultOfData, isOutage, retryDeadlocks, retryThroughOutage } from './transient-errors.js';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let dataSource: DataSource;
const name = () => new URL(database.url).pathname.slice(1);
const admin = (sql: string) => runOn(withDatabase(database.url, 'postgres'), sql);
const cutAll = () =>
  admin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name()}'`);

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource(
    { url: database.url, poolSize: 4 },
    { applicationName: 'test' },
  ).initialize();
  await dataSource.query(
    'CREATE TABLE tally (id int PRIMARY KEY, count int); INSERT INTO tally VALUES (1, 0), (2, 0)',
  );
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const errorOf = (run: () => Promise<unknown>): Promise<unknown> =>
  run().then(
    () => undefined,
    (error: unknown) => error,
  );

describe('an outage of the database', () => {
  test('is told from a fault of the statement', async () => {
    const faults = [
      'SELECT 1/0',
      'SELECT nothing',
      `SELECT 'x'::int`,
      'INSERT INTO tally VALUES (1)',
    ];
    for (const fault of faults) {
      expect(isOutage(await errorOf(() => dataSource.query(fault)))).toBe(false);
    }
    expect(isOutage(new Error('anything'))).toBe(false);
    expect(isOutage('57P01')).toBe(false);
  });

  test('is a connection that is cut in the middle of a statement', async () => {
    const sleeping = errorOf(() => dataSource.query('SELECT pg_sleep(30)'));
    while (!(await isAsleep())) await new Promise(setImmediate);
    await cutAll();
    expect(isOutage(await sleeping)).toBe(true);
  });

  test('is a connection that is cut between two statements of a transaction', async () => {
    const torn = errorOf(() =>
      dataSource.transaction(async (manager) => {
        await cutAll();
        while (!manager.queryRunner?.isReleased) await new Promise(setImmediate);
        await manager.query('SELECT 1');
      }),
    );
    expect(isOutage(await torn)).toBe(true);
  });

  test('is a server that nobody answers for', async () => {
    const nowhere = createDataSource(
      { url: 'postgresql://nobody@127.0.0.1:1/nothing', poolSize: 2 },
      { applicationName: 'test' },
    );
    expect(isOutage(await errorOf(() => nowhere.initialize()))).toBe(true);
  });

  test('is a database that takes no connections, or no more', async () => {
    await admin(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS false`);
    await cutAll();
    const closed = await errorOf(() => dataSource.query('SELECT 1'));
    await admin(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS true`);
    expect(isOutage(closed)).toBe(true);
    await admin(`ALTER DATABASE ${name()} CONNECTION LIMIT 0`);
    await admin(`DROP ROLE IF EXISTS ${name()}_plain`);
    await admin(`CREATE ROLE ${name()}_plain LOGIN PASSWORD 'plain'`);
    const url = new URL(database.url);
    url.username = `${name()}_plain`;
    url.password = 'plain';
    const plain = createDataSource({ url: url.href, poolSize: 1 }, { applicationName: 'test' });
    const full = await errorOf(() => plain.initialize());
    await admin(`DROP ROLE ${name()}_plain`);
    await admin(`ALTER DATABASE ${name()} CONNECTION LIMIT -1`);
    expect(isOutage(full)).toBe(true);
  });

  test('is waited for by what may be run twice', async () => {
    await admin(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS false`);
    await cutAll();
    let tries = 0;
    const answer = retryThroughOutage(async () => {
      tries += 1;
      if (tries === 3) await admin(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS true`);
      return dataSource.query('SELECT 1 AS one');
    });
    expect(await answer).toEqual([{ one: 1 }]);
    expect(tries).toBeGreaterThanOrEqual(3);
  });

  test('is not what a faulty statement is tried again for', async () => {
    let tries = 0;
    const run = () => {
      tries += 1;
      return dataSource.query('SELECT nothing');
    };
    await expect(retryThroughOutage(run)).rejects.toThrow('nothing');
    await expect(retryDeadlocks(run)).rejects.toThrow('nothing');
    expect(tries).toBe(2);
  });
});

describe('a fault of the data', () => {
  test.each([
    [`SELECT 'x'::int`, true],
    [`SELECT E'{"a": "\\\\u0000"}'::jsonb`, true],
    ['INSERT INTO tally VALUES (1)', true],
    ['SELECT nothing', false],
  ])('%s: %p', async (sql, expected) => {
    expect(isFaultOfData(await errorOf(() => dataSource.query(sql)))).toBe(expected);
  });
});

describe('a lost deadlock', () => {
  test('is run again, and both transactions are there in the end', async () => {
    let tries = 0;
    const both = [
      [1, 2],
      [2, 1],
    ].map(([from, to]) =>
      retryDeadlocks(() => {
        tries += 1;
        return dataSource.transaction(async (manager) => {
          await manager.query('UPDATE tally SET count = count + 1 WHERE id = $1', [from]);
          // Only the first of each waits for the other to hold its row.
          if (tries <= 2) while (tries < 2) await new Promise(setImmediate);
          await manager.query('SELECT pg_sleep(0.1)');
          await manager.query('UPDATE tally SET count = count + 1 WHERE id = $1', [to]);
        });
      }),
    );
    await Promise.all(both);
    expect(tries).toBe(3);
    expect(await dataSource.query('SELECT count FROM tally')).toEqual([{ count: 2 }, { count: 2 }]);
  });
});

async function isAsleep(): Promise<boolean> {
  const [{ count }] = await dataSource.query(
    `SELECT count(*)::int FROM pg_stat_activity
     WHERE query = 'SELECT pg_sleep(30)' AND datname = current_database()`,
  );
  return count > 0;
}
