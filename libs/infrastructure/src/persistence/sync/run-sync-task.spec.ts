import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { holdRows } from '../../testing/hold-rows.js';
import {
  aCoreCustomer,
  openSyncRig,
  type SyncRig,
  type SyncWorker,
} from '../../testing/sync-rig.js';
import { TaskFailed } from './run-sync-task.js';

let rig: SyncRig;
let one: SyncWorker;
let other: SyncWorker;

beforeAll(async () => {
  rig = await openSyncRig();
  const [first, second] = rig.workers;
  if (!first || !second) throw new Error('two workers expected');
  [one, other] = [first, second];
});
afterAll(() => rig.close());
beforeEach(() => rig.clear());

const query = (sql: string) => one.dataSource.query(sql);
const add = (version: number) =>
  one.add({ kind: 'customers', records: [aCoreCustomer('c1', version)] });
const task = async () => (await query('SELECT * FROM sync_task'))[0];
const runOut = () => query(`UPDATE sync_task SET lease_until = now() - interval '1 ms'`);
const names = async () =>
  (await query('SELECT name FROM customer')).map(({ name }: { name: string }) => name);

describe('a task', () => {
  test('is worked on by one of any number who are woken for it', async () => {
    const id = await add(1);
    const workers = [one, other, one, other, one, other];
    await Promise.all(workers.map(({ runner }) => runner.execute(id)));
    expect(await task()).toMatchObject({ state: 'done', attempts: 1, fence: 1 });
  });

  test('that is for later, over or not there is left alone', async () => {
    const id = await add(1);
    await query(`UPDATE sync_task SET due_at = now() + interval '1 minute'`);
    await one.runner.execute(id);
    await one.runner.execute('0190aaaa-0000-7000-8000-0000000000ff');
    expect(await task()).toMatchObject({ state: 'queued', attempts: 0 });
    await query(`UPDATE sync_task SET due_at = now()`);
    await one.runner.execute(id);
    await one.runner.execute(id);
    expect(await task()).toMatchObject({ state: 'done', attempts: 1 });
  });

  test('whose holder hangs is done by another, and the late holder changes nothing', async () => {
    const id = await add(1);
    const held = await holdRows(one.dataSource, 'LOCK TABLE customer IN EXCLUSIVE MODE');
    const late = other.runner.execute(id);
    await held.someoneWaits();
    expect(await one.runner.settleLost(10)).toBe(0);
    await runOut();
    expect(await one.runner.settleLost(10)).toBe(1);
    expect(await task()).toMatchObject({ state: 'queued', error_code: 'worker_lost' });
    await held.commit();
    await late;
    expect(await names()).toEqual([]);
    expect(await task()).toMatchObject({ state: 'queued', attempts: 1 });
    await one.runner.execute(id);
    expect(await names()).toEqual(['c1 v1']);
    expect(await task()).toMatchObject({ state: 'done', attempts: 2, error_code: null });
  });

  test('that ends its process each time ends among the dead letters, with its records', async () => {
    const id = await add(1);
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      expect(await one.tasks.claim(id, 60_000)).toMatchObject({ attempt });
      await runOut();
      await one.runner.settleLost(10);
    }
    expect(await task()).toMatchObject({ state: 'failed', payload: [{ id: 'c1' }] });
    expect(await query('SELECT id, kind, cause FROM dead_letter')).toEqual([
      { id, kind: 'sync', cause: 'worker_lost' },
    ]);
  });

  test('that Postgres refuses is tried again later, and tells the kind of the fault alone', async () => {
    const body = {
      name: 'Zoraida Quishpe',
      email: null,
      phone: null,
      taller_id: '0190aaaa-0000-7000-8000-0000000000ff',
    };
    const records = [aCoreCustomer('c0', 1), { ...aCoreCustomer('c1', 1), body }];
    const id = await one.add({ kind: 'customers', records });
    await expect(one.runner.execute(id)).rejects.toThrow(TaskFailed);
    expect(await names()).toEqual([]);
    const row = await task();
    expect(row).toMatchObject({
      state: 'queued',
      attempts: 1,
      error_code: 'data_refused',
      error: 'QueryFailedError 23503',
    });
    expect(row.due_at.getTime()).toBeGreaterThan(Date.now() + 4000);
  });

  test('is found by the sweep when its wake-up was lost, once in its patience', async () => {
    const id = await add(1);
    expect(await one.tasks.takeDue(10, 10_000)).toEqual([]);
    await query(`UPDATE sync_task SET enqueued_at = now() - interval '11 seconds'`);
    const found = await Promise.all([one, other].map(({ tasks }) => tasks.takeDue(10, 10_000)));
    expect(found.flat()).toEqual([id]);
    expect(await one.tasks.takeDue(10, 10_000)).toEqual([]);
  });
});
