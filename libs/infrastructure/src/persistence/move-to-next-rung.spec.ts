import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { ClaimedMessage } from '#domain/ports/delivery-ledger.js';
import { holdRows } from '../testing/hold-rows.js';
import {
  accept,
  acceptAndClaim,
  aProcess,
  ended,
  openSeededDatabase,
  people,
  type SeededDatabase,
  type TestProcess,
} from '../testing/seeded-database.js';

let database: SeededDatabase;
let process: TestProcess;
let other: TestProcess;
let outside: DataSource;

beforeAll(async () => {
  database = await openSeededDatabase();
  process = aProcess(database.dataSource);
  other = aProcess(await database.open());
  outside = await database.open(3);
});
afterAll(() => database.close());
beforeEach(async () => {
  await query(`TRUNCATE event, notification, message, timeline, idempotency_key,
    suppressed_address, push_subscription, customer CASCADE`);
  await query(people);
  process.woken.length = 0;
});

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
const rows = () =>
  query('SELECT channel, rung, state, state_reason FROM message ORDER BY rung, created_at');
const notification = async () => (await query('SELECT state, state_reason FROM notification'))[0];
const claimWoken = () =>
  process.ledger.claim(
    process.woken.splice(0).map(({ id }) => id),
    60_000,
  );
const only = ([message]: ClaimedMessage[]): ClaimedMessage => {
  if (!message) throw new Error('nothing claimed');
  return message;
};
/** Two devices of one push rung, claimed. */
const twoDevices = async (): Promise<[ClaimedMessage, ClaimedMessage]> => {
  await query(`UPDATE customer SET phone = NULL WHERE id = 'carlos'`);
  const [first, second] = await acceptAndClaim(process);
  if (!first || !second) throw new Error('two devices expected');
  return [first, second];
};

describe('a message that is given up', () => {
  test('starts the next rung, one message for each device, and wakes a worker', async () => {
    const first = only(await acceptAndClaim(process));
    process.woken.length = 0;
    await process.ledger.record(ended(first, 'next_rung'));
    expect(await rows()).toEqual([
      { channel: 'whatsapp', rung: 0, state: 'failed', state_reason: 'smtp_554' },
      { channel: 'push', rung: 1, state: 'queued', state_reason: null },
      { channel: 'push', rung: 1, state: 'queued', state_reason: null },
    ]);
    expect(process.woken.map(({ channel }) => channel)).toEqual(['push', 'push']);
    const claimed = await claimWoken();
    expect(claimed.map(({ attempt, rung }) => [attempt, rung])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(claimed.map(({ address }) => address.channel === 'push' && address.endpoint)).toEqual(
      expect.arrayContaining(['https://push.example.com/1', 'https://push.example.com/2']),
    );
    expect(claimed[0]?.templateVersionId).not.toBe(first.templateVersionId);
    expect(claimed[0]?.validForMs).toBeGreaterThan(71 * 3_600_000);
    const told = await query(`SELECT kind, data FROM timeline WHERE kind <> 'attempt_started'`);
    expect(told).toMatchObject([
      { kind: 'attempt_ended', data: { code: 'smtp_554', because: 'refused_for_good' } },
      { kind: 'next_rung', data: { from: 'whatsapp', to: 'push', because: 'refused_for_good' } },
    ]);
  });

  test('of the last rung ends the notification as failed, with the reason', async () => {
    const message = only(await acceptAndClaim(process, { customerId: 'ana' }));
    await process.ledger.record(
      ended(message, 'next_rung', { step: { kind: 'next_rung', because: 'retries_used_up' } }),
    );
    expect(await notification()).toEqual({ state: 'failed', state_reason: 'retries_used_up' });
    expect(await query(`SELECT data FROM timeline WHERE kind = 'ended'`)).toEqual([
      { data: { state: 'failed', reason: 'retries_used_up' } },
    ]);
  });

  test('starts no rung when its notification was superseded meanwhile', async () => {
    const businessKey = 'OT-1';
    const message = only(await acceptAndClaim(process, { businessKey }));
    await accept(process, { businessKey });
    await process.ledger.record(ended(message, 'next_rung'));
    const mine = await query('SELECT state FROM message WHERE notification_id = $1', [
      message.notificationId,
    ]);
    expect(mine).toEqual([{ state: 'failed' }]);
  });

  test('leaves no rung behind when a newer event comes in the same moment', async () => {
    const businessKey = 'OT-1';
    const message = only(await acceptAndClaim(process, { businessKey }));
    const held = await holdRows(
      outside,
      `SELECT FROM message WHERE id = '${message.id}' FOR UPDATE`,
    );
    const recorded = process.ledger.record(ended(message, 'next_rung'));
    await held.someoneWaits();
    const newer = accept(other, { businessKey });
    await held.someoneWaits(2);
    await held.commit();
    await Promise.all([recorded, newer]);
    const states = await query(
      'SELECT DISTINCT state FROM message WHERE notification_id = $1 ORDER BY state',
      [message.notificationId],
    );
    expect(states).toEqual([{ state: 'failed' }, { state: 'superseded' }]);
  });
});

describe('a next channel says that the message may come twice', () => {
  const lost = { kind: 'unknown', code: 'timeout', detail: 'no answer' } as const;
  const gone = { kind: 'transient', code: 'not_arrived', detail: 'it is not there' } as const;
  const told = async () =>
    (await query(`SELECT data FROM timeline WHERE kind = 'next_rung' ORDER BY id`)).map(
      ({ data }: { data: Record<string, unknown> }) => data.sent_twice_possible,
    );

  test('when an answer was lost and could not be found', async () => {
    const [message] = await acceptAndClaim(process);
    if (!message) throw new Error('nothing was claimed');
    await process.ledger.record(ended(message, 'next_rung', { outcome: lost }));
    expect(await told()).toEqual([true]);
  });

  test('and not when the provider was asked since, or when no answer was lost', async () => {
    const [message] = await acceptAndClaim(process);
    if (!message) throw new Error('nothing was claimed');
    await process.ledger.record(ended(message, 'retry', { outcome: lost }));
    const [again] = await process.ledger.claim([message.id], 60_000);
    if (again) await process.ledger.record(ended(again, 'next_rung', { outcome: gone }));
    const [other] = await acceptAndClaim(process);
    if (other) await process.ledger.record(ended(other, 'next_rung'));
    expect(await told()).toEqual([undefined, undefined]);
  });
});

describe('two devices of one rung', () => {
  test('that fail together start the next rung once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [first, second] = await twoDevices();
      await Promise.all([
        process.ledger.record(ended(first, 'next_rung')),
        other.ledger.record(ended(second, 'next_rung')),
      ]);
      const next = await query(
        'SELECT state FROM message WHERE notification_id = $1 AND rung = 1',
        [first.notificationId],
      );
      expect(next).toEqual([{ state: 'queued' }]);
    }
  });

  test('of which one arrives start no next rung, whichever ends first', async () => {
    for (const arrivedFirst of [true, false]) {
      const [first, second] = await twoDevices();
      const arrive = () => process.ledger.record(ended(first, 'sent'));
      const fail = () => process.ledger.record(ended(second, 'next_rung'));
      for (const end of arrivedFirst ? [arrive, fail] : [fail, arrive]) await end();
      expect(
        await query('SELECT DISTINCT rung FROM message WHERE notification_id = $1', [
          first.notificationId,
        ]),
      ).toEqual([{ rung: 0 }]);
    }
    expect(await query(`SELECT DISTINCT state FROM notification`)).toEqual([{ state: 'sent' }]);
  });

  test('of which one expires while the other fails leave no notification without an end', async () => {
    const [waits, fails] = await twoDevices();
    await process.ledger.record(ended(waits, 'retry'));
    const neighbour = only(await acceptAndClaim(process, { customerId: 'ana' }));
    await process.ledger.record(ended(neighbour, 'retry'));
    await query(`UPDATE message SET valid_until = now() - interval '1 s' WHERE state = 'queued'`);
    const held = await holdRows(
      outside,
      `SELECT FROM notification WHERE id = '${neighbour.notificationId}' FOR UPDATE`,
    );
    let isOver = false;
    const expired = process.outbox.expire(10).finally(() => {
      isOver = true;
    });
    while (!isOver && !(await held.isWaitedFor())) await new Promise(setImmediate);
    await other.ledger.record(ended(fails, 'next_rung'));
    await held.commit();
    await expired;
    await process.outbox.expire(10);
    const stuck =
      await query(`SELECT id FROM notification n WHERE state = 'in_progress' AND NOT EXISTS
      (SELECT FROM message m WHERE m.notification_id = n.id AND m.state IN ('queued', 'sending'))`);
    expect(stuck).toEqual([]);
  });
});

describe('an address that its provider calls wrong', () => {
  const refused = (message: ClaimedMessage) =>
    ended(message, 'next_rung', {
      outcome: { kind: 'permanent_recipient', code: 'not_on_whatsapp', detail: 'no such number' },
    });
  const refuseOnce = async () => {
    const message = only(await acceptAndClaim(process));
    await process.ledger.record(refused(message));
    return message;
  };
  const mark = async () =>
    (
      await query(
        `SELECT channel, address, reason, until = 'infinity' AS for_good,
           extract(epoch FROM until - now())::float8 / 3600 AS hours FROM suppressed_address`,
      )
    )[0];

  test('is left out for a day, and then for good', async () => {
    await refuseOnce();
    expect(await mark()).toMatchObject({
      channel: 'whatsapp',
      address: '+593990000001',
      reason: 'not_on_whatsapp',
      for_good: false,
    });
    expect((await mark()).hours).toBeCloseTo(24, 1);
    expect((await accept(process)).notifications[0]?.channels).toEqual(['push', 'email']);
    await query(`UPDATE suppressed_address SET until = now() - interval '1 second'`);
    expect((await accept(process)).notifications[0]?.channels).toContain('whatsapp');
    await refuseOnce();
    expect(await mark()).toMatchObject({ for_good: true });
  });

  test('is left out for one day by several refusals of that day', async () => {
    const messages = [only(await acceptAndClaim(process)), only(await acceptAndClaim(process))];
    for (const message of messages) await process.ledger.record(refused(message));
    expect(await mark()).toMatchObject({ for_good: false });
  });

  test('is marked on its channel, in the hand of who lost its claim not at all', async () => {
    const message = only(await acceptAndClaim(process));
    await query('UPDATE message SET fence = fence + 1');
    await process.ledger.record(refused(message));
    expect(await query('SELECT FROM suppressed_address')).toEqual([]);
  });

  test('ends a push subscription for good', async () => {
    const [first, second] = await twoDevices();
    await process.ledger.record(refused(first));
    const ends = await query(
      'SELECT endpoint, ended_because FROM push_subscription WHERE ended_at IS NOT NULL',
    );
    expect(ends).toEqual([
      {
        endpoint: first.address.channel === 'push' ? first.address.endpoint : '',
        ended_because: 'not_on_whatsapp',
      },
    ]);
    await process.ledger.record(ended(second, 'sent'));
    expect(await notification()).toMatchObject({ state: 'sent' });
  });
});
