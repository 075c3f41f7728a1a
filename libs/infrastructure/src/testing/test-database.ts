import { randomBytes } from 'node:crypto';
import pg from 'pg';

/**
 * A database of its own for one test file: migrated, BullMQ's schema included, and empty. A copy
 * of a template that the test run makes once, so it takes some ten milliseconds.
 */
export async function createTestDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const { TEST_POSTGRES_URL: adminUrl, TEST_POSTGRES_TEMPLATE: template } = process.env;
  if (!adminUrl || !template) {
    throw new Error('No Postgres for tests: run them with jest, whose globalSetup starts one.');
  }
  const name = `${template}_${randomBytes(6).toString('hex')}`;
  await runOn(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: withDatabase(adminUrl, name),
    drop: () => runOn(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** The same server and role, another database. */
export function withDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs one statement that must stand outside a transaction, on a connection of its own. */
export async function runOn(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
