import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { webhookReader } from '../../channels/read-webhook.js';
import { findInDatabase } from '../../testing/find-in-database.js';
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
} from '../../testing/seeded-database.js';
import { Receipts } from '../receipts/receipts.js';
import { ReceivedWebhooks } from '../receipts/received-webhooks.js';
import { Erasures } from './erasures.js';
import { IdHashes } from './id-hashes.js';

let database: SeededDatabase;
let process: TestProcess;
let erasures: Erasures;

beforeAll(async () => {
  database = await openSeededDatabase();
  process = aProcess(database.dataSource, ['jefe@example.com']);
  erasures = new Erasures(database.dataSource, new IdHashes(['k'.repeat(32)]));
});
afterAll(() => database.close());
beforeEach(async () => {
  await query(`TRUNCATE event, notification, message, timeline, receipt, idempotency_key, erasure,
    suppressed_address, push_subscription, customer, sync_task, source_record, erased_record
    CASCADE`);
  await query(people);
});

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
const begin = async (customerId = 'carlos', scope: string | null = null) => {
  const begun = await database.dataSource.transaction((manager) =>
    erasures.begin(manager, scope, customerId),
  );
  return begun?.id ?? '';
};
const erase = async (customerId = 'carlos') => erasures.finish(await begin(customerId));
/** As if it had been asked for a while ago. */
const age = () => query(`UPDATE erasure SET requested_at = requested_at - interval '10 seconds'`);
const carlos = ['carlos', 'mendoza', '990000001', 'ABC123', 'push.example.com'];
const whereCarlosIs = () => findInDatabase(database.dataSource, carlos);

describe('a person who is erased', () => {
  test('is named nowhere any more, and what happened is still counted', async () => {
    const [sent] = await acceptAndClaim(process, { businessKey: 'cita de Carlos' });
    if (sent) await process.ledger.record(ended(sent, 'sent'));
    const [failing] = await acceptAndClaim(process, { vehicleId: 'vehicle-carlos' });
    if (failing) {
      const detail = 'no WhatsApp at +593990000001, Carlos Mendoza';
      await process.ledger.record(
        ended(failing, 'next_rung', {
          outcome: { kind: 'permanent_recipient', code: 'not_on_whatsapp', detail },
        }),
      );
    }
    await accept(process, { target: 'staff' }, aClaim('carlos-1'));
    expect(await whereCarlosIs()).not.toEqual([]);

    const state = await erase();

    expect(await whereCarlosIs()).toEqual([]);
    expect(state).toMatchObject({ events: 3, canceled: 2, erasedAt: expect.any(Date) });
    expect(await query('SELECT customer_id, event_type, context FROM event')).toEqual(
      Array.from({ length: 3 }, () => ({
        customer_id: state.pseudonym,
        event_type: 'appointment_scheduled',
        context: {},
      })),
    );
    expect(
      await query(`SELECT state, count(*)::int FROM notification GROUP BY 1 ORDER BY 1`),
    ).toEqual([
      { state: 'canceled', count: 2 },
      { state: 'sent', count: 1 },
    ]);
    const codes = await query(`SELECT data->>'code' AS code FROM timeline WHERE data ? 'code'`);
    expect(codes).toEqual([{ code: 'not_on_whatsapp' }]);
  });

  test('gets nothing that was on its way, and a late answer of a provider writes nothing', async () => {
    const [claimed] = await acceptAndClaim(process);
    await accept(process);
    await erase();
    expect(await query('SELECT DISTINCT state FROM message')).toEqual([{ state: 'canceled' }]);
    if (!claimed) throw new Error('nothing was claimed');
    for (const kind of ['sent', 'retry', 'next_rung'] as const) {
      const detail = 'unknown: +593990000001';
      const outcome = { kind: 'permanent_recipient', code: 'gone', detail } as const;
      await process.ledger.record(ended(claimed, kind, kind === 'sent' ? {} : { outcome }));
    }
    expect(await whereCarlosIs()).toEqual([]);
    expect(await query('SELECT DISTINCT state FROM message')).toEqual([{ state: 'canceled' }]);
  });

  test('is named by no receipt, be it there already or still to come', async () => {
    const [message] = await acceptAndClaim(process);
    if (!message) throw new Error('nothing was claimed');
    await process.ledger.record(ended(message, 'sent'));
    const say = (kind: string) =>
      query(
        `INSERT INTO receipt (subject, kind, code, detail)
         VALUES ('message:' || $1, $2, '5.1.1', 'unknown: +593990000001 <carlos@example.com>')`,
        [message.id, kind],
      );
    await say('delayed');
    await erase();
    expect(await whereCarlosIs()).toEqual([]);
    await say('bounced');
    expect(await new Receipts(database.dataSource, { wake: () => undefined }).applyDue(10)).toBe(1);
    expect(await whereCarlosIs()).toEqual([]);
    const told = await query(`SELECT data FROM timeline WHERE kind = 'receipt'`);
    expect(told).toEqual([{ data: { receipt: 'bounced', code: '5.1.1' } }]);
  });

  test('is in no webhook that nobody could read', async () => {
    await query('TRUNCATE received_webhook, dead_letter');
    const webhooks = new ReceivedWebhooks(database.dataSource);
    await webhooks.keep('evolution', Buffer.from('to 593990000001@s.whatsapp.net'));
    await webhooks.apply(1, webhookReader(null));
    await webhooks.keep('evolution', Buffer.from('too late: 593990000001'));
    await erase();
    const [letter] = await query('SELECT refusal FROM dead_letter');
    expect(letter).toEqual({ refusal: 'nothing_left' });
    const later = await webhooks.keep('evolution', Buffer.from('of somebody else'));
    await webhooks.apply(2, webhookReader(null));
    expect(await query('SELECT id FROM received_webhook WHERE body IS NOT NULL')).toEqual([
      { id: later },
    ]);
  });

  test('leaves others as they are, an address that both have among it', async () => {
    await query(`
      INSERT INTO customer (id, name, email, phone)
        VALUES ('familia', 'Rosa', 'carlos@example.com', NULL), ('carlos-2', 'Otro', NULL, NULL);
      INSERT INTO suppressed_address (channel, address, reason, until) VALUES
        ('email', 'carlos@example.com', 'smtp_550', 'infinity'),
        ('whatsapp', '+593990000001', 'gone', 'infinity')`);
    await accept(process, { customerId: 'ana' }, aClaim('ana-1'));
    const others = () =>
      query(`SELECT e.customer_id, e.context, n.recipient_name, n.ladder, m.address, k.response
        FROM event e JOIN notification n ON n.event_id = e.id
        JOIN message m ON m.notification_id = n.id JOIN idempotency_key k ON k.event_id = e.id`);
    const before = await others();
    expect(before).toHaveLength(1);
    await erase();
    expect(await others()).toEqual(before);
    expect(await query('SELECT address FROM suppressed_address')).toEqual([
      { address: 'carlos@example.com' },
    ]);
    expect(await query(`SELECT id FROM customer ORDER BY id`)).toEqual(
      ['ana', 'carlos-2', 'familia', 'mudo'].map((id) => ({ id })),
    );
  });

  test('is forgotten by what the core system said and what of it still waits', async () => {
    const record = (id: string, body: object) => ({ id, version: '7', body });
    const tasks = [
      ['running', [record('carlos', { name: 'Carlos' }), record('ana', { name: 'Ana' })]],
      ['queued', [record('carlos', { name: 'Carlos' })]],
      ['queued', [record('ana', { name: 'Ana' })]],
    ] as const;
    for (const [state, payload] of tasks) {
      await query(
        `INSERT INTO sync_task (id, kind, payload, records, state, error, waiting_for)
         VALUES (gen_random_uuid(), 'customers', $1, 2, $2, 'of carlos', '{carlos,ana}')`,
        [JSON.stringify(payload), state],
      );
    }
    await query(`UPDATE sync_task SET error = NULL, waiting_for = NULL
      WHERE strpos(payload::text, 'carlos') = 0`);
    await query(`INSERT INTO source_record (kind, id, source_version, waiting) VALUES
      ('customer', 'carlos', 7, NULL), ('preference:email', 'carlos', 7, NULL),
      ('vehicle', 'vehicle-carlos', 7, NULL), ('vehicle', 'v9', 7, '{"customer_id": "carlos"}'),
      ('customer', 'ana', 7, NULL)`);
    await erase();
    expect(await whereCarlosIs()).toEqual([]);
    const left = await query(
      'SELECT state, jsonb_array_length(payload) AS records, fence FROM sync_task ORDER BY 2, 3',
    );
    expect(left).toEqual([
      { state: 'queued', records: 0, fence: 1 },
      { state: 'queued', records: 1, fence: 0 },
      { state: 'queued', records: 1, fence: 1 },
    ]);
    expect(await query('SELECT id FROM source_record')).toEqual([{ id: 'ana' }]);
  });
});

describe('an erasure', () => {
  test('that a process left in the middle is ended by the next', async () => {
    await accept(process, {}, aClaim('carlos-2'));
    await begin();
    expect(await query(`SELECT FROM customer WHERE id = 'carlos'`)).toEqual([]);
    expect(await whereCarlosIs()).not.toEqual([]);
    await age();
    expect(await erasures.finishOpen()).toBe(1);
    expect(await whereCarlosIs()).toEqual([]);
    expect(await erasures.finishOpen()).toBe(0);
  });

  test('of a customer whose row was deleted before scrubs what the log has kept', async () => {
    await accept(process);
    await query(`DELETE FROM customer WHERE id = 'carlos'`);
    await erase();
    expect(await whereCarlosIs()).toEqual([]);
    expect(await begin()).toBe('');
  });

  test('finds what a dispatch wrote that had read the customer just before', async () => {
    await accept(process, {}, aClaim('carlos-3'));
    const rowsOf = async (table: string) => query(`SELECT * FROM ${table}`);
    const late = { event: await rowsOf('event'), notification: await rowsOf('notification') };
    await erase();
    await query('TRUNCATE event, notification, message, timeline');
    for (const [table, rows] of Object.entries(late)) {
      await query(
        `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`,
        [JSON.stringify(rows)],
      );
    }
    expect(await whereCarlosIs()).not.toEqual([]);
    await age();
    await erasures.finishOpen();
    expect(await whereCarlosIs()).toEqual([]);
    expect(await query('SELECT customer_hash FROM erasure')).toEqual([{ customer_hash: null }]);
  });

  test('has the tables vacuumed that it touched', async () => {
    await accept(process);
    await erase();
    await age();
    await erasures.finishOpen();
    for (const table of ['customer', 'event', 'message']) {
      const [{ live, kept }] = await query(
        `SELECT (SELECT count(*)::int FROM ${table}) AS live,
           (SELECT reltuples::int FROM pg_class WHERE oid = '${table}'::regclass) AS kept`,
      );
      expect({ table, kept }).toEqual({ table, kept: live });
    }
  });

  test('asked for twice at once is one', async () => {
    await accept(process);
    const ids = await Promise.all([begin(), begin(), begin()]);
    expect(new Set(ids).size).toBe(1);
  });

  test('of somebody with thousands of events goes by small steps, and ends within the minute', async () => {
    await accept(process);
    await query(`
      INSERT INTO event SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).*
      FROM event e, generate_series(1, 3000)`);
    await query(`
      INSERT INTO notification
      SELECT (jsonb_populate_record(n, jsonb_build_object(
        'id', gen_random_uuid(), 'event_id', e.id))).* FROM notification n, event e
      WHERE e.id <> n.event_id`);
    const id = await begin();
    let steps = 0;
    const startedMs = performance.now();
    const stopped = await erasures.finish(id, () => ++steps < 5);
    expect(stopped).toMatchObject({ erasedAt: null, events: 500 });
    expect(await erasures.finish(id)).toMatchObject({ events: 3001 });
    expect(performance.now() - startedMs).toBeLessThan(60_000);
    expect(await whereCarlosIs()).toEqual([]);
  });
});
