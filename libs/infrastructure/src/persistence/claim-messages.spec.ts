import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { leaseMs, settleMs } from '#domain/delivery/leases.js';
import {
  accept,
  acceptAndClaim,
  aProcess,
  ended,
  openSeededDatabase,
  type SeededDatabase,
  type TestProcess,
} from '../testing/seeded-database.js';

let database: SeededDatabase;
let process: TestProcess;
let other: TestProcess;

beforeAll(async () => {
  database = await openSeededDatabase();
  process = aProcess(database.dataSource);
  other = aProcess(await database.open());
});
afterAll(() => database.close());
beforeEach(() => query('TRUNCATE event, notification, message, timeline, idempotency_key'));

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
const taskOf = async (changes: Parameters<typeof accept>[1] = {}) =>
  (await accept(process, changes)).notifications[0]?.taskId ?? '';

describe('a claim', () => {
  test('gives all that a sender needs, and writes down that an attempt begins', async () => {
    const [message, ...more] = await acceptAndClaim(process, { priority: 'high' });
    expect(more).toEqual([]);
    expect(message).toMatchObject({
      channel: 'whatsapp',
      rung: 0,
      hasNextRung: true,
      address: { channel: 'whatsapp', phone: '+593990000001' },
      recipientName: 'Carlos Mendoza',
      variables: expect.objectContaining({ Nombre: 'Carlos Mendoza', Placa: 'ABC123' }),
      priority: 'high',
      attempt: 1,
      fence: 1,
      lookUpSince: null,
    });
    // The event type's 72 hours.
    expect(message?.validForMs).toBeGreaterThan(71 * 3_600_000);
    expect(message?.validForMs).toBeLessThanOrEqual(72 * 3_600_000);
    expect(await query('SELECT kind, attempt, message_id FROM timeline')).toEqual([
      { kind: 'attempt_started', attempt: 1, message_id: message?.id },
    ]);
    expect(await query('SELECT state FROM message')).toEqual([{ state: 'sending' }]);
  });

  test('is given to one of any number who ask at once', async () => {
    const ids = await Promise.all(Array.from({ length: 60 }, () => taskOf()));
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        (index % 2 ? process : other).ledger.claim(index % 3 ? ids : ids.toReversed(), 60_000),
      ),
    );
    const claimed = claims.flat().map(({ id }) => id);
    expect(claimed.toSorted()).toEqual(ids.toSorted());
    const [{ started }] = await query('SELECT count(*)::int AS started FROM timeline');
    expect(started).toBe(60);
  });

  test.each([
    ['is not due yet', `due_at = now() + interval '1 minute'`],
    ['is past its use', `valid_until = now() - interval '1 second'`],
    ...['sending', 'sent', 'failed', 'expired', 'canceled', 'superseded'].map((state) => [
      `is ${state}`,
      `state = '${state}'`,
    ]),
  ])('is refused for a message that %s', async (_why, change) => {
    const id = await taskOf();
    await query(`UPDATE message SET ${change} WHERE id = $1`, [id]);
    expect(await process.ledger.claim([id], 60_000)).toEqual([]);
    expect(await query('SELECT FROM timeline')).toEqual([]);
  });

  test('is refused for a message that a newer event superseded', async () => {
    const id = await taskOf({ businessKey: 'OT-1' });
    const newer = await taskOf({ businessKey: 'OT-1' });
    expect((await process.ledger.claim([id, newer], 60_000)).map((one) => one.id)).toEqual([newer]);
  });

  test('of what does not exist is nothing', async () => {
    expect(await process.ledger.claim(['0190aaaa-0000-7000-8000-0000000000ff'], 1000)).toEqual([]);
    expect(await process.ledger.claim([], 1000)).toEqual([]);
  });

  test('counts the attempts without a gap', async () => {
    const id = await taskOf();
    const attempts: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const [message] = await process.ledger.claim([id], 60_000);
      if (!message) break;
      attempts.push(message.attempt);
      expect(await process.ledger.claim([id], 60_000)).toEqual([]);
      await process.ledger.record(ended(message, 'retry'));
    }
    expect(attempts).toEqual([1, 2, 3, 4]);
    expect(
      await query(`SELECT array_agg(attempt ORDER BY id) AS told FROM timeline GROUP BY kind`),
    ).toEqual([{ told: [1, 2, 3, 4] }, { told: [1, 2, 3, 4] }]);
  });

  test('of a retry that looks up first names the moment of the attempt before', async () => {
    const [message] = await acceptAndClaim(process);
    if (!message) throw new Error('nothing claimed');
    await process.ledger.record(
      ended(message, 'retry', { step: { kind: 'retry', delayMs: 0, lookUpFirst: true } }),
    );
    const [{ at }] = await query(`SELECT at FROM timeline WHERE kind = 'attempt_started'`);
    const [again] = await process.ledger.claim([message.id], 60_000);
    expect(again?.lookUpSince).toEqual(at);
    await process.ledger.record(ended(again ?? message, 'retry'));
    expect((await process.ledger.claim([message.id], 60_000))[0]?.lookUpSince).toBeNull();
  });
});

describe('a claim that ran out', () => {
  /** A lease that ran out while Postgres was up for as long. */
  const runOut = async () => {
    await query(`UPDATE message SET lease_until = now() - interval '1 ms' WHERE state = 'sending'`);
    await upFor(leaseMs);
  };
  const upFor = async (ms: number) => {
    const isUp = `SELECT FROM pg_database
      WHERE pg_postmaster_start_time() < clock_timestamp() - $1 * interval '1 ms' LIMIT 1`;
    while ((await query(isUp, [ms])).length === 0) await query('SELECT pg_sleep(0.05)');
  };

  test('is taken over once, with a fence that shuts the first holder out', async () => {
    const [message] = await acceptAndClaim(process);
    expect(await process.ledger.takeOverLost(10, leaseMs, settleMs)).toEqual([]);
    await runOut();
    const takers = await Promise.all([
      process.ledger.takeOverLost(10, leaseMs, settleMs),
      other.ledger.takeOverLost(10, leaseMs, settleMs),
    ]);
    const [taken, ...more] = takers.flat();
    expect(more).toEqual([]);
    expect(taken).toMatchObject({ id: message?.id, attempt: 1, fence: 2, lookUpSince: null });
    expect(await process.ledger.takeOverLost(10, leaseMs, settleMs)).toEqual([]);
  });

  test('whose taker died before it recorded is free again after three seconds, and no more to blame', async () => {
    const [message] = await acceptAndClaim(process);
    await runOut();
    expect(await process.ledger.takeOverLost(10, leaseMs, settleMs)).toMatchObject([{ losses: 1 }]);
    const [left] = await query(`SELECT losses,
      lease_until <= clock_timestamp() + interval '3 s' AS "isSoonOver" FROM message`);
    expect(left).toEqual({ losses: 0, isSoonOver: true });
    await runOut();
    const [taken] = await other.ledger.takeOverLost(10, leaseMs, settleMs);
    expect(taken).toMatchObject({ id: message?.id, attempt: 1, fence: 3, losses: 1 });
  });

  test('is taken over in batches no larger than asked for, the longest lost first', async () => {
    for (let count = 0; count < 5; count += 1) await acceptAndClaim(process);
    await runOut();
    const sizes: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      sizes.push((await process.ledger.takeOverLost(2, leaseMs, settleMs)).length);
    }
    expect(sizes).toEqual([2, 2, 1, 0]);
  });
});

describe('a message that two processes in a row did not outlive', () => {
  const die = async (claim: () => Promise<unknown>) => {
    await claim();
    await query(`UPDATE message SET lease_until = now() - interval '1 ms' WHERE state = 'sending'`);
    const lost = await process.ledger.takeOverLost(10, 1, settleMs);
    const outcome = { kind: 'unknown', code: 'worker_lost', detail: 'died' } as const;
    for (const message of lost) await process.ledger.record(ended(message, 'retry', { outcome }));
    return lost.map(({ losses }) => losses);
  };

  test('is left out of claims and wake-ups, and claimed alone', async () => {
    const ids = [await taskOf(), await taskOf()];
    expect(await die(() => process.ledger.claim(ids, 1000))).toEqual([1, 1]);
    expect(await process.ledger.claimSuspect(1000)).toBeNull();
    expect(await die(() => process.ledger.claim(ids, 1000))).toEqual([2, 2]);
    expect(await process.ledger.claim(ids, 1000)).toEqual([]);
    expect(await process.outbox.takeDue(10, 0)).toEqual([]);
    const suspects = await Promise.all([
      process.ledger.claimSuspect(1000),
      other.ledger.claimSuspect(1000),
      other.ledger.claimSuspect(1000),
    ]);
    const claimed = suspects.flatMap((message) => message ?? []);
    expect(claimed.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(claimed.map(({ losses, attempt }) => [losses, attempt])).toEqual([
      [2, 3],
      [2, 3],
    ]);
    const [first, second] = claimed;
    if (!first || !second) throw new Error('two suspects expected');
    // What was recorded is innocent; what was not is taken over as the third loss.
    await process.ledger.record(ended(first, 'retry'));
    expect(await process.ledger.claim([first.id], 1000)).toMatchObject([{ losses: 0 }]);
    await query(`UPDATE message SET lease_until = now() - interval '1 ms' WHERE id = $1`, [
      second.id,
    ]);
    expect(await process.ledger.takeOverLost(1, 1, settleMs)).toMatchObject([
      { id: second.id, losses: 3 },
    ]);
  });
});

describe('a renewal', () => {
  const leaseOf = async () => {
    const [{ ms }] = await query(
      'SELECT extract(epoch FROM lease_until - clock_timestamp())::float8 * 1000 AS ms FROM message',
    );
    return ms;
  };

  test('lets a claim run on, but not one that somebody took over or that has ended', async () => {
    const [message] = await process.ledger.claim([await taskOf()], 1000);
    if (!message) throw new Error('nothing claimed');
    expect(await process.ledger.renew([message], 60_000)).toEqual([message.id]);
    expect(await leaseOf()).toBeGreaterThan(50_000);
    expect(await process.ledger.renew([{ ...message, fence: 0 }], 60_000)).toEqual([]);
    await process.ledger.record(ended(message, 'sent'));
    expect(await process.ledger.renew([message], 60_000)).toEqual([]);
  });
});
