import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../testing/free-port.js';
import { createTestDatabase, runOn, withDatabase } from '../testing/test-database.js';
import { createDataSource } from './data-source.js';
import { patiently } from './patiently.js';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let role: string;
const admin = (sql: string) => runOn(withDatabase(database.url, 'postgres'), sql);
const at = (url: string) => createDataSource({ url, poolSize: 1 }, { applicationName: 'spec' });

beforeAll(async () => {
  database = await createTestDatabase();
  role = `${new URL(database.url).pathname.slice(1)}_many`;
  // Superusers are let in beyond a limit.
  await admin(`CREATE ROLE ${role} LOGIN PASSWORD 'many' CONNECTION LIMIT 2`);
});
afterAll(async () => {
  await database.drop();
  await admin(`DROP ROLE ${role}`);
});

describe('a database that has no connection left', () => {
  test('is opened by each of many processes as soon as others let go', async () => {
    const url = new URL(database.url);
    url.username = role;
    url.password = 'many';
    let open = 0;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const dataSource = at(url.href);
        await patiently(
          () => dataSource.initialize(),
          () => 0,
        );
        open += 1;
        await dataSource.destroy();
      }),
    );
    expect(open).toBe(8);
  });

  test('is told from one that is not there, which is an error at once', async () => {
    const nowhere = at(`postgresql://nobody@127.0.0.1:${await freePort()}/none`);
    await expect(patiently(() => nowhere.initialize())).rejects.toThrow('ECONNREFUSED');
  });
});
