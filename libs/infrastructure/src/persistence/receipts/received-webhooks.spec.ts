import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { webhookReader } from '../../channels/read-webhook.js';
import { openSeededDatabase, type SeededDatabase } from '../../testing/seeded-database.js';
import { replayWebhook } from '../dead-letters/dead-webhooks.js';
import { ReceivedWebhooks } from './received-webhooks.js';

let database: SeededDatabase;
let webhooks: ReceivedWebhooks;

beforeAll(async () => {
  database = await openSeededDatabase();
  webhooks = new ReceivedWebhooks(database.dataSource);
});
afterAll(() => database.close());
beforeEach(() => query('TRUNCATE received_webhook, receipt, dead_letter'));

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
const read = webhookReader(null);
const keep = (status = 'READ') =>
  webhooks.keep(
    'evolution',
    Buffer.from(JSON.stringify({ event: 'messages.update', data: { keyId: '3EB0', status } })),
  );
const letters = () => query('SELECT id, kind, cause, detail FROM dead_letter');
const makeDue = () => query(`UPDATE received_webhook SET due_at = clock_timestamp()`);

describe('a webhook', () => {
  test('whose worker died while it read is read again, and its receipts are kept once', async () => {
    await keep();
    const dying = new ReceivedWebhooks(database.dataSource);
    // It never comes to the end of its work.
    void dying.apply(10, () => new Promise(() => undefined));
    for (let attempts = 0; attempts < 1; ) {
      [{ attempts }] = await query('SELECT attempts FROM received_webhook');
    }
    expect(await webhooks.apply(10, read)).toBe(0);
    await makeDue();
    expect(await webhooks.apply(10, read)).toBe(1);
    expect(await query('SELECT subject, kind FROM receipt')).toEqual([
      { subject: 'whatsapp:3EB0', kind: 'read' },
    ]);
    expect(await query('SELECT FROM received_webhook')).toEqual([]);
  });

  test('that brought down its workers five times is not read a sixth time', async () => {
    await keep();
    await query('UPDATE received_webhook SET attempts = 5');
    expect(await webhooks.apply(10, read)).toBe(0);
    expect(await query('SELECT state, error FROM received_webhook')).toEqual([
      { state: 'unreadable', error: 'its readers died' },
    ]);
    expect(await letters()).toMatchObject([{ cause: 'readers_died', detail: 'evolution' }]);
  });

  test('that nobody can read is a dead letter, and is read again when that is asked for, once', async () => {
    const id = await webhooks.keep('evolution', Buffer.from('{'));
    expect(await webhooks.apply(10, read)).toBe(1);
    expect(await letters()).toEqual([
      { id, kind: 'webhook', cause: 'unreadable', detail: 'evolution' },
    ]);
    const { manager } = database.dataSource;
    expect(await replayWebhook(manager, id)).toMatchObject({ kind: 'replayed' });
    expect(await replayWebhook(manager, id)).toEqual({ kind: 'refused', reason: 'nothing_left' });
    const body = { event: 'messages.update', data: { keyId: '3EB0', status: 'READ' } };
    const understands = () =>
      read({ id, source: 'evolution', body: Buffer.from(JSON.stringify(body)) });
    expect(await webhooks.apply(10, understands)).toBe(1);
    expect(await query('SELECT subject FROM receipt')).toHaveLength(1);
    expect(await query('SELECT body FROM received_webhook')).toEqual([{ body: null }]);
  });

  test('is read by one of any number at once', async () => {
    await Promise.all(Array.from({ length: 40 }, () => keep()));
    const other = new ReceivedWebhooks(await database.open());
    const taken = await Promise.all(
      [webhooks, other, webhooks, other].map((one) => one.apply(30, read)),
    );
    expect(taken.reduce((sum, count) => sum + count)).toBe(40);
    expect(await query('SELECT FROM receipt')).toHaveLength(1);
  });
});
