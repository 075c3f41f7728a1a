import pg from 'pg';
import { Pool } from 'undici';
import { CustomersRepository } from '#infrastructure/persistence/customers.repository.js';
import type { Instance } from './instance.js';
import { percentile } from './load.js';

/** Milliseconds of one list: over HTTP, and its two statements alone. */
export interface CustomersListResult {
  customers: number;
  requests: number;
  /** Whether searches read an index of trigrams. */
  trigrams: boolean;
  api: { p50Ms: number; p95Ms: number };
  floor: { p50Ms: number; p95Ms: number };
}

interface Statement {
  text: string;
  values: unknown[];
}

/**
 * A page of 20 of many customers, found by what people look for: two words of a name, one word
 * that thousands share, a number, part of an address. One at a time, and in turn with the very
 * statements that the service runs, sent over a bare connection.
 */
export async function measureCustomersList(
  instance: Instance,
  customers: number,
  requests: number,
): Promise<CustomersListResult> {
  await instance.stopWorker();
  await instance.database.query('TRUNCATE customer CASCADE');
  await instance.database.query(insertCustomers, [customers]);
  await instance.database.query('VACUUM ANALYZE customer');
  const client = new pg.Client({ connectionString: instance.databaseUrl });
  await client.connect();
  const pool = new Pool(instance.apiUrl, { connections: 1, pipelining: 1 });
  const apiMs: number[] = [];
  const floorMs: number[] = [];
  for (let index = 0; index < requests + warmUp; index += 1) {
    const search = searchAt(index, customers);
    const statements = await statementsOf(instance, search);
    const floor = await timed(async () => {
      for (const statement of statements) await client.query(statement);
    });
    const api = await timed(() => list(pool, search));
    if (index < warmUp) continue;
    floorMs.push(floor);
    apiMs.push(api);
  }
  await pool.close();
  const { rowCount } = await client.query(`SELECT FROM pg_class WHERE relname = 'customer_search'`);
  await client.end();
  await instance.startWorker();
  const trigrams = rowCount === 1;
  return { customers, requests, trigrams, api: summary(apiMs), floor: summary(floorMs) };
}

/** Rounds that fill caches on both sides. */
const warmUp = 40;

const given = ['Carlos', 'María', 'José', 'Ana Lucía', 'Diego', 'Gabriela', 'Íñigo', 'Rosa'];
const family = ['Mendoza', 'Paredes', 'Núñez', 'Quishpe', 'Andrade', 'Salazar', 'Cevallos'];

function searchAt(index: number, customers: number): string {
  const number = (index * 7919) % customers;
  const first = given[number % given.length] ?? '';
  const last = family[number % family.length] ?? '';
  switch (index % 4) {
    case 0:
      return `${last} ${number}`.toLowerCase();
    case 1:
      return `${first} ${last}`;
    case 2:
      return `09${String(90_000_000 + number).replace(/^..../, '$& ')}`;
    default:
      return `cliente-${number}@`;
  }
}

const insertCustomers = `
  INSERT INTO customer (id, name, email, phone)
  SELECT 'c-' || n, given.word || ' ' || family.word || ' ' || n,
    'cliente-' || n || '@example.com', '+5939' || 90000000 + n
  FROM generate_series(0, $1::int - 1) n
  JOIN unnest('{${given.join(',')}}'::text[]) WITH ORDINALITY given(word, place)
    ON given.place - 1 = n % ${given.length}
  JOIN unnest('{${family.join(',')}}'::text[]) WITH ORDINALITY family(word, place)
    ON family.place - 1 = n % ${family.length}
`;

/** What the service asks the database for a search, as its own repository says it. */
async function statementsOf({ database }: Instance, search: string): Promise<Statement[]> {
  const statements: Statement[] = [];
  const asked = database.logger.logQuery;
  database.logger.logQuery = (text, values = []) => {
    statements.push({ text, values: Array.isArray(values) ? values : [] });
  };
  const window = { offset: 0, limit: 20 };
  await new CustomersRepository(database).page(null, { search }, 'name', window);
  database.logger.logQuery = asked;
  return statements;
}

async function list(pool: Pool, search: string): Promise<void> {
  const path = `/api/v1/notifications/customers/?page_size=20&search=${encodeURIComponent(search)}`;
  const { statusCode, body } = await pool.request({ path, method: 'GET' });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}: ${text}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

function summary(values: number[]): { p50Ms: number; p95Ms: number } {
  const sorted = values.toSorted((a, b) => a - b);
  return { p50Ms: percentile(sorted, 50), p95Ms: percentile(sorted, 95) };
}
