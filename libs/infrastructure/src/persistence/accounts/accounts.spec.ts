import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { leaseMs } from '#domain/delivery/leases.js';
import { unpaced } from '#domain/delivery/pace.js';
import type { ClaimedMessage } from '#domain/ports/delivery-ledger.js';
import {
  type AccountWorker,
  acceptOnWhatsApp,
  aWorkerOn,
  openWhatsApp,
  refused,
} from '../../testing/account-workers.js';
import {
  accept,
  aProcess,
  ended,
  openSeededDatabase,
  type SeededDatabase,
  type TestProcess,
} from '../../testing/seeded-database.js';
import type { PostgresDeliveryLedger } from '../postgres-delivery-ledger.js';
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
const aWorker = (paces?: Paces) => aWorkerOn(database, paces);
const acceptSome = (count: number) => acceptOnWhatsApp(database, process, count);
const open = async (worker: AccountWorker) => openWhatsApp(worker, await acceptSome(10));

const account = async (name = 'whatsapp:house') =>
  (await query('SELECT * FROM provider_account WHERE account = $1', [name]))[0];
const messages = () =>
  query(`SELECT id, state, attempts, held_by, uncounted,
      round(extract(epoch FROM due_at - clock_timestamp()))::int AS in_s,
      extract(epoch FROM slot_at)::float8 AS slot
    FROM message ORDER BY id`);
const beDue = () =>
  query(`UPDATE provider_account SET probe_at = clock_timestamp(),
    memory = jsonb_set(memory, '{breaker,probeAtMs}', '0')`);
const probeOnce = async (
  { ledger }: AccountWorker,
  end: (message: ClaimedMessage) => Parameters<PostgresDeliveryLedger['record']>[0],
) => {
  await beDue();
  const [due] = await ledger.takeProbes();
  const message = due ? await ledger.claimProbe(due, leaseMs) : null;
  if (message) await ledger.record(end(message));
  return message;
};

describe('an account whose calls fail', () => {
  test('is told of in the database, once for all, and nothing is written while all is well', async () => {
    const [worker, other] = [await aWorker(), await aWorker()];
    const ids = await acceptSome(20);
    const well = await other.ledger.claim(ids, leaseMs, 'whatsapp');
    await Promise.all(well.map((message) => other.ledger.record(ended(message, 'sent'))));
    await other.accounts.refresh();
    expect(await account()).toBeUndefined();
    await query('TRUNCATE message');
    // What went well in the other process does not hide it, for nobody has failed there.
    await open(worker);
    expect(await account()).toMatchObject({ state: 'open', channel: 'whatsapp' });
    expect(worker.news).toMatchObject([{ account: 'whatsapp:house', breaker: { state: 'open' } }]);
    expect(other.news).toEqual([]);
  });

  test('takes no message any more, from any worker; they wait without an attempt', async () => {
    const [worker, other] = [await aWorker(), await aWorker()];
    await open(worker);
    await query('TRUNCATE message');
    const ids = await acceptSome(6);
    await other.accounts.refresh();
    expect(await worker.ledger.claim(ids.slice(0, 3), leaseMs, 'whatsapp')).toEqual([]);
    expect(await other.ledger.claim(ids.slice(3), leaseMs, 'whatsapp')).toEqual([]);
    for (const row of await messages()) {
      expect(row).toMatchObject({ state: 'queued', attempts: 0, held_by: 'whatsapp:house' });
      expect(row.in_s).toBeGreaterThan(20);
    }
    const told = await query(
      `SELECT data->>'because' AS because FROM timeline WHERE kind = 'held'`,
    );
    expect(told).toEqual(ids.map(() => ({ because: 'provider_down' })));
  });

  test('parks a whole backlog by a few statements, tells of it once, and leaves others alone', async () => {
    const worker = await aWorker();
    await open(worker);
    await query('TRUNCATE message');
    await acceptSome(50);
    await accept(process, { customerId: 'ana' });
    expect(await worker.line.park()).toBe(50);
    expect(await worker.line.park()).toBe(0);
    await query(`UPDATE message SET due_at = now() WHERE held_by IS NOT NULL`);
    expect(await worker.line.park()).toBe(50);
    const [{ told }] = await query(
      `SELECT count(*)::int AS told FROM timeline WHERE kind = 'held'`,
    );
    expect(told).toBe(50);
    // So that they do not come due in one go either.
    const [{ first, last }] = await query(
      `SELECT extract(epoch FROM min(due_at) - now())::float8 AS first,
         extract(epoch FROM max(due_at) - now())::float8 AS last
       FROM message WHERE held_by IS NOT NULL`,
    );
    expect(first).toBeGreaterThan(890);
    expect(last - first).toBeGreaterThan(300);
    const [{ free }] = await query(
      `SELECT count(*)::int AS free FROM message WHERE due_at <= now() AND channel = 'email'`,
    );
    expect(free).toBe(1);
  });

  test('leaves what two processes died with to be tried alone, for no probe would ever take it', async () => {
    const worker = await aWorker();
    await open(worker);
    await query('TRUNCATE message');
    const [id] = await acceptSome(1);
    await query('UPDATE message SET losses = 2');
    expect(await worker.line.park()).toBe(0);
    expect(await worker.ledger.claimSuspect(leaseMs)).toMatchObject({ id, losses: 2 });
  });

  test('is asked by one message at a time, which uses up no retry', async () => {
    const workers = [await aWorker(), await aWorker(), await aWorker()] as const;
    await open(workers[0]);
    await query('TRUNCATE message');
    await acceptSome(5);
    await workers[0].line.park();
    expect(await workers[0].ledger.takeProbes()).toEqual([]);
    await beDue();
    const taken = await Promise.all(workers.map(({ ledger }) => ledger.takeProbes()));
    expect(taken.flat()).toEqual([
      { account: 'whatsapp:house', channel: 'whatsapp', isHouse: true },
    ]);
    const step = { kind: 'retry', delayMs: 30_000, lookUpFirst: false, uncounted: true } as const;
    const probe = await probeOnce(workers[1], (message) =>
      ended(message, 'retry', { ...refused, step }),
    );
    expect(probe).toMatchObject({ probe: true, attempt: 1 });
    expect((await messages()).filter(({ uncounted }: { uncounted: number }) => uncounted)).toEqual([
      expect.objectContaining({ state: 'queued', attempts: 1, uncounted: 1 }),
    ]);
    expect(await account()).toMatchObject({ state: 'open' });
  });

  test('closes after three probes that went well, and lets the others out in turn', async () => {
    const worker = await aWorker({ whatsapp: { ...unpaced, perMinute: 60 } });
    await open(await aWorker());
    await query('TRUNCATE message');
    await acceptSome(10);
    await worker.line.park();
    for (const state of ['half_open', 'half_open', 'closed']) {
      await probeOnce(worker, (message) => ended(message, 'sent'));
      expect((await account()).state).toBe(state);
    }
    expect(worker.news.at(-1)).toMatchObject({ breaker: { state: 'closed' } });
    expect(await worker.line.release()).toBe(7);
    expect(await worker.line.release()).toBe(0);
    const waiting = (await messages()).filter(({ state }: { state: string }) => state === 'queued');
    const slots = waiting.map(({ slot }: { slot: number }) => slot);
    for (const [index, slot] of slots.slice(1).entries()) {
      expect(slot - slots[index]).toBeCloseTo(1, 1);
    }
    await worker.accounts.refresh();
    const ids = waiting.map(({ id }: { id: string }) => id);
    expect(await worker.ledger.claim(ids, leaseMs, 'whatsapp')).toHaveLength(1);
  });

  test('that is misconfigured sends what has another channel there, without a call', async () => {
    const worker = await aWorker();
    const [first = '', second = ''] = await acceptSome(2);
    const [message] = await worker.ledger.claim([first], leaseMs, 'whatsapp');
    if (!message) throw new Error('nothing claimed');
    const outcome = { kind: 'misconfigured', code: 'evolution_key', detail: 'no' } as const;
    await worker.ledger.record(ended(message, 'next_rung', { outcome }));
    expect((await account()).state).toBe('open');
    expect(await worker.ledger.claim([second], leaseMs, 'whatsapp')).toMatchObject([
      { attempt: 1, probe: false, instead: { kind: 'misconfigured', code: 'evolution_key' } },
    ]);
  });

  test('that asked to be left alone is, until then', async () => {
    const worker = await aWorker();
    const [first = '', ...rest] = await acceptSome(4);
    const [message] = await worker.ledger.claim([first], leaseMs, 'whatsapp');
    if (!message) throw new Error('nothing claimed');
    const outcome = {
      kind: 'rate_limited',
      code: 'evolution_429',
      detail: '',
      retryAfterMs: 90_000,
    };
    await worker.ledger.record(
      ended(message, 'retry', { outcome: { ...outcome, kind: 'rate_limited' } }),
    );
    expect(await worker.ledger.claim(rest, leaseMs, 'whatsapp')).toEqual([]);
    const held = (await messages()).filter((row: { held_by: string }) => row.held_by);
    expect(held).toHaveLength(3);
    for (const { in_s, attempts } of held) {
      expect([attempts, Math.abs(in_s - 89) <= 2]).toEqual([0, true]);
    }
  });
});
