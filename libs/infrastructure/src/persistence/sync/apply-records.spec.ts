import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import type { CoreCustomer, CoreVehicle } from '#domain/sync/core-record.js';
import {
  aCoreCustomer,
  aCoreVehicle,
  openSyncRig,
  type SyncRig,
  type SyncWorker,
  settle,
} from '../../testing/sync-rig.js';
import { applyCustomers } from './apply-customers.js';
import { applyVehicles } from './apply-vehicles.js';
import type { SyncPayload } from './sync-tasks.js';

let rig: SyncRig;
let workers: SyncWorker[];
beforeAll(async () => {
  rig = await openSyncRig();
  ({ workers } = rig);
});
afterAll(() => rig.close());
beforeEach(() => rig.clear());

const query = (sql: string) => rig.query(sql);
const rows = () => rig.rows();
const send = (...payloads: SyncPayload[]) => rig.send(...payloads);
const customers = (...records: CoreCustomer[]): SyncPayload => ({ kind: 'customers', records });
const vehicles = (...records: CoreVehicle[]): SyncPayload => ({ kind: 'vehicles', records });

describe('records of the core system', () => {
  test('said twice change nothing the second time, not even the moment of the change', async () => {
    const all = [customers(aCoreCustomer('c1', 1)), vehicles(aCoreVehicle('v1', 1, 'c1'))];
    await send(...all);
    const moments = () =>
      query(`SELECT updated_at FROM customer UNION ALL SELECT updated_at FROM vehicle`);
    const before = await moments();
    await send(...all);
    expect(await moments()).toEqual(before);
    expect(await query('SELECT applied, unchanged FROM sync_task ORDER BY created_at')).toEqual([
      { applied: 1, unchanged: 0 },
      { applied: 1, unchanged: 0 },
      { applied: 0, unchanged: 1 },
      { applied: 0, unchanged: 1 },
    ]);
  });

  test('of people’s edits overwrite what is older than they are, and nothing else', async () => {
    await send(customers(aCoreCustomer('c1', 5)));
    await query(`UPDATE customer SET name = 'by hand'`);
    await send(customers(aCoreCustomer('c1', 5)), customers(aCoreCustomer('c1', 4)));
    expect(await rows()).toMatchObject({ customers: [['c1', 'by hand', null]] });
    await send(customers(aCoreCustomer('c1', 6)));
    expect(await rows()).toMatchObject({ customers: [['c1', 'c1 v6', null]] });
  });

  test('leave a customer deleted who was deleted by hand, until there is news of him', async () => {
    await send(customers(aCoreCustomer('c1', 5)));
    await query('DELETE FROM customer');
    await send(customers(aCoreCustomer('c1', 5)), customers(aCoreCustomer('c1', 4)));
    expect(await rows()).toMatchObject({ customers: null });
    await send(customers(aCoreCustomer('c1', 6)));
    expect(await rows()).toMatchObject({ customers: [['c1', 'c1 v6', null]] });
  });

  test('leave preferences alone of which they say nothing', async () => {
    await send(customers(aCoreCustomer('c1', 1)));
    await query(`INSERT INTO customer_preference (customer_id, channel, enabled)
      VALUES ('c1', 'email', false), ('c1', 'push', false)`);
    const preferences = { push: { enabled: true, priority: 1 } };
    await send(customers(aCoreCustomer('c1', 2, { preferences })));
    expect(await rows()).toMatchObject({
      preferences: [
        ['c1', 'email', false, null],
        ['c1', 'push', true, 1],
      ],
    });
  });

  test('never give back a consent that was withdrawn, not even to one who was deleted', async () => {
    await send(customers(aCoreCustomer('c1', 1)));
    await query(`INSERT INTO customer_preference (customer_id, channel, consent_withdrawn_at)
      VALUES ('c1', 'email', '2026-01-01')`);
    const preferences = { email: { enabled: true, priority: 1 } };
    await send(
      customers(aCoreCustomer('c1', 2, { preferences })),
      customers(aCoreCustomer('c1', 3, { body: null })),
    );
    expect(await query('SELECT FROM customer_preference')).toEqual([]);
    await send(customers(aCoreCustomer('c1', 4, { preferences })));
    expect(
      await query(
        'SELECT priority, consent_withdrawn_at IS NOT NULL AS withdrawn FROM customer_preference',
      ),
    ).toEqual([{ priority: 1, withdrawn: true }]);
  });
});

describe('records that meet in two workers', () => {
  /** Runs some work in a transaction that stays open, and gives back what commits it. */
  async function hold(
    { dataSource }: SyncWorker,
    work: (manager: EntityManager) => Promise<unknown>,
  ): Promise<() => Promise<void>> {
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await work(runner.manager);
    return async () => {
      await runner.commitTransaction();
      await runner.release();
    };
  }
  const twoWorkers = (): [SyncWorker, SyncWorker] => {
    const [one, other] = workers;
    if (!one || !other) throw new Error('two workers expected');
    return [one, other];
  };
  const waits = async () => {
    const [row] = await query(`SELECT pid FROM pg_stat_activity
      WHERE wait_event_type = 'Lock' AND datname = current_database()`);
    return row !== undefined;
  };

  test('keep the vehicle that came while its customer was deleted, for when he returns', async () => {
    const [one, other] = twoWorkers();
    await send(customers(aCoreCustomer('c1', 1)));
    const commit = await hold(one, (manager) =>
      applyVehicles(manager, [aCoreVehicle('v1', 1, 'c1')]),
    );
    const deleted = other.dataSource.transaction((manager) =>
      applyCustomers(manager, [aCoreCustomer('c1', 2, { body: null })]),
    );
    while (!(await waits())) await new Promise((resolve) => setTimeout(resolve, 10));
    await commit();
    await deleted;
    expect(await rows()).toMatchObject({ customers: null, vehicles: null });
    await send(customers(aCoreCustomer('c1', 3)));
    expect(await rows()).toMatchObject({ vehicles: [['v1', 'c1', 'v1-1']] });
  });

  test('place the vehicle that came in the same moment as its customer', async () => {
    const [one, other] = twoWorkers();
    const commit = await hold(one, (manager) =>
      applyVehicles(manager, [aCoreVehicle('v1', 1, 'c1')]),
    );
    const brought = other.dataSource.transaction((manager) =>
      applyCustomers(manager, [aCoreCustomer('c1', 1)]),
    );
    while (!(await waits())) await new Promise((resolve) => setTimeout(resolve, 10));
    await commit();
    await brought;
    expect(await rows()).toMatchObject({ vehicles: [['v1', 'c1', 'v1-1']] });
  });
});

describe('a vehicle whose customer is not here', () => {
  const tasks = () =>
    query(
      'SELECT state, attempts, error_code, payload, waiting_for FROM sync_task ORDER BY created_at',
    );
  const run = async (payload: SyncPayload) => {
    const id = (await workers[0]?.add(payload)) ?? '';
    await workers[0]?.runner.execute(id);
    return id;
  };

  test('waits, alone of its payload, and is applied in the moment when he comes', async () => {
    await run(customers(aCoreCustomer('c1', 1)));
    const waits = await run(vehicles(aCoreVehicle('v1', 1, 'c1'), aCoreVehicle('v2', 1, 'c2')));
    expect((await tasks())[1]).toMatchObject({
      state: 'queued',
      attempts: 1,
      error_code: 'customer_missing',
      payload: [{ id: 'v2' }],
      waiting_for: ['c2'],
    });
    expect(await rows()).toMatchObject({ vehicles: [['v1', 'c1', 'v1-1']] });
    await run(customers(aCoreCustomer('c2', 1)));
    expect(await rows()).toMatchObject({
      vehicles: [
        ['v1', 'c1', 'v1-1'],
        ['v2', 'c2', 'v2-1'],
      ],
    });
    // Its task is due at once, and says so.
    expect(workers[0]?.woken).toContain(waits);
    await workers[0]?.runner.execute(waits);
    expect((await tasks())[1]).toEqual({
      state: 'done',
      attempts: 2,
      error_code: null,
      payload: null,
      waiting_for: null,
    });
    expect(await workers[0]?.tasks.find(waits)).toMatchObject({ applied: 2, unchanged: 0 });
  });

  test('is not hurried by customers who are others’', async () => {
    const waits = await run(vehicles(aCoreVehicle('v1', 1, 'c1'), aCoreVehicle('v2', 1, 'c2')));
    await run(customers(aCoreCustomer('c1', 1)));
    await workers[0]?.runner.execute(waits);
    expect((await tasks())[0]).toMatchObject({ state: 'queued', attempts: 1, waiting_for: ['c2'] });
    expect(await rows()).toMatchObject({ vehicles: [['v1', 'c1', 'v1-1']] });
  });

  test('stays with its former owner meanwhile, and leaves him when it is given up', async () => {
    await run(customers(aCoreCustomer('c1', 1)));
    await run(vehicles(aCoreVehicle('v1', 1, 'c1')));
    await run(vehicles(aCoreVehicle('v1', 2, 'c2')));
    expect(await rows()).toMatchObject({ vehicles: [['v1', 'c1', 'v1-1']] });
    await settle(workers);
    expect((await tasks())[2]).toMatchObject({ state: 'failed', attempts: 5 });
    expect(await query('SELECT kind, cause FROM dead_letter')).toEqual([
      { kind: 'sync', cause: 'customer_missing' },
    ]);
    expect(await rows()).toMatchObject({ vehicles: null });
    await run(customers(aCoreCustomer('c2', 1)));
    expect(await rows()).toMatchObject({ vehicles: [['v1', 'c2', 'v1-2']] });
  });
});
