import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  aClaim,
  accept,
  acceptAndClaim,
  aProcess,
  ended,
  openSeededDatabase,
  people,
  type SeededDatabase,
  type TestProcess,
} from '../testing/seeded-database.js';
import { advanceLadders } from './advance-ladders.js';
import { cancelEvent } from './cancel-event.js';
import { changePreferences } from './preferences.js';

let database: SeededDatabase;
let process: TestProcess;

beforeAll(async () => {
  database = await openSeededDatabase();
  process = aProcess(database.dataSource);
});
afterAll(() => database.close());
beforeEach(async () => {
  await query(`TRUNCATE event, notification, message, timeline, idempotency_key, dead_letter,
    suppressed_address, push_subscription, customer CASCADE`);
  await query(people);
  await setCells(30, 'sent');
});

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
/** What every cell of the matrix says of time. */
const setCells = (minutes: number | null, until: string) =>
  query('UPDATE matrix_cell SET advance_after_minutes = $1, advance_until = $2', [minutes, until]);
const messages = () =>
  query('SELECT channel, rung, state, state_reason FROM message ORDER BY rung, id');
const states = async () =>
  (await messages()).map(({ rung, state }: Record<string, unknown>) => `${rung} ${state}`);
const notification = async () => (await query('SELECT state FROM notification'))[0].state;
const told = async (kind: string) =>
  (await query('SELECT data FROM timeline WHERE kind = $1 ORDER BY id', [kind])).map(
    ({ data }: Record<string, unknown>) => data,
  );
/** As if the time of all rungs were over. */
const passTime = () =>
  query(`UPDATE message SET advance_at = clock_timestamp()
  WHERE advance_at IS NOT NULL`);
const advance = () => advanceLadders(database.dataSource, 100);
const late = async () => {
  await passTime();
  return advance();
};
const receive = (state: string) =>
  query(`UPDATE message SET state = $1 WHERE rung = 0 AND state = 'sent'`, [state]);
async function sendAll(): Promise<void> {
  const waiting = await query(`SELECT id FROM message WHERE state = 'queued'`);
  const ids = waiting.map(({ id }: { id: string }) => id);
  for (const message of await process.ledger.claim(ids, 60_000)) {
    await process.ledger.record(ended(message, 'sent'));
  }
}

describe('a rung with a time', () => {
  test('has it from when its messages are due, and one without has none', async () => {
    const scheduledFor = new Date(Date.now() + 3_600_000);
    await accept(process, { scheduledFor });
    const [row] = await query(`SELECT advance_until,
      date_part('epoch', advance_at - due_at) / 60 AS minutes FROM message`);
    expect(row).toEqual({ advance_until: 'sent', minutes: 30 });
    await setCells(null, 'read');
    await accept(process, { customerId: 'ana' });
    expect(
      await query(`SELECT advance_at, advance_until FROM message WHERE channel = 'email'`),
    ).toEqual([{ advance_at: null, advance_until: null }]);
  });

  test('that was not sent by then is given up, and the next channel starts', async () => {
    await accept(process);
    expect((await advance()).made).toEqual([]);
    const { made } = await late();
    expect(made.map(({ channel }) => channel)).toEqual(['push', 'push']);
    expect(await messages()).toEqual([
      { channel: 'whatsapp', rung: 0, state: 'failed', state_reason: 'too_late' },
      { channel: 'push', rung: 1, state: 'queued', state_reason: null },
      { channel: 'push', rung: 1, state: 'queued', state_reason: null },
    ]);
    expect(await told('next_rung')).toEqual([
      { from: 'whatsapp', to: 'push', because: 'too_late' },
    ]);
    expect(
      (await query('SELECT advance_at FROM message WHERE rung = 1'))[0].advance_at,
    ).not.toBeNull();
    expect(await notification()).toBe('in_progress');
  });

  test('that was sent by then starts nothing, and is not looked at again', async () => {
    await accept(process);
    await sendAll();
    expect(await late()).toEqual({ made: [], more: false });
    expect(await query('SELECT FROM message WHERE advance_at IS NOT NULL')).toEqual([]);
  });

  test('waits for an attempt that is under way', async () => {
    const [message] = await acceptAndClaim(process);
    expect((await late()).made).toEqual([]);
    expect(await states()).toEqual(['0 sending']);
    if (message) await process.ledger.record(ended(message, 'sent'));
    expect((await late()).made).toEqual([]);
    expect(await notification()).toBe('sent');
  });

  test('goes on to the last channel, which has nothing after it', async () => {
    await accept(process);
    for (let rung = 0; rung < 4; rung += 1) await late();
    expect(await states()).toEqual(['0 failed', '1 failed', '1 failed', '2 queued']);
    await sendAll();
    expect(await notification()).toBe('sent');
  });
});

describe('a rung that asks for a receipt', () => {
  test('that does not come leaves the notification sent while the next channel runs', async () => {
    await setCells(30, 'delivered');
    await accept(process);
    await sendAll();
    await late();
    expect(await states()).toEqual(['0 sent', '1 queued', '1 queued']);
    expect(await notification()).toBe('sent');
    expect(await told('next_rung')).toMatchObject([{ because: 'not_delivered_in_time' }]);
  });

  test('that comes in time starts nothing', async () => {
    await setCells(30, 'read');
    await accept(process);
    await sendAll();
    await receive('read');
    expect((await late()).made).toEqual([]);
    expect(await states()).toEqual(['0 read']);
  });

  test('lets all later channels fail without failing what was sent', async () => {
    await setCells(30, 'read');
    await accept(process);
    await sendAll();
    await late();
    for (let turn = 0; turn < 2; turn += 1) {
      const rows = await query(`SELECT id FROM message WHERE state = 'queued'`);
      const ids = rows.map(({ id }: { id: string }) => id);
      for (const message of await process.ledger.claim(ids, 60_000)) {
        await process.ledger.record(ended(message, 'next_rung'));
      }
    }
    expect(await states()).toEqual(['0 sent', '1 failed', '1 failed', '2 failed']);
    expect(await notification()).toBe('sent');
    expect(await query('SELECT FROM dead_letter')).toEqual([]);
  });

  test('does not call back what is still in the queue', async () => {
    await setCells(30, 'delivered');
    await accept(process);
    await late();
    expect(await states()).toEqual(['0 queued', '1 queued', '1 queued']);
  });
});

describe('nothing starts any more', () => {
  test('when the event was canceled, though something of it was sent', async () => {
    await setCells(30, 'delivered');
    const { eventId } = await accept(process);
    await sendAll();
    await passTime();
    await database.dataSource.transaction((manager) => cancelEvent(manager, eventId));
    expect((await advance()).made).toEqual([]);
    expect(await states()).toEqual(['0 sent']);
  });

  test('and what started is stopped, when the event is canceled after', async () => {
    await setCells(30, 'delivered');
    const { eventId } = await accept(process);
    await sendAll();
    await late();
    const [id] = (await query('SELECT id FROM message WHERE rung = 1')).map(
      (row: { id: string }) => row.id,
    );
    const [claimed] = await process.ledger.claim([id], 60_000);
    await database.dataSource.transaction((manager) => cancelEvent(manager, eventId));
    if (claimed) await process.ledger.record(ended(claimed, 'retry'));
    await process.outbox.expire(10);
    expect((await states()).sort()).toEqual(['0 sent', '1 canceled', '1 expired']);
    expect(await notification()).toBe('sent');
  });

  test('when a newer event of the same key came', async () => {
    await setCells(30, 'delivered');
    const { eventId } = await accept(process, { businessKey: 'OT-7' }, aClaim('one'));
    await sendAll();
    await late();
    await accept(process, { businessKey: 'OT-7' }, aClaim('two'));
    await late();
    const mine = await query(
      `SELECT DISTINCT m.rung, m.state FROM message m JOIN notification n
       ON n.id = m.notification_id WHERE n.event_id = $1 ORDER BY 1`,
      [eventId],
    );
    expect(mine).toEqual([
      { rung: 0, state: 'sent' },
      { rung: 1, state: 'superseded' },
    ]);
  });

  test('on a channel whose consent was withdrawn meanwhile', async () => {
    await setCells(30, 'delivered');
    await accept(process);
    await sendAll();
    await database.dataSource.transaction((manager) =>
      changePreferences(manager, 'carlos', { push: { consent: false } }),
    );
    await late();
    expect((await messages()).map(({ channel }: { channel: string }) => channel)).toEqual([
      'whatsapp',
      'email',
    ]);
  });

  test('after the message’s use', async () => {
    await accept(process);
    await query(`UPDATE message SET valid_until = clock_timestamp()`);
    expect((await late()).made).toEqual([]);
    await process.outbox.expire(10);
    expect(await notification()).toBe('expired');
  });
});
