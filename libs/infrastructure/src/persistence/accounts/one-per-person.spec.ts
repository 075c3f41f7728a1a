import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { leaseMs } from '#domain/delivery/leases.js';
import { unpaced } from '#domain/delivery/pace.js';
import { acceptOnWhatsApp, aWorkerOn, openWhatsApp } from '../../testing/account-workers.js';
import {
  aProcess,
  ended,
  openSeededDatabase,
  type SeededDatabase,
  type TestProcess,
} from '../../testing/seeded-database.js';
import type { Paces } from './provider-accounts.js';

let database: SeededDatabase;
let process: TestProcess;

beforeAll(async () => {
  database = await openSeededDatabase();
  process = aProcess(database.dataSource);
});
afterAll(() => database.close());
beforeEach(() =>
  query('TRUNCATE event, notification, message, timeline, provider_account, paced_pair'),
);

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
const aWorker = (paces: Paces) => aWorkerOn(database, paces);
const acceptSome = (count: number, phone?: string) =>
  acceptOnWhatsApp(database, process, count, phone);
const messages = () =>
  query(`SELECT state, attempts, held_by,
      round(extract(epoch FROM due_at - clock_timestamp()))::int AS in_s
    FROM message ORDER BY id`);

describe('one WhatsApp message to a person in six seconds', () => {
  const paces = { whatsapp: { ...unpaced, pairIntervalMs: 6000 } };
  const whatsApp = { account: 'whatsapp:house', channel: 'whatsapp', isHouse: true } as const;
  const beFree = () => query(`UPDATE paced_pair SET free_at = 'epoch'`);

  test('is claimed by one of all workers, and the others wait for their time', async () => {
    const workers = [await aWorker(paces), await aWorker(paces), await aWorker(paces)];
    const ids = await acceptSome(6, '+593990000001');
    const claims = await Promise.all(
      workers.map(({ ledger }, index) =>
        ledger.claim(ids.slice(index * 2, index * 2 + 2), leaseMs, 'whatsapp'),
      ),
    );
    expect(claims.flat()).toHaveLength(1);
    const held = (await messages()).filter(({ state }: { state: string }) => state === 'queued');
    expect(held).toHaveLength(5);
    for (const { in_s, attempts } of held) {
      expect(in_s).toBeGreaterThanOrEqual(5);
      expect(attempts).toBe(0);
    }
    expect(await query('SELECT FROM provider_account')).toEqual([]);
  });

  test('holds up nobody else', async () => {
    const worker = await aWorker(paces);
    const ids = await acceptSome(40);
    expect(await worker.ledger.claim(ids, leaseMs, 'whatsapp')).toHaveLength(40);
    expect(await worker.ledger.claim(ids, leaseMs, 'whatsapp')).toEqual([]);
  });

  test('keeps no number', async () => {
    const worker = await aWorker(paces);
    await worker.ledger.claim(await acceptSome(1, '+593990000001'), leaseMs, 'whatsapp');
    const pairs = await query('SELECT pair FROM paced_pair');
    expect(pairs).toHaveLength(1);
    expect(JSON.stringify(pairs)).not.toContain('990000001');
  });

  test('is kept by probes, too: the next one asks with the second', async () => {
    const worker = await aWorker(paces);
    await openWhatsApp(worker, await acceptSome(10));
    await query('TRUNCATE message');
    await acceptSome(2, '+593990000001');
    expect(await worker.line.park()).toBe(2);
    const first = await worker.ledger.claimProbe(whatsApp, leaseMs);
    expect(first).toMatchObject({ probe: true });
    if (first) await worker.ledger.record(ended(first, 'sent'));
    expect(await worker.ledger.claimProbe(whatsApp, leaseMs)).toBeNull();
    expect((await messages()).filter(({ state }: { state: string }) => state === 'queued')).toEqual(
      [expect.objectContaining({ attempts: 0, held_by: 'whatsapp:house' })],
    );
    await beFree();
    expect(await worker.ledger.claimProbe(whatsApp, leaseMs)).toMatchObject({ probe: true });
  });

  test('is kept by what is tried alone, too', async () => {
    const worker = await aWorker(paces);
    const [sent, suspect] = await acceptSome(2, '+593990000001');
    await query('UPDATE message SET losses = 2 WHERE id = $1', [suspect]);
    expect(await worker.ledger.claim([sent ?? ''], leaseMs, 'whatsapp')).toHaveLength(1);
    expect(await worker.ledger.claimSuspect(leaseMs)).toBeNull();
    await beFree();
    expect(await worker.ledger.claimSuspect(leaseMs)).toMatchObject({ id: suspect });
    const [later] = await acceptSome(1, '+593990000001');
    expect(await worker.ledger.claim([later ?? ''], leaseMs, 'whatsapp')).toEqual([]);
  });
});
