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
const acceptMany = (count: number) =>
  Promise.all(Array.from({ length: count }, () => accept(process)));
const forgetWakeUps = () => query('UPDATE message SET enqueued_at = NULL');

describe('the sweep', () => {
  test('finds what is due and was not woken, and marks it as woken', async () => {
    await acceptMany(3);
    expect(await process.outbox.takeDue(10, 10_000)).toEqual([]);
    await forgetWakeUps();
    const found = await process.outbox.takeDue(10, 10_000);
    expect(found.map(({ channel }) => channel)).toEqual(['whatsapp', 'whatsapp', 'whatsapp']);
    expect(await process.outbox.takeDue(10, 10_000)).toEqual([]);
  });

  test('finds a wake-up that was lost once its patience is over', async () => {
    await acceptMany(1);
    await query(`UPDATE message SET enqueued_at = now() - interval '9 seconds'`);
    expect(await process.outbox.takeDue(10, 10_000)).toEqual([]);
    await query(`UPDATE message SET enqueued_at = now() - interval '11 seconds'`);
    expect(await process.outbox.takeDue(10, 10_000)).toHaveLength(1);
  });

  test('leaves alone what is for later, under way or over', async () => {
    await acceptMany(3);
    await forgetWakeUps();
    const ids: { id: string }[] = await query('SELECT id FROM message');
    const changes = [
      `due_at = now() + interval '1 minute'`,
      `state = 'sending', lease_until = now() + interval '1 minute'`,
      `state = 'sent'`,
    ];
    for (const [index, change] of changes.entries()) {
      await query(`UPDATE message SET ${change} WHERE id = $1`, [ids[index]?.id]);
    }
    expect(await process.outbox.takeDue(10, 10_000)).toEqual([]);
  });

  test('takes the longest due first, no more than asked for, each by one of two', async () => {
    await acceptMany(30);
    await forgetWakeUps();
    await query(`UPDATE message SET due_at = now() - interval '1 hour'
      WHERE id = (SELECT max(id::text)::uuid FROM message)`);
    const [{ longest }] = await query('SELECT max(id::text) AS longest FROM message');
    expect((await process.outbox.takeDue(1, 10_000)).map(({ id }) => id)).toEqual([longest]);
    const taken = await Promise.all(
      [process, other, process, other].map(({ outbox }) => outbox.takeDue(10, 10_000)),
    );
    const rest = await process.outbox.takeDue(100, 10_000);
    const ids = [...taken.flat(), ...rest].map(({ id }) => id);
    expect(new Set(ids).size).toBe(29);
    expect(ids).toHaveLength(29);
    expect(Math.max(...taken.map(({ length }) => length))).toBeLessThanOrEqual(10);
  });

  test('puts what is overdue by a minute before itself again, whoever was woken for it', async () => {
    await acceptMany(2);
    expect(await process.outbox.putBackOverdue()).toBe(0);
    await query(`UPDATE message SET due_at = now() - interval '61 seconds'
      WHERE id = (SELECT min(id::text)::uuid FROM message)`);
    expect(await process.outbox.putBackOverdue()).toBe(1);
    expect(await process.outbox.putBackOverdue()).toBe(0);
    expect(await process.outbox.takeDue(10, 10_000)).toHaveLength(1);
  });
});

describe('a message past its use', () => {
  const makeOld = () => query(`UPDATE message SET valid_until = now() - interval '1 second'`);
  const states = () =>
    query(`SELECT n.state AS notification, array_agg(m.state ORDER BY m.id) AS messages
      FROM notification n JOIN message m ON m.notification_id = n.id GROUP BY n.id`);

  test('expires, and its notification with it, told once', async () => {
    await acceptMany(1);
    expect(await process.outbox.expire(10)).toBe(0);
    await makeOld();
    expect(await process.outbox.expire(10)).toBe(1);
    expect(await states()).toEqual([{ notification: 'expired', messages: ['expired'] }]);
    expect(await query('SELECT kind, data FROM timeline')).toEqual([
      { kind: 'ended', data: { state: 'expired' } },
    ]);
    expect(await process.outbox.expire(10)).toBe(0);
  });

  test('waits for its sibling under way, which then decides', async () => {
    await query(`UPDATE customer SET phone = NULL WHERE id = 'carlos'`);
    const [first, second] = await acceptAndClaim(process);
    if (!first || !second) throw new Error('two devices expected');
    await process.ledger.record(ended(first, 'retry'));
    await makeOld();
    expect(await process.outbox.expire(10)).toBe(1);
    expect(await query('SELECT state FROM notification')).toEqual([{ state: 'in_progress' }]);
    await process.ledger.record(ended(second, 'sent'));
    expect(await query('SELECT state FROM notification')).toEqual([{ state: 'sent' }]);
    await query(`UPDATE customer SET phone = '+593990000001' WHERE id = 'carlos'`);
  });

  test('that was scheduled stays until it is due', async () => {
    await acceptMany(1);
    await makeOld();
    await query(`UPDATE message SET due_at = now() + interval '1 minute'`);
    expect(await process.outbox.expire(10)).toBe(0);
  });

  test('is counted in batches, each by one of two', async () => {
    await acceptMany(30);
    await makeOld();
    let total = 0;
    for (let count = -1; count !== 0; total += count) {
      const counts = await Promise.all([process.outbox.expire(10), other.outbox.expire(10)]);
      count = (counts[0] ?? 0) + (counts[1] ?? 0);
    }
    expect(total).toBe(30);
    expect(await query(`SELECT DISTINCT state FROM notification`)).toEqual([{ state: 'expired' }]);
  });
});
