import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { leaseMs } from '#domain/delivery/leases.js';
import { unpaced } from '#domain/delivery/pace.js';
import type { ClaimedMessage } from '#domain/ports/delivery-ledger.js';
import {
  accept,
  aProcess,
  ended,
  openSeededDatabase,
  type SeededDatabase,
  type TestProcess,
} from '../../testing/seeded-database.js';
import { PostgresDeliveryLedger } from '../postgres-delivery-ledger.js';
import { AccountLine } from './account-line.js';
import { type AccountNews, type Paces, ProviderAccounts } from './provider-accounts.js';

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
const failed = {
  outcome: { kind: 'transient', code: 'unreachable', detail: 'refused' } as const,
};

/** A worker, with accounts of its own to look at. */
async function aWorker(paces: Paces = {}) {
  const dataSource = await database.open(4);
  const accounts = new ProviderAccounts(dataSource, paces);
  const news: AccountNews[] = [];
  accounts.onNews((one) => news.push(one));
  const ledger = new PostgresDeliveryLedger(dataSource, { wake: () => undefined }, accounts);
  const line = new AccountLine(dataSource, accounts);
  return { accounts, ledger, line, news };
}

/** Messages by WhatsApp, each to somebody else where nothing is said. */
async function acceptSome(count: number, phone?: string): Promise<string[]> {
  const receipts = await Promise.all(Array.from({ length: count }, () => accept(process)));
  const ids = receipts.map(({ notifications }) => notifications[0]?.taskId ?? '');
  await query(
    `UPDATE message m SET address = jsonb_build_object('channel', 'whatsapp', 'phone',
       coalesce($2, '+5939' || (10000000 + place)::text))
     FROM unnest($1::uuid[]) WITH ORDINALITY AS given(id, place) WHERE m.id = given.id`,
    [ids, phone ?? null],
  );
  return ids.toSorted();
}

/** Opens the breaker of the house's WhatsApp by calls that fail. */
async function open({ ledger }: Awaited<ReturnType<typeof aWorker>>): Promise<void> {
  const ids = await acceptSome(10);
  const messages = await ledger.claim(ids, leaseMs, 'whatsapp');
  const step = { kind: 'retry', delayMs: 3_600_000, lookUpFirst: false } as const;
  await Promise.all(
    messages.map((message) => ledger.record(ended(message, 'retry', { ...failed, step }))),
  );
}

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
  { ledger }: Awaited<ReturnType<typeof aWorker>>,
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
      ended(message, 'retry', { ...failed, step }),
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

describe('one WhatsApp message to a person in six seconds', () => {
  const paces = { whatsapp: { ...unpaced, pairIntervalMs: 6000 } };

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
    expect(await account()).toBeUndefined();
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
});
