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
  type SeededDatabase,
  type TestProcess,
} from '../testing/seeded-database.js';

let database: SeededDatabase;
let process: TestProcess;
let outside: DataSource;

beforeAll(async () => {
  database = await openSeededDatabase();
  process = aProcess(database.dataSource);
  outside = await database.open(3);
});
afterAll(() => database.close());
beforeEach(() => query('TRUNCATE event, notification, message, timeline, idempotency_key'));

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
const claimOne = async (changes: Parameters<typeof accept>[1] = {}): Promise<ClaimedMessage> => {
  const [message] = await acceptAndClaim(process, changes);
  if (!message) throw new Error('nothing claimed');
  return message;
};
const messageOf = async ({ id }: ClaimedMessage) =>
  (await query('SELECT * FROM message WHERE id = $1', [id]))[0];
const notificationOf = async ({ notificationId }: ClaimedMessage) =>
  (await query('SELECT * FROM notification WHERE id = $1', [notificationId]))[0];
const toldOf = ({ id }: ClaimedMessage) =>
  query(`SELECT attempt, data FROM timeline WHERE message_id = $1 AND kind = 'attempt_ended'`, [
    id,
  ]);

describe('the record of an attempt', () => {
  test('of success ends message and notification', async () => {
    const message = await claimOne();
    await process.ledger.record(ended(message, 'sent'));
    expect(await messageOf(message)).toMatchObject({
      state: 'sent',
      provider_message_id: 'provider-1',
      sent_at: expect.any(Date),
      lease_until: null,
    });
    expect(await notificationOf(message)).toMatchObject({
      state: 'sent',
      ended_at: expect.any(Date),
    });
    expect(await toldOf(message)).toEqual([
      {
        attempt: 1,
        data: {
          outcome: 'accepted',
          detail: 'taken',
          provider_message_id: 'provider-1',
          duration_ms: 5,
          next: 'done',
        },
      },
    ]);
  });

  test('of a passing failure makes the message due later, for the sweep to find', async () => {
    const message = await claimOne();
    const step = { kind: 'retry', delayMs: 60_000, lookUpFirst: true } as const;
    await process.ledger.record(ended(message, 'retry', { step }));
    const row = await messageOf(message);
    expect(row).toMatchObject({ state: 'queued', enqueued_at: null, look_up_first: true });
    const [{ ms }] = await query(
      'SELECT extract(epoch FROM due_at - clock_timestamp())::float8 * 1000 AS ms FROM message',
    );
    expect(ms).toBeGreaterThan(50_000);
    expect(ms).toBeLessThanOrEqual(60_000);
    expect(await notificationOf(message)).toMatchObject({ state: 'in_progress' });
    expect(await toldOf(message)).toMatchObject([
      { data: { outcome: 'transient', code: 'smtp_451', next: 'retry', retry_in_ms: 60_000 } },
    ]);
  });

  test('whose claim was lost changes nothing', async () => {
    const message = await claimOne();
    await query(`UPDATE message SET lease_until = now() - interval '1 ms'`);
    const [taken] = await process.ledger.takeOverLost(1, 1, 1000);
    for (const kind of ['sent', 'retry', 'next_rung'] as const) {
      await process.ledger.record(ended(message, kind));
    }
    expect(await messageOf(message)).toMatchObject({ state: 'sending', fence: 2 });
    expect(await toldOf(message)).toEqual([]);
    await process.ledger.record(ended(taken ?? message, 'sent'));
    expect(await messageOf(message)).toMatchObject({ state: 'sent' });
  });

  test('given twice is written once', async () => {
    const message = await claimOne();
    const result = ended(message, 'retry');
    await process.ledger.record(result);
    await process.ledger.record(result);
    await Promise.all([process.ledger.record(result), process.ledger.record(result)]);
    expect(await toldOf(message)).toHaveLength(1);
  });

  test('of many attempts that end together is one commit, to each its own', async () => {
    const messages = await Promise.all(Array.from({ length: 40 }, () => claimOne()));
    await Promise.all(
      messages.map((message, index) =>
        process.ledger.record(ended(message, index % 2 ? 'sent' : 'retry')),
      ),
    );
    const states = await Promise.all(messages.map(messageOf));
    expect(states.map(({ state }) => state)).toEqual(
      messages.map((_, index) => (index % 2 ? 'sent' : 'queued')),
    );
    const [{ commits }] = await query(
      `SELECT count(DISTINCT xmin::text)::int AS commits FROM timeline WHERE kind = 'attempt_ended'`,
    );
    expect(commits).toBeLessThan(5);
  });

  test.each([
    ['a NUL', 'A\u0000B'],
    ['half of a surrogate pair', 'cut \ud83d'],
  ])('holds whatever the provider said, %s too', async (_what, words) => {
    const message = await claimOne();
    const neighbour = await claimOne();
    const outcome = { kind: 'accepted', providerMessageId: words, detail: words } as const;
    await Promise.all([
      process.ledger.record(ended(message, 'sent', { outcome })),
      process.ledger.record(ended(neighbour, 'sent')),
    ]);
    expect(await messageOf(message)).toMatchObject({ state: 'sent' });
    expect(await messageOf(neighbour)).toMatchObject({ state: 'sent' });
  });
});

describe('a retry', () => {
  test.each(['superseded', 'canceled', 'expired'])(
    'of a notification that is %s meanwhile does not go back to the queue',
    async (state) => {
      const message = await claimOne();
      await query('UPDATE notification SET state = $1', [state]);
      await process.ledger.record(ended(message, 'retry'));
      expect(await messageOf(message)).toMatchObject({ state });
    },
  );

  test('goes on for one device when the other has the message', async () => {
    await query(`UPDATE customer SET phone = NULL WHERE id = 'carlos'`);
    const [first, second] = await acceptAndClaim(process);
    await query(`UPDATE customer SET phone = '+593990000001' WHERE id = 'carlos'`);
    if (!first || !second) throw new Error('two devices expected');
    await Promise.all([
      process.ledger.record(ended(first, 'sent')),
      process.ledger.record(ended(second, 'retry')),
    ]);
    expect(await messageOf(second)).toMatchObject({ state: 'queued' });
    expect(await notificationOf(first)).toMatchObject({ state: 'sent' });
  });

  test('that is recorded while a newer event supersedes it does not go back to the queue', async () => {
    const message = await claimOne();
    const stopping = await holdRows(
      outside,
      `UPDATE notification SET state = 'superseded' WHERE id = '${message.notificationId}'`,
    );
    const recorded = process.ledger.record(ended(message, 'retry'));
    await stopping.someoneWaits();
    await stopping.commit();
    await recorded;
    expect(await messageOf(message)).toMatchObject({ state: 'superseded' });
  });

  test('that went back to the queue just before a newer event came is stopped by it', async () => {
    const businessKey = 'OT-1';
    const message = await claimOne({ businessKey });
    const neighbour = await claimOne();
    const held = await holdRows(
      outside,
      `SELECT FROM message WHERE id = '${neighbour.id}' FOR UPDATE`,
    );
    // One statement writes both, and waits for the second.
    const recorded = Promise.all([
      process.ledger.record(ended(message, 'retry')),
      process.ledger.record(ended(neighbour, 'retry')),
    ]);
    await held.someoneWaits();
    const newer = accept(process, { businessKey });
    await held.someoneWaits(2);
    await held.commit();
    await Promise.all([recorded, newer]);
    expect(await messageOf(message)).toMatchObject({ state: 'superseded' });
    expect(await messageOf(neighbour)).toMatchObject({ state: 'queued' });
  });
});
