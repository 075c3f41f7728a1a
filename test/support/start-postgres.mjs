import { mkdtemp, rm } from 'node:fs/promises';
import { register } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Jest's globalSetup: one Postgres for the whole run, with a migrated template database that every
// test file copies. TEST_DATABASE_SERVER_URL names a server to use instead; its role must be
// allowed to make databases.

register('./typescript-loader.mjs', import.meta.url);

export default async function startPostgres() {
  const server = process.env.TEST_DATABASE_SERVER_URL
    ? { url: process.env.TEST_DATABASE_SERVER_URL, stop: async () => undefined }
    : await startOwn();
  const template = `ambacar_test_${process.pid}_${Date.now().toString(36)}`;
  await makeTemplate(server.url, template);
  process.env.TEST_POSTGRES_URL = server.url;
  process.env.TEST_POSTGRES_TEMPLATE = template;
  globalThis.stopTestPostgres = async () => {
    await dropLeftovers(server.url, template);
    await server.stop();
  };
}

async function startOwn() {
  const { startEmbeddedPostgres } = await import(
    '../../libs/infrastructure/src/embedded-postgres/start-embedded-postgres.ts'
  );
  const dataFolder = await mkdtemp(join(tmpdir(), 'ambacar-test-'));
  const server = await startEmbeddedPostgres({ dataFolder, durable: false });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function makeTemplate(serverUrl, name) {
  const { runOn, withDatabase } = await import(
    '../../libs/infrastructure/src/testing/test-database.ts'
  );
  const { createDataSource } = await import(
    '../../libs/infrastructure/src/persistence/data-source.ts'
  );
  const { migrate } = await import('../../libs/infrastructure/src/persistence/migrate.ts');
  await runOn(serverUrl, `CREATE DATABASE ${name}`);
  const dataSource = createDataSource(
    { url: withDatabase(serverUrl, name), poolSize: 2 },
    { applicationName: 'test-template' },
  );
  await dataSource.initialize();
  await migrate(dataSource, { queueSchema: true });
  await dataSource.destroy();
}

/** A test file that died may have left its database on a server that outlives the run. */
async function dropLeftovers(serverUrl, template) {
  if (!process.env.TEST_DATABASE_SERVER_URL) return;
  const { runOn } = await import('../../libs/infrastructure/src/testing/test-database.ts');
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  const { rows } = await client.query('SELECT datname FROM pg_database WHERE datname LIKE $1', [
    `${template}%`,
  ]);
  await client.end();
  for (const { datname } of rows) await runOn(serverUrl, `DROP DATABASE ${datname} WITH (FORCE)`);
}
