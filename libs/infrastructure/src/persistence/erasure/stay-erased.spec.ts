import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CoreVehicle, sourceVersionOf } from '#domain/sync/core-record.js';
import { findInDatabase } from '../../testing/find-in-database.js';
import {
  aCoreCustomer,
  aCoreVehicle,
  openSyncRig,
  type SyncRig,
  type SyncWorker,
  settle,
} from '../../testing/sync-rig.js';
import type { SyncPayload } from '../sync/sync-tasks.js';
import { Erasures } from './erasures.js';
import { IdHashes } from './id-hashes.js';

const id = 'erasable-001';
const plate = 'PXQ7719';
let rig: SyncRig;
let one: SyncWorker;
let erasures: Erasures;

beforeAll(async () => {
  rig = await openSyncRig();
  const [first] = rig.workers;
  if (!first) throw new Error('a worker was expected');
  one = first;
  erasures = new Erasures(one.dataSource, new IdHashes([]));
});
afterAll(() => rig.close());
beforeEach(() => rig.clear());

const erase = async (by = erasures) => {
  const begun = await one.dataSource.transaction((manager) => by.begin(manager, null, id));
  await by.finish(begun?.id ?? '');
};
const him = (version: number | string) => ({
  ...aCoreCustomer(id, 0, { name: 'Zacarías Quishpe' }),
  version: String(version),
});
const his = (version: number | string, vehicleId = 'v1', owner = id): CoreVehicle => {
  const { body, ...record } = aCoreVehicle(vehicleId, 0, owner);
  return { ...record, version: String(version), body: body && { ...body, plate } };
};
const customers = (...records: ReturnType<typeof him>[]): SyncPayload => ({
  kind: 'customers',
  records,
});
const vehicles = (...records: CoreVehicle[]): SyncPayload => ({ kind: 'vehicles', records });
/** Sends a payload and tells what its task says of it. */
async function send(payload: SyncPayload) {
  const taskId = await one.add(payload);
  await settle(rig.workers);
  const task = await one.tasks.find(taskId);
  return task && [task.state, task.applied, task.unchanged, task.ignored].join(' ');
}
const rows = () => rig.rows();
const nobody = { customers: null, vehicles: null };
const whereHeIs = () => findInDatabase(one.dataSource, [id, plate, 'quishpe']);
const moment = async (shift: string) => {
  const [row] = await rig.query<{ at: string }>(
    `SELECT to_char((now() + interval '${shift}') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
       AS at`,
  );
  return sourceVersionOf(undefined, row?.at ?? '');
};

describe('an old record of somebody who was erased', () => {
  test('does not bring him back, its task says so, and it leaves nothing of him', async () => {
    await send(customers(him(7)));
    await send(vehicles(his(7)));
    await erase();
    expect(await send(customers(him(7)))).toBe('done 0 0 1');
    expect(await send(customers(him(6), aCoreCustomer('ana', 1)))).toBe('done 1 0 1');
    expect(await send(vehicles(his(7)))).toBe('done 0 0 1');
    expect(await rows()).toMatchObject({ customers: [['ana', 'ana v1', null]], vehicles: null });
    expect(await whereHeIs()).toEqual([]);
  });

  test('is known by its moment, too, and by that of what still waited', async () => {
    await send(customers(him(await moment('-1 day'))));
    const waiting = await one.add(customers(him(await moment('1 hour'))));
    await erase();
    await one.runner.execute(waiting);
    expect(await send(customers(him(await moment('-1 hour'))))).toBe('done 0 0 1');
    expect(await send(customers(him(await moment('59 minutes'))))).toBe('done 0 0 1');
    expect(await rows()).toMatchObject(nobody);
    expect(await whereHeIs()).toEqual([]);
  });

  test('by a number tells nothing of one of whom the core system had said nothing', async () => {
    await rig.query(`INSERT INTO customer (id, name) VALUES ('${id}', 'Zacarías Quishpe')`);
    await erase();
    expect(await send(customers(him(1)))).toBe('done 0 0 1');
    expect(await send(vehicles(his(1)))).toBe('done 0 0 1');
    expect(await whereHeIs()).toEqual([]);
    await rig.query(`INSERT INTO customer (id, name) VALUES ('${id}', 'Otra vez')`);
    expect(await send(customers(him(2)))).toBe('done 1 0 0');
    expect(await rows()).toMatchObject({ customers: [[id, 'Zacarías Quishpe', null]] });
  });

  test('that says that he is gone keeps no name of him, and counts against what is older', async () => {
    await send(customers(him(7)));
    await send(vehicles(his(7)));
    await erase();
    expect(await send(customers({ ...him(9), body: null }))).toBe('done 0 1 0');
    expect(await send(vehicles({ ...his(9), body: null }))).toBe('done 0 1 0');
    expect(await whereHeIs()).toEqual([]);
    expect(await send(customers(him(8)))).toBe('done 0 0 1');
    expect(await send(vehicles(his(8)))).toBe('done 0 0 1');
    expect(await whereHeIs()).toEqual([]);
  });
});

describe('somebody who was erased', () => {
  test('is a customer again with news of him, and his vehicles with theirs', async () => {
    await send(customers(him(7)));
    await send(vehicles(his(7)));
    await erase();
    expect(await send(customers(him(8)))).toBe('done 1 0 0');
    expect(await send(vehicles(his(7)))).toBe('done 0 0 1');
    expect(await send(vehicles(his(8)))).toBe('done 1 0 0');
    expect(await rows()).toMatchObject({
      customers: [[id, 'Zacarías Quishpe', null]],
      vehicles: [['v1', id, plate]],
    });
    expect(await rig.query('SELECT FROM erased_record')).toEqual([]);
    // From here on as of anybody: the newest word holds.
    expect(await send(customers(him(8)))).toBe('done 0 1 0');
  });

  test('may send his vehicle before himself, if both are newer', async () => {
    await send(customers(him(await moment('-1 day'))));
    await erase();
    const waits = await one.add(vehicles(his(await moment('1 minute'))));
    await one.runner.execute(waits);
    expect(await send(customers(him(await moment('1 minute'))))).toBe('done 1 0 0');
    expect(await rows()).toMatchObject({ vehicles: [['v1', id, plate]] });
  });

  test('has left his car to somebody, of whom the core system tells as ever', async () => {
    await send(customers(him(7), aCoreCustomer('ana', 1)));
    await send(vehicles(his(7)));
    await erase();
    expect(await send(vehicles(his(6, 'v1', 'ana')))).toBe('done 0 0 1');
    expect(await send(vehicles(his(8, 'v1', 'ana')))).toBe('done 1 0 0');
    expect(await rows()).toMatchObject({ vehicles: [['v1', 'ana', plate]] });
  });

  test('stays erased while SECRET_KEY is replaced', async () => {
    await send(customers(him(7)));
    await erase(new Erasures(one.dataSource, new IdHashes(['former'.repeat(6)])));
    await rig.query(`UPDATE erasure SET requested_at = requested_at - interval '1 minute'`);
    const both = new IdHashes(['present'.repeat(5), 'former'.repeat(6)]);
    const [other] = rig.withHashes(both);
    const taskId = await one.add(customers(him(7)));
    await other?.runner.execute(taskId);
    expect(await one.tasks.find(taskId)).toMatchObject({ state: 'done', applied: 0, ignored: 1 });
    expect(await new Erasures(one.dataSource, both).finishOpen()).toBeGreaterThan(0);
  });

  test('is known to nobody who has the database alone: the hash needs the key', async () => {
    const hash = (key: string) => new IdHashes([key]).of({ kind: 'customer', id }).toString('hex');
    expect(hash('a'.repeat(32))).toMatch(/^[0-9a-f]{64}$/);
    expect(hash('a'.repeat(32))).toBe(hash('a'.repeat(32)));
    expect(hash('a'.repeat(32))).not.toBe(hash('b'.repeat(32)));
  });
});

describe('an erasure and a record of the same person', () => {
  test('at the same moment are one wholly before the other, whichever that is', async () => {
    for (let round = 0; round < 20; round += 1) {
      await rig.clear();
      await send(customers(him(7)));
      const tasks = await Promise.all([one.add(customers(him(8))), one.add(vehicles(his(8)))]);
      await Promise.all([
        erase(),
        ...tasks.map((taskId, index) => rig.workers[index]?.runner.execute(taskId)),
      ]);
      await settle(rig.workers);
      expect(await whereHeIs()).toEqual([]);
    }
  });
});
