import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Channel } from '#domain/catalog/channels.js';
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
import { changePreferences } from './preferences.js';

let database: SeededDatabase;
let process: TestProcess;

beforeAll(async () => {
  database = await openSeededDatabase();
  process = aProcess(database.dataSource);
});
afterAll(() => database.close());
beforeEach(async () => {
  await query(`TRUNCATE event, notification, message, timeline, idempotency_key,
    suppressed_address, push_subscription, customer CASCADE`);
  await query(people);
});

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
const withdraw = (channel: Channel, customerId = 'carlos') =>
  database.dataSource.transaction((manager) =>
    changePreferences(manager, customerId, { [channel]: { consent: false } }),
  );
const messages = () =>
  query('SELECT channel, rung, state, state_reason FROM message ORDER BY rung, id');
const notification = async () => (await query('SELECT state, state_reason FROM notification'))[0];
const due = async () => (await process.outbox.takeDue(100, 0)).map(({ channel }) => channel);
const ladder = async () =>
  (
    await query(`SELECT jsonb_path_query_array(ladder, '$[*].channel') AS channels
    FROM notification`)
  )[0].channels;

describe('a consent that is withdrawn', () => {
  test('stops what waits on the channel, and the next one takes over', async () => {
    await accept(process);
    const planned = await ladder();
    await withdraw(planned[0]);
    expect(await messages()).toEqual([
      expect.objectContaining({
        channel: planned[0],
        state: 'canceled',
        state_reason: 'consent_withdrawn',
      }),
      ...(await query('SELECT id FROM message WHERE rung = 1')).map(() =>
        expect.objectContaining({ channel: planned[1], rung: 1, state: 'queued' }),
      ),
    ]);
    expect(new Set(await due())).toEqual(new Set([planned[1]]));
    expect(await notification()).toEqual({ state: 'in_progress', state_reason: null });
    const told = await query(`SELECT kind, data FROM timeline ORDER BY id`);
    expect(told).toEqual([
      {
        kind: 'next_rung',
        data: { from: planned[0], to: planned[1], because: 'consent_withdrawn' },
      },
    ]);
  });

  test('takes a later rung off the ladder', async () => {
    const [first] = await acceptAndClaim(process);
    const planned = await ladder();
    await withdraw(planned[1]);
    expect(await ladder()).toEqual([planned[0], ...planned.slice(2)]);
    if (first) await process.ledger.record(ended(first, 'next_rung'));
    const channels = (await messages()).map(({ channel }: { channel: string }) => channel);
    expect(channels).not.toContain(planned[1]);
    expect(channels).toContain(planned[2]);
  });

  test('takes it off the ladder of what was sent, too, for that may come back', async () => {
    const [message] = await acceptAndClaim(process);
    const planned = await ladder();
    if (message) await process.ledger.record(ended(message, 'sent'));
    await withdraw(planned[1]);
    expect(await notification()).toMatchObject({ state: 'sent' });
    expect(await ladder()).toEqual(planned.filter((channel: Channel) => channel !== planned[1]));
  });

  test('takes it off the ladder of what was delivered and asked for more: its mail may come back', async () => {
    const [message] = await acceptAndClaim(process);
    const planned = await ladder();
    if (message) await process.ledger.record(ended(message, 'sent'));
    await query(
      `INSERT INTO message (id, notification_id, rung, channel, address, template_version_id)
       SELECT gen_random_uuid(), notification_id, 1, $1, address, template_version_id
       FROM message LIMIT 1`,
      [planned[1]],
    );
    await query(`UPDATE message SET state = 'delivered' WHERE rung = 0;
      UPDATE message SET state = 'sent' WHERE rung = 1;
      UPDATE notification SET state = 'delivered',
        ladder = jsonb_set(ladder, '{0,advanceUntil}', '"read"')`);
    await withdraw(planned[2]);
    expect(await notification()).toMatchObject({ state: 'delivered' });
    expect(await ladder()).toEqual(planned.slice(0, 2));
  });

  test('ends what came back and has nothing else on its way', async () => {
    const [message] = await acceptAndClaim(process);
    const planned = await ladder();
    if (message) await process.ledger.record(ended(message, 'sent'));
    await query(`UPDATE message SET state = 'bounced' WHERE rung = 0`);
    await query(
      `INSERT INTO message (id, notification_id, rung, channel, address, template_version_id)
       SELECT gen_random_uuid(), notification_id, 1, $1, address, template_version_id
       FROM message LIMIT 1`,
      [planned[1]],
    );
    await query(`UPDATE notification SET ladder = jsonb_build_array(ladder->0, ladder->1)`);
    await withdraw(planned[1]);
    expect(await notification()).toEqual({ state: 'failed', state_reason: 'consent_withdrawn' });
  });

  test('stops what waits for another device, though one has read it', async () => {
    await accept(process);
    await query(`UPDATE notification SET state = 'read';
      UPDATE message SET state = 'sent'; UPDATE message SET state = 'read'`);
    const planned = await ladder();
    await query(`INSERT INTO message (id, notification_id, rung, channel, address,
        template_version_id)
      SELECT gen_random_uuid(), notification_id, rung, channel, address, template_version_id
      FROM message LIMIT 1`);
    await withdraw(planned[0]);
    expect((await messages()).map(({ state }: { state: string }) => state).toSorted()).toEqual([
      'canceled',
      'read',
    ]);
    expect(await notification()).toMatchObject({ state: 'read' });
  });

  test('ends a notification that has no other channel', async () => {
    await accept(process, { customerId: 'ana' });
    await withdraw('email', 'ana');
    expect(await due()).toEqual([]);
    expect(await notification()).toEqual({
      state: 'canceled',
      state_reason: 'consent_withdrawn',
    });
  });

  test('lets what is being sent end, and not be tried again', async () => {
    const [first] = await acceptAndClaim(process);
    const [channel] = await ladder();
    await withdraw(channel);
    expect((await messages()).map(({ state }: { state: string }) => state)).toEqual(['sending']);
    if (first) await process.ledger.record(ended(first, 'retry'));
    expect(await process.ledger.claim([first?.id ?? ''], 60_000)).toEqual([]);
    await process.outbox.expire(10);
    expect((await messages()).map(({ state }: { state: string }) => state)).toEqual(['expired']);
  });

  test('leaves the next channel all its time, though what was being sent has none left', async () => {
    const [message] = await acceptAndClaim(process);
    const planned = await ladder();
    await withdraw(planned[0]);
    if (message) await process.ledger.record(ended(message, 'next_rung'));
    expect(new Set(await due())).toEqual(new Set([planned[1]]));
    expect(await process.outbox.expire(100)).toBe(0);
  });

  test('keeps the hour of what was planned for later', async () => {
    const scheduledFor = new Date(Date.now() + 3_600_000);
    await accept(process, { scheduledFor });
    const [channel] = await ladder();
    await withdraw(channel);
    expect(await due()).toEqual([]);
    expect(await query(`SELECT DISTINCT due_at FROM message WHERE state = 'queued'`)).toEqual([
      { due_at: scheduledFor },
    ]);
  });

  test('waits for whoever moves the notification on, and stops what that one made', async () => {
    await accept(process);
    const planned = await ladder();
    const held = await holdRows(
      await database.open(2),
      `WITH n AS (SELECT id, ladder FROM notification FOR UPDATE),
        given AS (UPDATE message m SET state = 'failed' FROM n WHERE m.notification_id = n.id)
       INSERT INTO message (id, notification_id, rung, channel, address, template_version_id)
       SELECT gen_random_uuid(), n.id, 1, n.ladder->1->>'channel', address,
         (n.ladder->1->>'templateVersionId')::uuid
       FROM n, jsonb_array_elements(n.ladder->1->'addresses') AS address`,
    );
    const withdrawn = withdraw(planned[1]);
    await held.someoneWaits();
    await held.commit();
    await withdrawn;
    expect(new Set(await due())).toEqual(new Set(planned.slice(2)));
  });

  test('leaves other people and other channels alone', async () => {
    await accept(process, { customerId: 'ana' });
    await withdraw('email');
    await withdraw('push', 'ana');
    expect(await due()).toEqual(['email']);
  });
});
