import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { afterReceipt, type ReceiptKind, receiptKinds } from '#domain/delivery/receipts.js';
import type { MessageNews } from '../../channels/provider-news.js';
import {
  acceptAndClaim,
  aProcess,
  ended,
  openSeededDatabase,
  type SeededDatabase,
  type TestProcess,
} from '../../testing/seeded-database.js';
import { forgetReceipts } from './forget-receipts.js';
import { Receipts } from './receipts.js';
import { keepReceipts } from './received-webhooks.js';

let database: SeededDatabase;
let process: TestProcess;
let receipts: Receipts;
const woken: { id: string; channel: string }[] = [];

beforeAll(async () => {
  database = await openSeededDatabase();
  process = aProcess(database.dataSource);
  receipts = new Receipts(database.dataSource, {
    wake: (messages) => void woken.push(...messages),
  });
});
afterAll(() => database.close());
beforeEach(async () => {
  woken.length = 0;
  await query(`TRUNCATE event, notification, message, timeline, receipt, dead_letter,
    suppressed_address, idempotency_key`);
});

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);

/** What a provider says of a message, by its own name for it or by ours. */
const news = (
  subject: string,
  kind: ReceiptKind,
  changes: Partial<MessageNews> = {},
): MessageNews => ({
  subject,
  kind,
  code: kind === 'bounced' ? 'mail_5_1_1' : null,
  detail: null,
  addressIsWrong: false,
  ...changes,
});

const keep = (...all: MessageNews[]) => keepReceipts(database.dataSource, all);

async function apply(...all: MessageNews[]): Promise<void> {
  await keep(...all);
  await query('UPDATE receipt SET due_at = clock_timestamp() WHERE applied_at IS NULL');
  await receipts.applyDue(100);
}

let made = 0;

/** A message that its provider took, and the name that the provider gave it. */
async function sentMessage(customerId = 'carlos') {
  const [message] = await acceptAndClaim(process, { customerId });
  if (!message) throw new Error('nothing was claimed');
  made += 1;
  const providerMessageId = `3EB0${made}`;
  const outcome = { kind: 'accepted', providerMessageId, detail: '' } as const;
  await process.ledger.record(ended(message, 'sent', { outcome }));
  return { ...message, subject: `whatsapp:${providerMessageId}` };
}

const statesOf = async (notificationId: string) => {
  const [notification] = await query('SELECT state FROM notification WHERE id = $1', [
    notificationId,
  ]);
  const messages = await query(
    `SELECT channel || ' ' || state AS said FROM message WHERE notification_id = $1
     ORDER BY rung, id`,
    [notificationId],
  );
  return [notification.state, ...messages.map(({ said }: { said: string }) => said)];
};

const toldOf = async (notificationId: string) => {
  const rows = await query(
    `SELECT kind || coalesce(' ' || (data->>'receipt'), '') AS said FROM timeline
     WHERE notification_id = $1 AND kind NOT LIKE 'attempt%' ORDER BY id`,
    [notificationId],
  );
  return rows.map(({ said }: { said: string }) => said);
};

describe('a receipt', () => {
  test('leads a message and its notification from sent to delivered and read', async () => {
    const { notificationId, subject } = await sentMessage();
    await apply(news(subject, 'delivered'));
    expect(await statesOf(notificationId)).toEqual(['delivered', 'whatsapp delivered']);
    await apply(news(subject, 'read'));
    expect(await statesOf(notificationId)).toEqual(['read', 'whatsapp read']);
    expect(await toldOf(notificationId)).toEqual(['receipt delivered', 'receipt read']);
    const [times] = await query('SELECT sent_at, delivered_at, read_at FROM message');
    expect(times.delivered_at).toBeInstanceOf(Date);
    expect(times.read_at.getTime()).toBeGreaterThan(times.delivered_at.getTime());
  });

  test('that comes before the message is recorded as sent waits for it', async () => {
    const [message] = await acceptAndClaim(process);
    if (!message) throw new Error('nothing was claimed');
    await apply(news('whatsapp:early', 'read'), news(`message:${message.id}`, 'delivered'));
    expect(await statesOf(message.notificationId)).toEqual(['in_progress', 'whatsapp sending']);
    const outcome = { kind: 'accepted', providerMessageId: 'early', detail: '' } as const;
    await process.ledger.record(ended(message, 'sent', { outcome }));
    await apply();
    expect(await statesOf(message.notificationId)).toEqual(['read', 'whatsapp read']);
  });

  test('of an unknown message is looked at less and less often, and forgotten after a week', async () => {
    await keep(news('whatsapp:foreign', 'read'));
    await receipts.applyDue(100);
    await query('UPDATE receipt SET due_at = clock_timestamp(), attempts = 10');
    await receipts.applyDue(100);
    const [{ wait }] = await query(
      `SELECT round(date_part('epoch', due_at - clock_timestamp()))::int AS wait FROM receipt`,
    );
    expect(wait).toBeGreaterThan(1000);
    expect(await receipts.applyDue(100)).toBe(0);
    await query(`UPDATE receipt SET received_at = received_at - interval '8 days'`);
    expect(await forgetReceipts(database.dataSource)).toEqual({ receipts: 1, webhooks: 0 });
  });

  test('is told once, however often it comes and whoever applies it', async () => {
    const { notificationId, subject } = await sentMessage();
    const other = new Receipts(await database.open(), { wake: () => undefined });
    for (let count = 0; count < 20; count += 1) {
      await keep(news(subject, 'delivered'), news(subject, 'read'));
      await query('UPDATE receipt SET due_at = clock_timestamp()');
      await Promise.all([receipts.applyDue(100), other.applyDue(100), receipts.applyDue(1)]);
    }
    expect((await toldOf(notificationId)).sort()).toEqual(['receipt delivered', 'receipt read']);
  });

  test('leads to the same state in any order, split in any way', async () => {
    const anyReceipts = fc.array(fc.constantFrom(...receiptKinds), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(anyReceipts, fc.array(fc.boolean(), { maxLength: 6 }), async (all, cuts) => {
        const { id, subject } = await sentMessage('ana');
        for (const [place, kind] of all.entries()) {
          await keep(news(subject.replace(/^.*$/, `message:${id}`), kind));
          if (cuts[place]) await apply();
        }
        await apply();
        const [row] = await query(
          'SELECT state, delivered_at, read_at FROM message WHERE id = $1',
          [id],
        );
        const state = all.reduce(afterReceipt, 'sent' as const);
        expect(row.state).toBe(state);
        expect(row.read_at !== null).toBe(state === 'read');
        expect(row.delivered_at !== null).toBe(['delivered', 'read'].includes(state));
      }),
      { numRuns: 30 },
    );
  });
});

describe('what arrived', () => {
  test('stops the channels that were to follow', async () => {
    const { id, notificationId, subject } = await sentMessage();
    await query(
      `INSERT INTO message (id, notification_id, rung, channel, address, template_version_id)
       SELECT gen_random_uuid(), notification_id, 1, 'email', '{"channel": "email"}', id
       FROM message WHERE id = $1`,
      [id],
    );
    await query('UPDATE message SET advance_at = clock_timestamp() WHERE id = $1', [id]);
    await apply(news(subject, 'delivered'));
    expect(await statesOf(notificationId)).toEqual([
      'delivered',
      'whatsapp delivered',
      'email canceled',
    ]);
    const [later] = await query('SELECT state_reason FROM message WHERE rung = 1');
    expect(later.state_reason).toBe('earlier_rung_arrived');
    const [first] = await query('SELECT advance_at FROM message WHERE rung = 0');
    expect(first.advance_at).toBeNull();
  });

  test('and was to be read lets them follow until it is', async () => {
    const { id, subject } = await sentMessage();
    await query(
      `UPDATE message SET advance_at = clock_timestamp(), advance_until = 'read' WHERE id = $1`,
      [id],
    );
    await apply(news(subject, 'delivered'));
    expect((await query('SELECT advance_at FROM message'))[0].advance_at).not.toBeNull();
    await apply(news(subject, 'read'));
    expect((await query('SELECT advance_at FROM message'))[0].advance_at).toBeNull();
  });
});

describe('what came back', () => {
  test('is bounced, and the next channel follows at once', async () => {
    const { notificationId, subject } = await sentMessage();
    await apply(news(subject, 'bounced', { code: 'whatsapp_error' }));
    const [state, first, ...next] = await statesOf(notificationId);
    expect([state, first]).toEqual(['in_progress', 'whatsapp bounced']);
    expect(next.length).toBeGreaterThan(0);
    expect(woken).toHaveLength(next.length);
    expect(await toldOf(notificationId)).toEqual(['receipt bounced', 'next_rung']);
    await apply(news(subject, 'delivered'));
    const [again, , ...stopped] = await statesOf(notificationId);
    expect(again).toBe('delivered');
    expect(stopped.every((said) => said.endsWith('canceled'))).toBe(true);
  });

  test('from the last channel ends among the dead letters', async () => {
    const { notificationId, id } = await sentMessage('ana');
    await apply(news(`message:${id}`, 'bounced'));
    expect(await statesOf(notificationId)).toEqual(['failed', 'email bounced']);
    expect(await query('SELECT id, cause, detail FROM dead_letter')).toEqual([
      { id: notificationId, cause: 'bounced', detail: 'email: mail_5_1_1' },
    ]);
  });

  test('from two devices at once ends among the dead letters once', async () => {
    const { notificationId, id } = await sentMessage('ana');
    const [{ id: twin }] = await query(
      `INSERT INTO message (id, notification_id, rung, channel, address, template_version_id, state)
       SELECT gen_random_uuid(), notification_id, rung, channel, address, template_version_id, state
       FROM message WHERE id = $1 RETURNING id`,
      [id],
    );
    await apply(news(`message:${id}`, 'bounced'), news(`message:${twin}`, 'bounced'));
    expect(await statesOf(notificationId)).toEqual(['failed', 'email bounced', 'email bounced']);
    expect(await query('SELECT id FROM dead_letter')).toEqual([{ id: notificationId }]);
    expect(await toldOf(notificationId)).toEqual(['receipt bounced', 'receipt bounced', 'ended']);
  });

  test('for a wrong address leaves that address out from then on', async () => {
    const one = await sentMessage('ana');
    await apply(news(`message:${one.id}`, 'bounced'));
    expect(await query('SELECT FROM suppressed_address')).toEqual([]);
    const other = await sentMessage('ana');
    await apply(news(`message:${other.id}`, 'bounced', { addressIsWrong: true }));
    expect(await query('SELECT channel, address, reason FROM suppressed_address')).toEqual([
      { channel: 'email', address: 'ana@example.com', reason: 'mail_5_1_1' },
    ]);
  });

  test('after its notification was canceled wakes nobody', async () => {
    const { notificationId, id } = await sentMessage();
    await query(`UPDATE notification SET state = 'in_progress' WHERE id = $1`, [notificationId]);
    await query(`UPDATE notification SET state = 'canceled' WHERE id = $1`, [notificationId]);
    await apply(news(`message:${id}`, 'bounced'));
    expect(await statesOf(notificationId)).toEqual(['canceled', 'whatsapp bounced']);
    expect(woken).toEqual([]);
  });

  test('late is told, and nothing else', async () => {
    const { notificationId, id } = await sentMessage('ana');
    await apply(news(`message:${id}`, 'delayed'));
    expect(await statesOf(notificationId)).toEqual(['sent', 'email sent']);
    expect(await toldOf(notificationId)).toEqual(['receipt delayed']);
  });
});
