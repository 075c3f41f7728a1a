import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import type { CoreCustomer } from '#domain/sync/core-record.js';
import { readConfiguration } from '#infrastructure/config/configuration.js';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { addSyncTask } from '#infrastructure/persistence/sync/sync-tasks.js';
import { chooseQueueBackend } from '#infrastructure/queue/queue-backend.js';
import { SyncQueue } from '#infrastructure/queue/sync-queue.js';
import { freePort } from '#infrastructure/testing/free-port.js';
import { holdRows } from '#infrastructure/testing/hold-rows.js';
import { aCoreCustomer } from '#infrastructure/testing/sync-rig.js';
import { createTestDatabase } from '#infrastructure/testing/test-database.js';
import { startTestRedis, triesRedis } from '#infrastructure/testing/test-redis.js';

const redis = triesRedis ? await startTestRedis() : null;
const backends: [string, Record<string, string>][] = [['Postgres', {}]];
if (redis) backends.push(['Redis', { REDIS_URL: redis.url }]);
afterAll(() => redis?.close());

// A worker is a process of its own, which can be killed.
describe.each(backends)('the worker, woken by %s,', (_name, environment) => {
  let database: { url: string; drop(): Promise<void> };
  let dataSource: DataSource;
  let queue: SyncQueue;
  const workers: ChildProcess[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    const options = { applicationName: 'test' };
    dataSource = createDataSource({ url: database.url, poolSize: 3 }, options);
    await dataSource.initialize();
    const { queue: chosen } = readConfiguration({ DATABASE_URL: database.url, ...environment });
    queue = new SyncQueue(chooseQueueBackend(chosen), () => undefined);
    await startWorker();
  });
  afterEach(() => query('DELETE FROM customer'));
  afterAll(async () => {
    await Promise.all(workers.map(kill));
    await queue.close();
    await dataSource.destroy();
    await database.drop();
  });

  async function startWorker(): Promise<void> {
    const port = await freePort();
    const script = `
      import { register } from 'node:module';
      register('./test/support/typescript-loader.mjs', 'file://' + process.cwd() + '/');
      await import(process.cwd() + '/apps/worker/src/main.ts');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'test',
        DATABASE_URL: database.url,
        DELIVERY_SWEEP_INTERVAL_MS: '200',
        PROBE_PORT: String(port),
        LOG_LEVEL: 'fatal',
        ...environment,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    workers.push(child);
    await until(() => answers(`http://127.0.0.1:${port}/health/ready`));
  }
  async function kill(child: ChildProcess | undefined): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  const query = (sql: string) => dataSource.query(sql);
  const add = (...records: CoreCustomer[]) =>
    addSyncTask(dataSource.manager, { kind: 'customers', records }, null);
  const task = async (id: string) => (await query(`SELECT * FROM sync_task WHERE id = '${id}'`))[0];
  const names = async (): Promise<string[]> =>
    (await query('SELECT name FROM customer ORDER BY name')).map(
      ({ name }: { name: string }) => name,
    );

  test('applies a task as soon as it is told of it', async () => {
    const id = await add(aCoreCustomer('c1', 1, { name: 'Ana' }));
    const startedMs = performance.now();
    queue.wake([id]);
    await until(async () => (await task(id)).state === 'done');
    // The sweep would wait for 10 s before it takes the wake-up for lost.
    expect(performance.now() - startedMs).toBeLessThan(8000);
    expect(await names()).toEqual(['Ana']);
  });

  test('finds a task by itself whose wake-up was lost', async () => {
    const id = await add(aCoreCustomer('c1', 2, { name: 'Eva' }));
    await query(`UPDATE sync_task SET enqueued_at = now() - interval '11 s' WHERE id = '${id}'`);
    await until(async () => (await task(id)).state === 'done');
    expect(await names()).toEqual(['Eva']);
  });

  test('killed in the middle leaves nothing half-done, and the next one does it all', async () => {
    const held = await holdRows(dataSource, 'LOCK TABLE customer_preference IN EXCLUSIVE MODE');
    const preferences = { email: { enabled: false, priority: null } };
    const id = await add(aCoreCustomer('c1', 3, { name: 'Luz', preferences }));
    queue.wake([id]);
    await held.someoneWaits();
    await kill(workers.pop());
    await held.commit();
    expect(await task(id)).toMatchObject({ state: 'running', attempts: 1 });
    await until(async () => {
      const [row] = await query(`SELECT count(*)::int AS count FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'ambacar-worker'`);
      return row.count === 0;
    });
    expect(await names()).toEqual([]);
    await query(`UPDATE sync_task SET lease_until = now() WHERE id = '${id}'`);
    await startWorker();
    await until(async () => (await task(id)).state === 'done');
    expect(await task(id)).toMatchObject({ attempts: 2, applied: 1, payload: null });
    expect(await names()).toEqual(['Luz']);
  });

  test('leaves nothing of a person in the queue, waiting, done or failed', async () => {
    const tallerId = '0190aaaa-0000-7000-8000-0000000000ff';
    const secret = 'Zoraida Quishpe';
    const email = 'zoraida@example.com';
    const body = { name: secret, email, phone: '+593991234567', taller_id: tallerId };
    // No such workshop: Postgres refuses it, and its words would name what it refused.
    const bad = await add({ id: 'core-zoraida', version: '1', body, preferences: {} });
    const good = await add(aCoreCustomer('c8', 1, { name: secret }));
    queue.wake([bad, good]);
    await until(async () => (await task(good)).state === 'done');
    await until(async () => (await task(bad)).state === 'queued' && (await task(bad)).attempts > 0);
    expect(await task(bad)).toMatchObject({ error_code: 'data_refused' });
    const kept = await keptByQueue();
    expect(kept).toContain(bad);
    for (const personal of [secret, email, '991234567', 'core-zoraida', tallerId]) {
      expect(kept).not.toContain(personal);
    }
  });

  /** All that the queue's store holds, as text. */
  async function keptByQueue(): Promise<string> {
    if (environment.REDIS_URL) return keptByRedis(environment.REDIS_URL);
    const tables: { name: string }[] = await query(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'bullmq'`,
    );
    const texts = [];
    for (const { name } of tables) {
      texts.push(JSON.stringify(await query(`SELECT t::text FROM bullmq.${name} t`)));
    }
    return texts.join('\n');
  }
});

async function keptByRedis(url: string): Promise<string> {
  const client = new Redis(url);
  const texts: unknown[] = [];
  for (const key of await client.keys('*')) {
    texts.push(key);
    switch (await client.type(key)) {
      case 'hash':
        texts.push(await client.hgetall(key));
        break;
      case 'list':
        texts.push(await client.lrange(key, 0, -1));
        break;
      case 'zset':
        texts.push(await client.zrange(key, 0, -1));
        break;
      case 'set':
        texts.push(await client.smembers(key));
        break;
      case 'stream':
        texts.push(await client.xrange(key, '-', '+'));
        break;
      default:
        texts.push(await client.get(key));
    }
  }
  client.disconnect();
  return JSON.stringify(texts);
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}
