import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase, runOn, withDatabase } from '../testing/test-database.js';
import { CustomersRepository } from './customers.repository.js';
import { createDataSource } from './data-source.js';
import { migrate } from './migrate.js';
import { VehiclesRepository } from './vehicles.repository.js';

const server = process.env.TEST_POSTGRES_URL ?? '';
const name = `ambacar_small_rights_${randomBytes(4).toString('hex')}`;
let owned: Awaited<ReturnType<typeof createTestDatabase>>;
const opened: Record<string, DataSource> = {};

async function open(url: string): Promise<DataSource> {
  const dataSource = createDataSource({ url, poolSize: 2 }, { applicationName: 'spec' });
  await dataSource.initialize();
  return dataSource;
}

beforeAll(async () => {
  owned = await createTestDatabase();
  opened.usual = await open(owned.url);
  // May make tables, and no extension: what some managed servers allow.
  await runOn(server, `CREATE ROLE ${name} LOGIN PASSWORD 'spec'`);
  await runOn(server, `CREATE DATABASE ${name}`);
  await runOn(withDatabase(server, name), `GRANT ALL ON SCHEMA public TO ${name}`);
  const url = new URL(withDatabase(server, name));
  url.username = name;
  url.password = 'spec';
  opened.small = await open(url.href);
  await migrate(opened.small, { queueSchema: false });
  for (const dataSource of Object.values(opened)) await fill(dataSource);
});
afterAll(async () => {
  for (const dataSource of Object.values(opened)) await dataSource.destroy();
  await owned.drop();
  await runOn(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await runOn(server, `DROP ROLE IF EXISTS ${name}`);
});

/** So many that an index is worth reading. */
const fill = async (dataSource: DataSource) => {
  await dataSource.query(`
    INSERT INTO customer (id, name, email, phone)
    SELECT 'c' || n, 'Íñigo Núñez ' || n, 'c' || n || '@example.com', '+59398' || 1000000 + n
    FROM generate_series(1, 5000) n`);
  await dataSource.query(`
    INSERT INTO vehicle (id, customer_id, plate, make, model)
    SELECT 'v' || n, 'c' || n, 'PBX-' || 1000 + n, 'Haval', 'Jolión' FROM generate_series(1, 5000) n`);
  await dataSource.query('ANALYZE customer, vehicle');
};
const hasTrigrams = async (dataSource: DataSource | undefined) => {
  const indexes = await dataSource?.query(
    `SELECT indexname FROM pg_indexes WHERE indexname IN ('customer_search', 'vehicle_search')`,
  );
  return indexes.length;
};

describe('a search of people', () => {
  test('has its indexes of trigrams where they may be made, and does without elsewhere', async () => {
    expect(await hasTrigrams(opened.usual)).toBe(2);
    expect(await hasTrigrams(opened.small)).toBe(0);
  });

  test.each(['usual', 'small'])('finds the same with %s rights', async (rights) => {
    const dataSource = opened[rights];
    if (!dataSource) throw new Error('there is no such database');
    const window = { offset: 0, limit: 3 };
    const customers = new CustomersRepository(dataSource);
    const people = async (search: string, ordering = 'name') => {
      const { rows, count } = await customers.page(null, { search }, ordering, window);
      return { count, ids: rows.map(({ id }) => id) };
    };
    expect(await people('nunez 4999')).toEqual({ count: 1, ids: ['c4999'] });
    expect(await people('098 100-4321')).toEqual({ count: 1, ids: ['c4321'] });
    expect(await people('0981 0043')).toMatchObject({ count: 100 });
    expect(await people('inigo', '-id')).toEqual({ count: 5000, ids: ['c999', 'c998', 'c997'] });
    expect(await people('c77@')).toEqual({ count: 1, ids: ['c77'] });
    expect(await people('')).toMatchObject({ count: 5000 });
    const vehicles = new VehiclesRepository(dataSource);
    const plates = async (filter: { plate?: string; search?: string }) => {
      const { rows, count } = await vehicles.page(null, filter, 'plate', window);
      return { count, plates: rows.map(({ plate }) => plate) };
    };
    expect(await plates({ plate: 'pbx 5001' })).toEqual({ count: 1, plates: ['PBX-5001'] });
    expect(await plates({ plate: 'X12-34' })).toEqual({ count: 1, plates: ['PBX-1234'] });
    expect(await plates({ search: 'jolion pbx2345' })).toEqual({ count: 1, plates: ['PBX-2345'] });
  });
});
