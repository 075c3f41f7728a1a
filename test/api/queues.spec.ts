import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HouseChannelsView } from '#contracts/http/house-channels.dto.js';
import type { QueueName, QueuesView } from '#contracts/http/queues.dto.js';
import type { SchedulePage } from '#contracts/http/schedules.dto.js';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import { addDeadLetter } from './dead-letter.js';
import { callerWithKey, type JsonCaller, jsonCaller } from './json-caller.js';
import { northId } from './resources/resource-case.js';
import { dispatchPath, exampleEvent, startTestApi, type TestApi } from './start-test-api.js';

let api: TestApi;
let admin: JsonCaller;
let adminKey: Record<string, string>;
let north: JsonCaller;

beforeAll(async () => {
  api = await startTestApi({
    API_AUTH: 'keys',
    EMAIL_HOST: '127.0.0.1',
    EMAIL_PORT: '1',
    EMAIL_HOST_USER: 'avisos',
    EMAIL_HOST_PASSWORD: 'clave de la casa',
  });
  const { key } = await createApiKey(api.dataSource, { name: 'admin', scopes: ['admin'] });
  adminKey = { 'x-api-key': key };
  admin = jsonCaller(api, adminKey);
  ({ call: north } = await callerWithKey(api, ['admin'], northId));
});
afterAll(() => api.close());

const query = (sql: string, parameters?: unknown[]) => api.dataSource.query(sql, parameters);

async function queueOf(call: JsonCaller, name: QueueName) {
  const { body } = await call<QueuesView>('GET', '/api/v1/notifications/queues/');
  return body.queues.find((queue) => queue.name === name);
}

describe('the queues', () => {
  test('tell apart what is due, under way, for later, held, and failed for good', async () => {
    for (const taller_id of [northId, null, null, null]) {
      await admin('POST', dispatchPath, exampleEvent({ taller_id }));
    }
    const ids: { id: string; channel: string }[] = await query(
      'SELECT id, channel FROM message ORDER BY taller_id, id',
    );
    const [{ channel } = { channel: '' }] = ids;
    const [, active, later, held] = ids.map(({ id }) => id);
    await query(`UPDATE message SET state = 'sending' WHERE id = $1`, [active]);
    await query(`UPDATE message SET due_at = now() + interval '1 hour' WHERE id = $1`, [later]);
    await query(`UPDATE message SET held_by = 'whatsapp:house' WHERE id = $1`, [held]);
    await addDeadLetter(api, adminKey);
    const name = channel === 'whatsapp' ? 'whatsapp' : 'email';
    expect(await queueOf(admin, name)).toMatchObject({
      waiting: 1,
      active: 1,
      delayed: 1,
      held: 1,
      failed: 1,
      oldest_waiting_since: expect.any(String),
      workers: 0,
    });
    expect(await queueOf(north, name)).toMatchObject({ waiting: 1, active: 0, failed: 0 });
  });

  test('name every queue, those where nothing waits as well', async () => {
    const { body } = await admin<QueuesView>('GET', '/api/v1/notifications/queues/');
    expect(body.queues.map(({ name }) => name)).toEqual(['email', 'whatsapp', 'push', 'sync']);
    expect(body.scheduler_seen_at).toBeNull();
  });
});

describe('the schedules', () => {
  test('tell when they come next, and how they went last and before', async () => {
    await query(`
      INSERT INTO schedule_run (schedule_name, due_at, state, result, ended_at) VALUES
        ('retry_failed_notifications', '2026-11-22T12:00:00Z', 'done', '{"put_back": 3}', now()),
        ('retry_failed_notifications', '2026-11-22T12:15:00Z', 'failed', '{"error": "x"}', now())`);
    const { body } = await admin<SchedulePage>('GET', '/api/v1/notifications/schedules/');
    const retry = body.results.find(({ name }) => name === 'retry_failed_notifications');
    expect(retry).toMatchObject({
      cron: '*/15 * * * *',
      is_active: true,
      last_run: { due_at: '2026-11-22T12:15:00.000Z', state: 'failed', result: { error: 'x' } },
      earlier_runs: [{ due_at: '2026-11-22T12:00:00.000Z', state: 'done', tries: 1 }],
    });
    const [first = '', second = ''] = retry?.next_runs ?? [];
    expect(Date.parse(second) - Date.parse(first)).toBe(15 * 60_000);
    expect(new Date(first).getUTCMinutes() % 15).toBe(0);
  });

  test('have no next time where they are switched off', async () => {
    await query(`UPDATE schedule SET is_active = false WHERE name = 'forget_receipts'`);
    const { body } = await admin<SchedulePage>('GET', '/api/v1/notifications/schedules/');
    const off = body.results.find(({ name }) => name === 'forget_receipts');
    expect(off).toMatchObject({ is_active: false, next_runs: [], last_run: null });
  });
});

describe("the service's own senders", () => {
  const path = '/api/v1/notifications/channels/';

  test('are told without their secrets', async () => {
    const { body } = await admin<HouseChannelsView>('GET', path);
    expect(body).toMatchObject({
      email: { host: '127.0.0.1', port: 1, user: 'avisos', password_set: true },
      whatsapp: null,
      push: null,
    });
    expect(JSON.stringify(body)).not.toContain('clave de la casa');
  });

  test.each(['email', 'whatsapp', 'push'])(
    'are asked, and %s says that it is not well',
    async (channel) => {
      const { status, body } = await admin('POST', `${path}${channel}/test/`);
      expect([status, body]).toMatchObject([200, { healthy: false }]);
    },
  );

  test('are not those of one workshop, and there is no other channel', async () => {
    expect((await north('GET', path)).status).toBe(403);
    expect((await north('POST', `${path}email/test/`)).status).toBe(403);
    expect((await admin('POST', `${path}fax/test/`)).status).toBe(404);
  });
});
