import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  accept,
  acceptAndClaim,
  aProcess,
  ended,
  openSeededDatabase,
  type SeededDatabase,
  type TestProcess,
} from '../testing/seeded-database.js';
import { advanceLadders } from './advance-ladders.js';
import { cancelEvent } from './cancel-event.js';
import { Replays } from './dead-letters/replays.js';
import { Receipts } from './receipts/receipts.js';
import { keepReceipts } from './receipts/received-webhooks.js';

let database: SeededDatabase;
let process: TestProcess;
let receipts: Receipts;
let replays: Replays;
const woken: unknown[] = [];
const wakeUps = { wake: (messages: readonly unknown[]) => void woken.push(...messages) };

beforeAll(async () => {
  database = await openSeededDatabase();
  process = aProcess(database.dataSource);
  receipts = new Receipts(database.dataSource, wakeUps);
  const house = { frontendUrl: 'https://app.example.com', defaultTallerName: 'Ambacar Service' };
  replays = new Replays(database.dataSource, process.store, house, wakeUps, wakeUps);
});
afterAll(() => database.close());
beforeEach(async () => {
  woken.length = 0;
  await query(`TRUNCATE event, notification, message, timeline, receipt, dead_letter,
    suppressed_address, idempotency_key`);
  await setCells(null, 'sent');
});

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
const setCells = (minutes: number | null, until: string) =>
  query('UPDATE matrix_cell SET advance_after_minutes = $1, advance_until = $2', [minutes, until]);
const cancel = (eventId: string) =>
  database.dataSource.transaction((manager) => cancelEvent(manager, eventId));
const cancelOnly = async () => cancel((await query('SELECT id FROM event'))[0].id);
const stateOfOnly = async () => (await query('SELECT state FROM notification'))[0].state;
const states = async () =>
  (await query('SELECT rung, state FROM message ORDER BY rung, id')).map(
    ({ rung, state }: Record<string, unknown>) => `${rung} ${state}`,
  );
const deadLetters = () => query('SELECT id, cause FROM dead_letter');

/** What was sent comes back. */
async function bounce(messageId: string): Promise<void> {
  const news = { kind: 'bounced' as const, code: 'mail_4_4_1', detail: null };
  await keepReceipts(database.dataSource, [
    { ...news, subject: `message:${messageId}`, addressIsWrong: false },
  ]);
  await query('UPDATE receipt SET due_at = clock_timestamp() WHERE applied_at IS NULL');
  await receipts.applyDue(100);
}

/** The first channel's message, sent. */
async function sendFirst(changes: Parameters<typeof acceptAndClaim>[1] = {}) {
  const [message] = await acceptAndClaim(process, changes);
  if (!message) throw new Error('nothing was claimed');
  await process.ledger.record(ended(message, 'sent'));
  return message;
}

/** A rung of two devices; the first one's message is sent, the other's still in the queue. */
async function sendToOneOfTwoDevices(): Promise<string> {
  const [first] = await acceptAndClaim(process);
  if (first) await process.ledger.record(ended(first, 'next_rung'));
  const [row] = await query(`SELECT id FROM message WHERE channel = 'push' ORDER BY id LIMIT 1`);
  const [claimed] = await process.ledger.claim([row.id], 60_000);
  if (!claimed) throw new Error('no device was claimed');
  await process.ledger.record(ended(claimed, 'sent'));
  return claimed.id;
}

describe('after the cancellation of what was sent already', () => {
  test('what comes back starts no other channel, and waits nowhere to be sent again', async () => {
    const { id } = await sendFirst();
    await cancelOnly();
    expect(await stateOfOnly()).toBe('sent');
    await bounce(id);
    expect(await states()).toEqual(['0 bounced']);
    expect(await stateOfOnly()).toBe('failed');
    expect(await deadLetters()).toEqual([]);
    expect(woken).toEqual([]);
  });

  test('a later channel that was under way and fails starts no other', async () => {
    await setCells(30, 'delivered');
    await sendFirst();
    await query('UPDATE message SET advance_at = clock_timestamp()');
    const { made } = await advanceLadders(database.dataSource, 100);
    const later = await process.ledger.claim(
      made.map(({ id }) => id),
      60_000,
    );
    await cancelOnly();
    for (const message of later) await process.ledger.record(ended(message, 'next_rung'));
    expect(await states()).toEqual(['0 sent', '1 failed', '1 failed']);
    expect(await stateOfOnly()).toBe('sent');
  });

  test('a device’s message that comes back ends it, though another’s was in the queue', async () => {
    const id = await sendToOneOfTwoDevices();
    await cancelOnly();
    await bounce(id);
    expect((await states()).sort()).toEqual(['0 failed', '1 bounced', '1 canceled']);
    expect(await stateOfOnly()).toBe('failed');
  });

  test('it has ended, if all that was sent had come back before', async () => {
    const id = await sendToOneOfTwoDevices();
    await bounce(id);
    expect(await stateOfOnly()).toBe('sent');
    await cancelOnly();
    expect((await states()).sort()).toEqual(['0 failed', '1 bounced', '1 canceled']);
    expect(await stateOfOnly()).toBe('failed');
    const told = await query(`SELECT data FROM timeline WHERE kind = 'ended'`);
    expect(told).toEqual([{ data: { state: 'failed', reason: 'canceled' } }]);
  });

  test('it stays canceled for whoever would replay it, though nothing of it was stopped', async () => {
    const { id, notificationId } = await sendFirst({ customerId: 'ana' });
    await cancelOnly();
    await bounce(id);
    // As one that had found the bounce before the cancellation would have written it.
    await query(
      `INSERT INTO dead_letter (id, kind, cause, detail)
       VALUES ($1, 'notification', 'bounced', 'email: mail_4_4_1')`,
      [notificationId],
    );
    const prepared = await replays.prepare({ id: notificationId, kind: 'notification' });
    const outcome = await database.dataSource.transaction((manager) =>
      replays.carryOut(manager, prepared),
    );
    expect(outcome).toEqual({ kind: 'refused', reason: 'canceled' });
  });
});

describe('after a newer event of the same work order', () => {
  test('what was sent of the older one and comes back starts no other channel', async () => {
    const older = await sendFirst({ businessKey: 'OT-7' });
    await accept(process, { businessKey: 'OT-7' });
    await bounce(older.id);
    const mine = await query('SELECT rung, state FROM message WHERE notification_id = $1', [
      older.notificationId,
    ]);
    expect(mine).toEqual([{ rung: 0, state: 'bounced' }]);
  });
});
