import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DispatchCommand } from '#domain/dispatch/dispatch-command.js';
import { isoIn } from '#domain/quiet/zoned-time.js';
import {
  accept,
  anEvent,
  aProcess,
  ended,
  openSeededDatabase,
  people,
  type SeededDatabase,
  type TestProcess,
} from '../testing/seeded-database.js';
import { advanceLadders } from './advance-ladders.js';
import { holdMessages } from './hold-messages.js';

const hourMs = 3_600_000;
/** A workshop by the clock of UTC, whose quiet hours each test sets. */
const tallerId = '0190aaaa-0000-7000-8000-0000000000f0';
let database: SeededDatabase;
let process: TestProcess;

beforeAll(async () => {
  database = await openSeededDatabase();
  process = aProcess(database.dataSource);
  await query(`INSERT INTO taller (id, slug, name, time_zone, country)
    VALUES ('${tallerId}', 'quiet', 'Taller Quieto', 'UTC', 'XX')`);
});
afterAll(() => database.close());
beforeEach(async () => {
  await query(`TRUNCATE event, notification, message, timeline, idempotency_key, dead_letter,
    suppressed_address, push_subscription, customer CASCADE`);
  await query(people);
  await query(`UPDATE matrix_cell SET advance_after_minutes = NULL, advance_until = 'sent',
    quiet_hours = 'default', when_held_too_long = 'email'`);
  process.woken.length = 0;
});

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
const clock = (at: Date) => isoIn('UTC', at).slice(11, 16);
const inHours = (hours: number) => new Date(Date.now() + hours * hourMs);
/**
 * Quiet hours from so many hours after now until so many; gives back the time of day at which they
 * end.
 */
async function setQuiet(from: number, to: number): Promise<string> {
  const now = Date.now();
  const [begin, end] = [from, to].map((hours) => clock(new Date(now + hours * hourMs)));
  await query('UPDATE taller SET quiet_hours_from = $1, quiet_hours_to = $2', [begin, end]);
  return end ?? '';
}
const remind = (changes: Partial<DispatchCommand> = {}) =>
  accept(process, { eventType: 'maintenance_reminder', tallerId, ...changes });
const rehearse = async (changes: Partial<DispatchCommand> = {}) => {
  const event = anEvent({ eventType: 'maintenance_reminder', tallerId, ...changes });
  const plan = await process.dispatch.rehearse(event);
  if (plan.kind === 'refused') throw new Error(plan.detail);
  return plan.notifications[0];
};
const rows = () =>
  query(`SELECT channel, rung, state, state_reason FROM message ORDER BY rung, id`);
const dueInMinutes = async () => {
  const found = await query(`SELECT DISTINCT round(date_part('epoch', due_at - clock_timestamp())
    / 60)::int AS minutes FROM message WHERE state = 'queued'`);
  return found.map(({ minutes }: { minutes: number }) => minutes);
};
const told = async () =>
  (await query(`SELECT data FROM timeline WHERE kind = 'held' ORDER BY id`)).map(
    ({ data }: Record<string, unknown>) => data,
  );
const claimQueued = async () => {
  const found = await query(`SELECT id FROM message WHERE state = 'queued'`);
  return process.ledger.claim(
    found.map(({ id }: { id: string }) => id),
    60_000,
  );
};
const hold = () => holdMessages(database.dataSource, 100);

describe('an event that comes in quiet hours', () => {
  test('and can wait is held until their end, as dry_run told, and wakes nobody', async () => {
    const end = await setQuiet(-1, 2);
    const planned = await rehearse();
    await remind();
    const [{ due_at, quiet_from }] = await query('SELECT due_at, quiet_from FROM message');
    expect(planned?.start.heldUntil).toEqual(due_at);
    expect(clock(due_at)).toBe(end);
    expect(quiet_from.getTime() - due_at.getTime()).toBe(21 * hourMs);
    expect(process.woken).toEqual([]);
    expect(await process.outbox.takeDue(10, 0)).toEqual([]);
    expect(await told()).toEqual([{ because: 'quiet_hours', until: isoIn('UTC', due_at) }]);
  });

  test('and cannot wait leaves at once', async () => {
    await setQuiet(-1, 2);
    await remind({ eventType: 'vehicle_ready' });
    await remind({ critical: true });
    expect(process.woken).toHaveLength(2);
    expect(await query('SELECT DISTINCT quiet_from FROM message')).toEqual([{ quiet_from: null }]);
  });

  test('and would be held beyond its use goes by e-mail, first of all channels', async () => {
    await setQuiet(-1, 4);
    const validUntil = inHours(3);
    const planned = await rehearse({ validUntil });
    expect(planned?.ladder.map(({ channel }) => channel)).toEqual(['email', 'whatsapp', 'push']);
    expect(planned?.contents[0]?.channel).toBe('email');
    expect(planned?.decision.slice(0, 2)).toMatchObject([
      { channel: 'email', position: 1, orderedBy: 'quiet_hours' },
      { channel: 'whatsapp', position: 2, orderedBy: 'matrix' },
    ]);
    const receipt = await remind({ validUntil });
    expect(receipt.notifications[0]?.channels).toEqual(['email', 'whatsapp', 'push']);
    expect(process.woken.map(({ channel }) => channel)).toEqual(['email']);
  });

  test('and may go by no e-mail then expires at its time', async () => {
    await setQuiet(-1, 4);
    await query(`UPDATE matrix_cell SET when_held_too_long = 'expire'`);
    await remind({ validUntil: inHours(3) });
    expect(await dueInMinutes()).toEqual([180]);
    await query(`UPDATE message SET due_at = clock_timestamp(), valid_until = clock_timestamp()`);
    await process.outbox.expire(10);
    expect(await rows()).toMatchObject([{ channel: 'whatsapp', state: 'expired' }]);
  });

  test('and was planned for such an hour waits for their end', async () => {
    await setQuiet(2, 5);
    await remind({ scheduledFor: inHours(3) });
    const [minutes] = await dueInMinutes();
    expect(minutes).toBeGreaterThanOrEqual(299);
    expect(minutes).toBeLessThanOrEqual(300);
  });
});

describe('a later channel', () => {
  test('that starts in quiet hours is held, and an e-mail is not', async () => {
    await setQuiet(2, 5);
    await remind();
    // As if they began with the first attempt.
    await query(
      `UPDATE notification SET ladder = (
      SELECT jsonb_agg(CASE WHEN rung ? 'quiet'
        THEN jsonb_set(rung, '{quiet,from}', to_jsonb($1::text)) ELSE rung END ORDER BY n)
      FROM jsonb_array_elements(ladder) WITH ORDINALITY AS step(rung, n))`,
      [clock(inHours(-1))],
    );
    const [first] = await claimQueued();
    process.woken.length = 0;
    if (first) await process.ledger.record(ended(first, 'next_rung'));
    expect(process.woken).toEqual([]);
    expect(await rows()).toMatchObject([
      { channel: 'whatsapp', state: 'failed' },
      { channel: 'push', state: 'queued' },
      { channel: 'push', state: 'queued' },
    ]);
    expect(await told()).toHaveLength(2);
    await query(`UPDATE message SET due_at = clock_timestamp() WHERE state = 'queued'`);
    const [device, another] = await claimQueued();
    if (!device || !another) throw new Error('two devices expected');
    await process.ledger.record(ended(device, 'next_rung'));
    await process.ledger.record(ended(another, 'next_rung'));
    expect(process.woken.map(({ channel }) => channel)).toEqual(['email']);
  });
});

describe('what is still in the queue when quiet hours begin', () => {
  const begin = () => query(`UPDATE message SET quiet_from = clock_timestamp()`);
  /** Accepted before them; the ladder's hours are such that it is quiet now. */
  const acceptBefore = async (changes: Partial<DispatchCommand> = {}) => {
    await setQuiet(-1, 2);
    await remind(changes);
    await query(`TRUNCATE timeline`);
    await query(`UPDATE message SET due_at = clock_timestamp()`);
    await begin();
  };

  test('is claimed by nobody, moved to their end, and told once', async () => {
    await acceptBefore();
    expect(await claimQueued()).toEqual([]);
    expect(await hold()).toEqual({ made: [], more: false });
    const [minutes] = await dueInMinutes();
    expect(minutes).toBeGreaterThanOrEqual(118);
    await begin();
    await hold();
    expect(await told()).toHaveLength(1);
    const [{ attempts, state }] = await query('SELECT attempts, state FROM message');
    expect([attempts, state]).toEqual([0, 'queued']);
  });

  test('leaves when they are over, be it a retry or not', async () => {
    await acceptBefore();
    await hold();
    await query(`UPDATE message SET due_at = clock_timestamp()`);
    expect(await process.outbox.takeDue(10, 0)).toHaveLength(1);
    const [message] = await claimQueued();
    if (message) await process.ledger.record(ended(message, 'retry'));
    await begin();
    expect(await claimQueued()).toEqual([]);
    await hold();
    expect(await claimQueued()).toEqual([]);
    await query(`UPDATE message SET due_at = clock_timestamp()`);
    expect(await claimQueued()).toMatchObject([{ attempt: 2 }]);
  });

  test('goes by e-mail where it would be held beyond its use', async () => {
    await acceptBefore();
    await query(`UPDATE message SET valid_until = clock_timestamp() + interval '1 hour'`);
    const { made } = await hold();
    expect(made.map(({ channel }) => channel)).toEqual(['email']);
    expect(await rows()).toEqual([
      { channel: 'whatsapp', rung: 0, state: 'failed', state_reason: 'held_too_long' },
      { channel: 'email', rung: 2, state: 'queued', state_reason: null },
    ]);
  });

  test('goes by e-mail once for all devices, and not where one of them has it', async () => {
    for (const sent of [false, true]) {
      await query(`TRUNCATE event, notification, message, timeline`);
      await query(`UPDATE customer SET phone = NULL`);
      await acceptBefore();
      await query(`UPDATE message SET valid_until = clock_timestamp() + interval '1 hour'`);
      if (sent) {
        await query(
          `UPDATE message SET state = 'sent' WHERE id IN (SELECT id FROM message LIMIT 1)`,
        );
      }
      expect((await hold()).made).toHaveLength(sent ? 0 : 1);
    }
  });

  test('has its own time for the next channel from when it may leave', async () => {
    await query('UPDATE matrix_cell SET advance_after_minutes = 30');
    await acceptBefore();
    await query(`UPDATE message SET advance_at = due_at + interval '30 minutes'`);
    await hold();
    const [{ minutes }] = await query(
      `SELECT date_part('epoch', advance_at - due_at) / 60 AS minutes FROM message`,
    );
    expect(minutes).toBe(30);
    expect((await advanceLadders(database.dataSource, 10)).made).toEqual([]);
  });

  test('stays due where they were over before anybody looked', async () => {
    await setQuiet(2, 5);
    await remind();
    await begin();
    await hold();
    expect(await told()).toEqual([]);
    expect(await claimQueued()).toHaveLength(1);
  });
});
