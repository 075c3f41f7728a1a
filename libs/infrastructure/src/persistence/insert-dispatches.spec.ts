import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { holdRows } from '../testing/hold-rows.js';
import {
  aClaim,
  accept,
  anEvent,
  aProcess,
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
beforeEach(async () => {
  process.woken.length = 0;
  await database.dataSource.query(
    'TRUNCATE event, notification, message, timeline, idempotency_key',
  );
});

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
const counts = async () => {
  const [row] = await query(`SELECT
    (SELECT count(*)::int FROM event) AS events,
    (SELECT count(*)::int FROM notification) AS notifications,
    (SELECT count(*)::int FROM message) AS messages,
    (SELECT count(*)::int FROM idempotency_key) AS keys`);
  return row;
};

/** Postgres keeps no such text; the API lets none through. */
const nul = { ...anEvent().context, nombre: 'Nul \u0000' };

describe('an accepted dispatch', () => {
  test('is an event, its notification and the first channel’s message, and wakes a worker', async () => {
    const receipt = await accept(process, { requestId: 'request-1', priority: 'high' });
    const [event] = await query('SELECT * FROM event');
    expect(event).toMatchObject({
      id: receipt.eventId,
      event_type: 'appointment_scheduled',
      customer_id: 'carlos',
      target: 'clients',
      request_id: 'request-1',
      context: anEvent().context,
    });
    const [notification] = await query('SELECT * FROM notification');
    expect(notification).toMatchObject({
      event_id: receipt.eventId,
      recipient_id: 'carlos',
      state: 'in_progress',
      ended_at: null,
    });
    expect(notification.ladder.map((rung: { channel: string }) => rung.channel)).toEqual([
      'whatsapp',
      'push',
      'email',
    ]);
    const messages = await query('SELECT * FROM message');
    expect(messages).toEqual([
      expect.objectContaining({
        id: receipt.notifications[0]?.taskId,
        notification_id: notification.id,
        rung: 0,
        channel: 'whatsapp',
        address: { channel: 'whatsapp', phone: '+593990000001' },
        state: 'queued',
        priority: 'high',
        attempts: 0,
        enqueued_at: expect.any(Date),
      }),
    ]);
    expect(messages[0].valid_until).toEqual(event.valid_until);
    expect(process.woken.map(({ id }) => id)).toEqual([messages[0].id]);
  });

  test('that waits for later is due then, and wakes nobody now', async () => {
    const scheduledFor = new Date(Date.now() + 3_600_000);
    await accept(process, { scheduledFor });
    const [message] = await query('SELECT * FROM message');
    expect(message).toMatchObject({ due_at: scheduledFor, enqueued_at: null });
    expect(process.woken).toEqual([]);
  });

  test('that comes with many others shares their commit', async () => {
    await Promise.all(Array.from({ length: 50 }, () => accept(process)));
    const [{ commits }] = await query(
      `SELECT count(DISTINCT xmin::text)::int AS commits FROM event`,
    );
    expect(await counts()).toMatchObject({ events: 50, notifications: 50, messages: 50 });
    expect(commits).toBeLessThan(10);
  });

  test('leaves nothing half-done when its rows cannot be written', async () => {
    const bad = process.dispatch.execute(anEvent({ context: nul }), aClaim('k'));
    await expect(bad).rejects.toThrow();
    expect(await counts()).toEqual({ events: 0, notifications: 0, messages: 0, keys: 0 });
    expect(process.woken).toEqual([]);
    await accept(process, {}, aClaim('k'));
    expect(await counts()).toMatchObject({ events: 1, keys: 1 });
  });

  test('whose rows cannot be written takes no other down with it', async () => {
    const results = await Promise.allSettled([
      accept(process, {}, aClaim('before')),
      accept(process, { context: nul }),
      accept(process, { businessKey: 'OT-1' }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await counts()).toMatchObject({ events: 2, messages: 2, keys: 1 });
  });
});

describe('an idempotency key', () => {
  const send = ({ dispatch }: TestProcess, key: string, body?: string) =>
    dispatch.execute(anEvent(), aClaim(key, body));

  test('gives a repeat the first answer, and another body none', async () => {
    const first = await send(process, 'k');
    expect(first).toMatchObject({ kind: 'accepted', replayed: false });
    expect(await send(process, 'k')).toEqual({ ...first, replayed: true });
    expect(await send(process, 'k', 'other')).toEqual({ kind: 'key_reused' });
    expect(await counts()).toMatchObject({ events: 1, messages: 1 });
  });

  test('makes one event of twins in one batch', async () => {
    const answers = await Promise.all([send(process, 'k'), send(process, 'k')]);
    expect(answers).toEqual([
      { kind: 'accepted', receipt: expect.anything(), replayed: false },
      { ...answers[0], replayed: true },
    ]);
    expect(await counts()).toEqual({ events: 1, notifications: 1, messages: 1, keys: 1 });
    expect(process.woken).toHaveLength(1);
  });

  test('refuses a twin of one batch that has another body', async () => {
    const answers = await Promise.all([send(process, 'k', 'one'), send(process, 'k', 'two')]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['accepted', 'key_reused']);
    expect(await counts()).toMatchObject({ events: 1 });
  });

  test('is in use while the first request with it is being written by another process', async () => {
    // The first request stands still between its key and its event.
    const held = await holdRows(
      database.dataSource,
      `INSERT INTO idempotency_key (caller, operation, key, body_hash, response)
         VALUES ('caller', 'test', 'k', '', 'null'); DELETE FROM idempotency_key`,
    );
    const first = send(process, 'k');
    await held.someoneWaits();
    expect(await send(other, 'k')).toEqual({ kind: 'key_in_use' });
    expect(await send(other, 'another')).toMatchObject({ kind: 'accepted', replayed: false });
    await held.commit();
    expect(await first).toMatchObject({ kind: 'accepted', replayed: false });
    expect(await send(other, 'k')).toEqual({ ...(await first), replayed: true });
    expect(await counts()).toMatchObject({ events: 2, keys: 2 });
  });

  test('makes one event each of 20 keys that two processes get ten times at once', async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `key-${index}`);
    const sent = keys.flatMap((key) =>
      Array.from({ length: 10 }, (_, index) => send(index % 2 ? process : other, key)),
    );
    const answers = await Promise.all(sent);
    const accepted = answers.filter((answer) => answer.kind === 'accepted');
    const ids = new Set(accepted.map(({ receipt }) => receipt.eventId));
    expect(ids.size).toBe(20);
    expect(accepted.filter(({ replayed }) => !replayed)).toHaveLength(20);
    expect(answers.filter(({ kind }) => kind !== 'accepted' && kind !== 'key_in_use')).toEqual([]);
    expect(await counts()).toEqual({ events: 20, notifications: 20, messages: 20, keys: 20 });
    // Whoever was told to come again gets the first answer then.
    for (const key of keys) expect(await send(other, key)).toMatchObject({ replayed: true });
  });
});

describe('a newer event of the same business key', () => {
  const statesOf = async (eventId: string) => {
    const [row] = await query(
      `SELECT n.state, n.state_reason AS reason, n.ended_at IS NOT NULL AS ended,
         array_agg(m.state) AS messages,
         (SELECT count(*)::int FROM timeline t WHERE t.notification_id = n.id) AS told
       FROM notification n JOIN message m ON m.notification_id = n.id
       WHERE n.event_id = $1 GROUP BY n.id`,
      [eventId],
    );
    return row;
  };
  const superseded = { state: 'superseded', ended: true, messages: ['superseded'], told: 1 };
  const open = { state: 'in_progress', ended: false, messages: ['queued'], told: 0 };
  const businessKey = 'OT-2025-001';

  test('stops what the older one has not sent, and says which it was', async () => {
    const older = await accept(process, { businessKey });
    const newer = await accept(process, { businessKey });
    expect(await statesOf(older.eventId)).toMatchObject({
      ...superseded,
      reason: `event ${newer.eventId}`,
    });
    expect(await statesOf(newer.eventId)).toMatchObject(open);
  });

  test('stops the older one of its own batch', async () => {
    const receipts = await Promise.all([1, 2, 3].map(() => accept(process, { businessKey })));
    const states = await Promise.all(receipts.map(({ eventId }) => statesOf(eventId)));
    expect(states).toMatchObject([superseded, superseded, open]);
  });

  test('stops none of another key, of another target, or that is over', async () => {
    const others = [
      await accept(process, { businessKey: 'OT-2' }),
      await accept(process),
      await accept(aProcess(database.dataSource, ['jefe@example.com']), {
        businessKey,
        target: 'staff',
        context: { ...anEvent().context, orden: 'OT-2025-001', tecnico: 'Juan' },
      }),
    ];
    await accept(process, { businessKey });
    for (const { eventId } of others) expect(await statesOf(eventId)).toMatchObject(open);
  });

  test('lets a message under way go on, and ends its notification', async () => {
    const older = await accept(process, { businessKey });
    const id = older.notifications[0]?.taskId ?? '';
    expect(await process.ledger.claim([id], 60_000)).toMatchObject([{ id }]);
    await accept(process, { businessKey });
    expect(await statesOf(older.eventId)).toMatchObject({
      state: 'superseded',
      messages: ['sending'],
    });
  });

  test('leaves one alone when two processes take many at once', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        accept(index % 2 ? process : other, { businessKey }),
      ),
    );
    expect(
      await query(`SELECT state, count(*)::int FROM notification GROUP BY state ORDER BY state`),
    ).toEqual([
      { state: 'in_progress', count: 1 },
      { state: 'superseded', count: 39 },
    ]);
  });

  test('stops one that a process whose clock is ahead took before', async () => {
    await accept(process, { businessKey });
    const ahead = 'ffffffff-ffff-7fff-8fff-ffffffffffff';
    await query('UPDATE notification SET event_id = $1', [ahead]);
    await query('UPDATE event SET id = $1', [ahead]);
    const newer = await accept(other, { businessKey });
    expect(await statesOf(ahead)).toMatchObject(superseded);
    expect(await statesOf(newer.eventId)).toMatchObject(open);
  });
});
