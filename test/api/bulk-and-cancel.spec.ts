import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BulkDispatchAnswer } from '#contracts/http/bulk-dispatch.dto.js';
import type { CancelReceipt } from '#contracts/http/cancel.dto.js';
import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import {
  bodyOf,
  dispatchPath,
  exampleEvent,
  post,
  startTestApi,
  type TestApi,
} from './start-test-api.js';

const north = '0190aaaa-0000-7000-8000-000000000001';
const eventsPath = '/api/v1/notifications/events/';
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const count = async (table: string) =>
  (await api.dataSource.query(`SELECT count(*)::int AS count FROM ${table}`))[0].count;

describe('POST events/dispatch/bulk', () => {
  async function send(events: unknown, headers: Record<string, string> = {}) {
    const answer = await post(`${api.url}${dispatchPath}bulk/`, { events }, headers);
    const replayed = answer.headers.get('idempotency-replayed');
    return { status: answer.status, replayed, body: await bodyOf<BulkDispatchAnswer>(answer) };
  }

  test('200 answers each event on its own, in order, and commits those that are good', async () => {
    const before = await count('event');
    const { status, body } = await send([
      exampleEvent(),
      exampleEvent({ customer_id: 'nobody' }),
      exampleEvent({ phase_id: 7, surprise: true }),
      'not an event',
      exampleEvent({ dry_run: true }),
      exampleEvent({ target: 'clients', vehicle_id: 'vehicle-001' }),
    ]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ accepted: 2, refused: 4 });
    expect(
      body.results.map(({ index, status: each, problem }) => [index, each, problem?.code]),
    ).toEqual([
      [0, 202, undefined],
      [1, 400, 'unknown_customer'],
      [2, 400, 'validation_failed'],
      [3, 400, 'validation_failed'],
      [4, 400, 'validation_failed'],
      [5, 202, undefined],
    ]);
    expect(Object.keys(body.results[2]?.problem?.errors ?? {}).sort()).toEqual([
      'phase_id',
      'surprise',
    ]);
    expect(await count('event')).toBe(before + 2);
  });

  test('a repeat under its key sends none twice, and tells a changed event alone', async () => {
    const headers = { 'idempotency-key': 'bulk-1' };
    const first = await send([exampleEvent(), exampleEvent()], headers);
    const before = await count('event');
    const same = await send([exampleEvent(), exampleEvent()], headers);
    expect([first.replayed, same.replayed]).toEqual([null, 'true']);
    const again = await send([exampleEvent(), exampleEvent({ priority: 'high' })], headers);
    expect(await count('event')).toBe(before);
    expect(again.body.results[0]).toEqual({ ...first.body.results[0], replayed: true });
    expect(again.body.results[1]).toMatchObject({
      status: 422,
      problem: { code: 'idempotency_key_reused' },
    });
  });

  test('500 events are taken; 501, none, and what is no list are a 400', async () => {
    const small = exampleEvent({
      vehicle_id: 'vehicle-001',
      context: { fecha: 'hoy', hora: '10:00' },
    });
    const { body } = await send(Array.from({ length: 500 }, () => small));
    expect(body).toMatchObject({ accepted: 500, refused: 0 });
    for (const events of [Array.from({ length: 501 }, () => ({})), [], { 0: small }, null]) {
      const { status, body: problem } = await send(events);
      expect({ status, problem }).toMatchObject({
        status: 400,
        problem: { errors: { events: expect.any(Array) } },
      });
    }
  });
});

describe('POST events/{id}/cancel', () => {
  async function dispatched(changes: Record<string, unknown> = {}): Promise<string> {
    const answer = await post(`${api.url}${dispatchPath}`, exampleEvent(changes));
    return (await bodyOf<DispatchReceipt>(answer)).event_id;
  }
  async function cancel(id: string, headers: Record<string, string> = {}) {
    const answer = await fetch(`${api.url}${eventsPath}${id}/cancel/`, { method: 'POST', headers });
    return { status: answer.status, body: await bodyOf<CancelReceipt>(answer) };
  }
  const statesOf = (id: string) =>
    api.dataSource.query(
      `SELECT n.state AS notification, m.state AS message
       FROM notification n JOIN message m ON m.notification_id = n.id WHERE n.event_id = $1`,
      [id],
    );

  test('200 stops what has not left, once, and the timeline says so', async () => {
    const id = await dispatched({ scheduled_for: '2090-01-01T08:00:00-05:00' });
    expect((await cancel(id)).body.notifications).toMatchObject([
      { state: 'canceled', canceled: true },
    ]);
    expect(await statesOf(id)).toEqual([{ notification: 'canceled', message: 'canceled' }]);
    expect((await cancel(id)).body.notifications).toMatchObject([
      { state: 'canceled', canceled: false },
    ]);
    const ends = await api.dataSource.query(
      `SELECT t.data FROM timeline t JOIN notification n ON n.id = t.notification_id
       WHERE n.event_id = $1 AND t.kind = 'ended'`,
      [id],
    );
    expect(ends).toEqual([{ data: { state: 'canceled' } }]);
  });

  test('a message that is just being sent is left alone, and what was sent stays sent', async () => {
    const [sending, sent] = [await dispatched(), await dispatched()];
    const mark = (id: string, message: string, notification: string) =>
      api.dataSource.query(
        `WITH n AS (UPDATE notification SET state = $3 WHERE event_id = $1 RETURNING id)
         UPDATE message SET state = $2 WHERE notification_id IN (SELECT id FROM n)`,
        [id, message, notification],
      );
    await mark(sending, 'sending', 'in_progress');
    await mark(sent, 'sent', 'sent');
    await cancel(sending);
    expect(await statesOf(sending)).toEqual([{ notification: 'canceled', message: 'sending' }]);
    expect((await cancel(sent)).body.notifications).toMatchObject([
      { state: 'sent', canceled: false },
    ]);
  });

  test('a repeat under its key is told the first answer', async () => {
    const id = await dispatched({ scheduled_for: '2090-01-01T08:00:00-05:00' });
    const first = await cancel(id, { 'idempotency-key': 'stop-1' });
    expect(await cancel(id, { 'idempotency-key': 'stop-1' })).toEqual(first);
  });

  test('404 for an event that there is not, and for one of another workshop', async () => {
    expect((await cancel('0190ffff-0000-7000-8000-000000000000')).status).toBe(404);
    const strict = await startTestApi({});
    try {
      const { key } = await createApiKey(strict.dataSource, {
        name: 'norte',
        scopes: ['dispatch'],
        tallerId: north,
      });
      const all = await createApiKey(strict.dataSource, { name: 'all', scopes: ['dispatch'] });
      const answer = await post(`${strict.url}${dispatchPath}`, exampleEvent(), {
        'x-api-key': all.key,
      });
      const { event_id } = await bodyOf<DispatchReceipt>(answer);
      const foreign = await fetch(`${strict.url}${eventsPath}${event_id}/cancel/`, {
        method: 'POST',
        headers: { 'x-api-key': key },
      });
      expect(foreign.status).toBe(404);
    } finally {
      await strict.close();
    }
  });
});
