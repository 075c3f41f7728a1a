import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { demoTaller } from '#migrations/seed/demo/demo-taller.js';
import { addUp, insertZonedTalleres, readLog, zonedTalleres } from '../testing/message-log.js';
import {
  accept,
  acceptAndClaim,
  aProcess,
  ended,
  openSeededDatabase,
  type SeededDatabase,
  type TestProcess,
} from '../testing/seeded-database.js';
import { AnalyticsRepository } from './analytics.repository.js';
import { MessageLogRepository } from './message-log.repository.js';
import { RollUps } from './roll-ups.js';
import { loadDemo } from './seed/load-demo.js';

let database: SeededDatabase;
let process: TestProcess;
let analytics: AnalyticsRepository;

beforeAll(async () => {
  database = await openSeededDatabase();
  process = aProcess(database.dataSource);
  analytics = new AnalyticsRepository(database.dataSource, new RollUps(database.dataSource));
});
afterAll(() => database.close());

const ever = { from: '2000-01-01', to: '2099-12-31' };
const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);

test('the road of real messages is told at every step', async () => {
  const told = async () => {
    const { all, byEventType } = await analytics.summary(null, () => ever);
    expect([...byEventType.keys()]).toEqual(['appointment_scheduled']);
    return Object.fromEntries([...all].map(([state, { messages }]) => [state, messages]));
  };
  const [first] = await acceptAndClaim(process);
  if (!first) throw new Error('nothing was claimed');
  expect(await told()).toEqual({ sending: 1 });
  await process.ledger.record(ended(first, 'retry'));
  expect(await told()).toEqual({ queued: 1 });
  const [again] = await process.ledger.claim([first.id], 60_000);
  if (!again) throw new Error('the retry was not claimed');
  await process.ledger.record(ended(again, 'next_rung'));
  const next = await query(`SELECT id FROM message WHERE state = 'queued'`);
  expect(await told()).toEqual({ failed: 1, queued: next.length });
  const claimed = await process.ledger.claim(
    next.map(({ id }: { id: string }) => id),
    60_000,
  );
  for (const message of claimed) await process.ledger.record(ended(message, 'sent'));
  expect(await told()).toEqual({ failed: 1, sent: next.length });
  await accept(process, { businessKey: 'order-1' });
  await accept(process, { businessKey: 'order-1' });
  expect(await told()).toEqual({ failed: 1, sent: next.length, superseded: 1, queued: 1 });
  await query(
    `UPDATE message SET valid_until = now() - interval '1 second' WHERE state = 'queued'`,
  );
  await process.outbox.expire(10);
  expect(await told()).toEqual({ failed: 1, sent: next.length, superseded: 1, expired: 1 });
});

test('the messages of a workshop name it, from their making to the next rung', async () => {
  await query('TRUNCATE event, notification, message');
  await query(insertZonedTalleres);
  const [{ id: tallerId }] = zonedTalleres;
  const [message] = await acceptAndClaim(process, { tallerId });
  if (!message) throw new Error('nothing was claimed');
  expect(message).toMatchObject({ tallerId });
  await process.ledger.record(ended(message, 'next_rung'));
  const named = await query('SELECT DISTINCT event_type, taller_id FROM message');
  expect(named).toEqual([{ event_type: 'appointment_scheduled', taller_id: tallerId }]);
  const [{ count }] = await query('SELECT count(*)::integer AS count FROM message');
  expect(count).toBeGreaterThan(1);
  const { byChannel } = await analytics.summary(tallerId, () => ever);
  expect(byChannel.get(message.channel)?.get('failed')).toMatchObject({ messages: 1 });
});

test('the month of the demo is told, of one workshop and of all', async () => {
  await query('TRUNCATE event, notification, message');
  expect((await loadDemo(database.dataSource)).events).toBeGreaterThan(0);
  const { id, timeZone: zone } = demoTaller;
  for (const tallerId of [id, null]) {
    const { all, byDay } = await analytics.summary(tallerId, () => ever);
    const log = await readLog(database.dataSource, tallerId, zone);
    expect(log.length).toBeGreaterThan(100);
    expect(all).toEqual(addUp(log));
    expect([...byDay.keys()].sort()).toEqual([...new Set(log.map(({ day }) => day))].sort());
  }
  const scope = await analytics.scope(id);
  const newest = await new MessageLogRepository(database.dataSource).recent(scope, {}, 5);
  const [{ ids }] = await query(
    `SELECT array_agg(id) AS ids FROM (
       SELECT id FROM message WHERE taller_id = $1 ORDER BY id DESC LIMIT 5) newest`,
    [id],
  );
  expect(newest.map((entry) => entry.id)).toEqual(ids);
});
