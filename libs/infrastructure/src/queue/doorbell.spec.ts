import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  accept,
  aProcess,
  openSeededDatabase,
  type SeededDatabase,
  type TestProcess,
} from '../testing/seeded-database.js';
import { Doorbell } from './doorbell.js';

let database: SeededDatabase;
let process: TestProcess;
let opened: Doorbell[] = [];

beforeAll(async () => {
  database = await openSeededDatabase();
  process = aProcess(database.dataSource);
});
afterEach(async () => {
  for (const doorbell of opened) await doorbell.close();
  opened = [];
});
afterAll(() => database.close());

function aDoorbell(url = database.url) {
  const heard: string[] = [];
  const troubles: unknown[] = [];
  const doorbell = new Doorbell(url, {
    onRing: (channel, ids) => heard.push(...ids.map((id) => `${channel} ${id}`)),
    onTrouble: (error) => troubles.push(error),
  });
  opened.push(doorbell);
  doorbell.start();
  return { doorbell, heard, troubles };
}

/** The sessions that listen. */
const listeners = () =>
  database.dataSource
    .query<{ pid: number }[]>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database()
         AND application_name = 'ambacar-doorbell' AND query LIKE 'LISTEN%' AND state = 'idle'`,
    )
    .then((rows) => rows.map(({ pid }) => pid));

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Dispatches and gives back what a ring for it says. */
async function dispatched(changes: Parameters<typeof accept>[1] = {}): Promise<string> {
  const { notifications } = await accept(process, changes);
  return `whatsapp ${notifications[0]?.taskId}`;
}

describe('the doorbell', () => {
  test('is heard for a dispatch that comes alone', async () => {
    const { heard } = aDoorbell();
    await until(async () => (await listeners()).length === 1);
    const ring = await dispatched();
    await until(() => heard.length > 0);
    expect(heard).toEqual([ring]);
  });

  test('is heard by every worker', async () => {
    const [one, other] = [aDoorbell(), aDoorbell()];
    await until(async () => (await listeners()).length === 2);
    const ring = await dispatched();
    await until(() => one.heard.length > 0 && other.heard.length > 0);
    expect([one.heard, other.heard]).toEqual([[ring], [ring]]);
  });

  test('rings neither for what is due later nor for dispatches that share a commit', async () => {
    const { heard } = aDoorbell();
    await until(async () => (await listeners()).length === 1);
    await dispatched({ scheduledFor: new Date(Date.now() + 3_600_000) });
    await Promise.all([dispatched(), dispatched(), dispatched()]);
    const last = await dispatched();
    await until(() => heard.length > 0);
    expect(heard).toEqual([last]);
  });

  test('rings with the commit of an event that supersedes others', async () => {
    const { heard } = aDoorbell();
    await until(async () => (await listeners()).length === 1);
    const rings = [];
    for (const _ of [1, 2]) rings.push(await dispatched({ businessKey: 'order-7' }));
    await until(() => heard.length === 2);
    expect(heard).toEqual(rings);
  });

  test('is heard again after its connection was cut', async () => {
    const { heard, troubles } = aDoorbell();
    await until(async () => (await listeners()).length === 1);
    const cut = await listeners();
    await database.dataSource.query('SELECT pg_terminate_backend($1)', cut);
    await until(async () => {
      const now = await listeners();
      return now.length === 1 && now[0] !== cut[0];
    });
    expect(troubles).toHaveLength(1);
    const ring = await dispatched();
    await until(() => heard.length > 0);
    expect(heard).toEqual([ring]);
  });

  test('goes on trying while the database is away, and closes at once all the same', async () => {
    const tookMs: number[] = [];
    while (tookMs.length < 3) {
      const { doorbell, troubles } = aDoorbell('postgresql://nobody@127.0.0.1:1/none');
      await until(() => troubles.length > 1);
      const startedMs = performance.now();
      await doorbell.close();
      tookMs.push(performance.now() - startedMs);
    }
    // Not the second that it waits after each try; a busy machine may be slow once.
    expect(Math.min(...tookMs)).toBeLessThan(900);
  });

  test('is not tried behind a pooler by transaction', async () => {
    const { doorbell, troubles } = aDoorbell('postgresql://nobody@127.0.0.1:1/none?pgbouncer=true');
    const tried = aDoorbell('postgresql://nobody@127.0.0.1:1/none');
    await until(() => tried.troubles.length > 0);
    await doorbell.close();
    expect(troubles).toEqual([]);
  });
});
