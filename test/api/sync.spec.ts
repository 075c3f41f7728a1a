import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type { SyncReceipt, TaskStatusView } from '#contracts/http/sync.dto.js';
import { IdHashes } from '#infrastructure/persistence/erasure/id-hashes.js';
import { RunSyncTask } from '#infrastructure/persistence/sync/run-sync-task.js';
import { SyncTasks } from '#infrastructure/persistence/sync/sync-tasks.js';
import { haval, luz } from './core-records.js';
import {
  bodyOf,
  dispatchPath,
  exampleEvent,
  post,
  startTestApi,
  type TestApi,
} from './start-test-api.js';

const secret = 'the-secret-of-the-core-system-0001';
const internal = { 'x-internal-secret': secret };
const base = '/api/internal/v1';
const nobody = '0190aaaa-0000-7000-8000-0000000000ff';

let api: TestApi;
let runner: RunSyncTask;
beforeAll(async () => {
  api = await startTestApi({ API_AUTH: 'off', INTERNAL_API_SECRET_KEY: secret });
  const { dataSource } = api;
  runner = new RunSyncTask(
    dataSource,
    new SyncTasks(dataSource),
    { wake: () => undefined },
    new IdHashes([]),
    () => 0,
  );
});
afterAll(() => api.close());
beforeEach(() => api.dataSource.query('DELETE FROM sync_task; DELETE FROM source_record'));

const send = (things: string, body: unknown, headers: Record<string, string> = internal) =>
  post(`${api.url}${base}/${things}/sync/`, body, headers);
const tasks = () => api.dataSource.query('SELECT * FROM sync_task');
async function faultsOf(answer: Promise<Response>): Promise<string[]> {
  const { status, errors } = await bodyOf<ProblemView>(await answer);
  expect(status).toBe(400);
  return Object.keys(errors ?? {});
}
/** Sends what must be accepted, and works on it. */
async function apply(things: string, body: unknown): Promise<TaskStatusView> {
  const answer = await send(things, body);
  const { task_id: id } = await bodyOf<SyncReceipt>(answer);
  expect(answer.status).toBe(202);
  await runner.execute(id);
  return statusOf(id);
}
async function statusOf(id: string): Promise<TaskStatusView> {
  const answer = await fetch(`${api.url}${base}/tasks/${id}/status/`, { headers: internal });
  expect(answer.status).toBe(200);
  return bodyOf<TaskStatusView>(answer);
}

describe('POST customers/sync/ and vehicles/sync/', () => {
  test('202 for one record, which is then as the record says', async () => {
    expect(await apply('customers', luz)).toMatchObject({
      status: 'SUCCESS',
      result: { records: 1, applied: 1, unchanged: 0 },
      error: null,
      attempts: 1,
    });
    expect(await apply('vehicles', haval)).toMatchObject({ status: 'SUCCESS' });
    const [row] = await api.dataSource.query(`
      SELECT c.name, c.email, c.phone, t.slug, v.plate, v.year, o.km, o.read_on::text
      FROM customer c JOIN taller t ON t.id = c.taller_id JOIN vehicle v ON v.customer_id = c.id
      JOIN odometer_reading o ON o.vehicle_id = v.id WHERE c.id = 'luz'`);
    expect(row).toEqual({
      name: 'Luz Andrade',
      email: 'luz@example.com',
      phone: '+593991234567',
      slug: 'taller-norte',
      plate: 'ABC-123',
      year: 2024,
      km: 9120,
      read_on: '2026-01-20',
    });
    const preferences = await api.dataSource.query(`SELECT channel, enabled, priority
      FROM customer_preference WHERE customer_id = 'luz' ORDER BY channel`);
    expect(preferences).toEqual([
      { channel: 'email', enabled: true, priority: 2 },
      { channel: 'push', enabled: false, priority: null },
    ]);
  });

  test('202 for an old record of somebody who was erased, and its status says what became of it', async () => {
    const zoe = { ...luz, customer_id: 'zoe', email: 'zoe@example.com', phone: null };
    await apply('customers', zoe);
    const erased = await post(`${api.url}/api/v1/notifications/customers/zoe/erase/`, {});
    expect(erased.status).toBe(200);
    expect(await apply('customers', [zoe, { ...luz, customer_id: 'ida' }])).toMatchObject({
      status: 'SUCCESS',
      result: { records: 2, applied: 1, unchanged: 0, ignored: 1 },
      error: null,
    });
    const soon = new Date(Date.now() + 60_000).toISOString();
    expect(await apply('customers', { ...zoe, updated_at: soon })).toMatchObject({
      result: { applied: 1, ignored: 0 },
    });
  });

  test('202 for a list, and a deletion needs no more than id and version', async () => {
    await apply('customers', [luz, { customer_id: 'eva', name: 'Eva', version: 3 }]);
    expect(
      await apply('customers', [{ customer_id: 'eva', version: 4, deleted: true }]),
    ).toMatchObject({ status: 'SUCCESS', result: { applied: 1 } });
    const ids = await api.dataSource.query(`SELECT id FROM customer WHERE id IN ('luz', 'eva')`);
    expect(ids).toEqual([{ id: 'luz' }]);
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['customers', 'customer_id', { customer_id: '' }],
    ['customers', 'customer_id', { customer_id: undefined }],
    ['customers', 'name', { name: undefined }],
    ['customers', 'name', { name: ' ' }],
    ['customers', 'email', { email: 'nonsense' }],
    ['customers', 'phone', { phone: '12' }],
    ['customers', 'taller_id', { taller_id: 'taller-nowhere' }],
    ['customers', 'preferences.push.priority', { preferences: { push: { priority: 0 } } }],
    ['customers', 'version', { updated_at: undefined }],
    ['customers', 'version', { version: 1.5 }],
    ['customers', 'updated_at', { updated_at: '2026-01-20T14:30:00' }],
    ['customers', 'deleted', { deleted: 'yes' }],
    ['customers', 'no_such_member', { no_such_member: 1 }],
    ['vehicles', 'vehicle_id', { vehicle_id: '..' }],
    ['vehicles', 'customer_id', { customer_id: undefined }],
    ['vehicles', 'plate', { plate: '--' }],
    ['vehicles', 'make', { make: undefined }],
    ['vehicles', 'km', { km: -1 }],
  ])(
    '400 for %s names %s by its place, and nothing is accepted',
    async (things, member, change) => {
      const good = things === 'customers' ? luz : haval;
      expect(await faultsOf(send(things, { ...good, ...change }))).toEqual([member]);
      const list = [good, good, good, { ...good, ...change }];
      expect(await faultsOf(send(things, list))).toEqual([`3.${member}`]);
      expect(await tasks()).toEqual([]);
    },
  );

  test('400 names the faults of all records, and what is no record at all', async () => {
    const list = [{ ...luz, email: 'x', phone: 'y' }, 7, { ...luz, name: undefined }];
    expect((await faultsOf(send('customers', list))).sort()).toEqual([
      '0.email',
      '0.phone',
      '1',
      '2.name',
    ]);
    for (const body of [[], '"text"', Array(1001).fill(7)]) {
      expect(await faultsOf(send('customers', body))).toEqual(['body']);
    }
    expect(await tasks()).toEqual([]);
  });

  test('401 without the secret, or with another', async () => {
    const wrong: Record<string, string>[] = [{}, { 'x-internal-secret': 'x'.repeat(34) }];
    for (const headers of wrong) {
      expect((await send('customers', luz, headers)).status).toBe(401);
      expect((await send('vehicles', haval, headers)).status).toBe(401);
      const target = `${api.url}${base}/tasks/${nobody}/status/`;
      expect((await fetch(target, { headers })).status).toBe(401);
    }
    expect(await tasks()).toEqual([]);
  });

  test('a repeat under its idempotency key is the same task; with other records a 422', async () => {
    const headers = { ...internal, 'idempotency-key': 'sync-1' };
    const first = await bodyOf(await send('customers', luz, headers));
    const again = await send('customers', luz, headers);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await bodyOf(again)).toEqual(first);
    expect((await send('customers', { ...luz, name: 'Other' }, headers)).status).toBe(422);
    expect(await tasks()).toHaveLength(1);
  });

  test('a thousand records are taken at once', async () => {
    const people = Array.from({ length: 1000 }, (_, index) => ({
      customer_id: `core-${index}`,
      name: `Zoraida Quishpe ${index}`,
      email: `zoraida.${index}@example.com`,
      phone: `+59399${String(1_000_000 + index)}`,
      version: 1,
    }));
    const cars = people.map(({ customer_id }, index) => ({
      vehicle_id: `car-${index}`,
      customer_id,
      plate: `PBA${index}`,
      make: 'Haval',
      model: 'H6',
      year: 2024,
      version: 1,
    }));
    for (const [things, records] of Object.entries({ customers: people, vehicles: cars })) {
      const startedMs = performance.now();
      const answer = await send(things, records);
      const acceptedMs = performance.now();
      const { task_id: id } = await bodyOf<SyncReceipt>(answer);
      expect(answer.status).toBe(202);
      await runner.execute(id);
      const appliedMs = performance.now();
      process.stdout.write(
        `1,000 ${things}: accepted in ${Math.round(acceptedMs - startedMs)} ms, ` +
          `applied in ${Math.round(appliedMs - acceptedMs)} ms\n`,
      );
      expect((await statusOf(id)).result).toMatchObject({ applied: 1000 });
    }
  });
});

describe('GET tasks/{task_id}/status/', () => {
  test('follows a task from PENDING to its end', async () => {
    const { task_id: id } = await bodyOf<SyncReceipt>(
      await send('vehicles', { ...haval, customer_id: 'not-yet' }),
    );
    expect(await statusOf(id)).toEqual({
      task_id: id,
      status: 'PENDING',
      result: null,
      error: null,
      attempts: 0,
      created_at: expect.any(String),
      ended_at: null,
    });
    await runner.execute(id);
    expect(await statusOf(id)).toMatchObject({
      status: 'RETRY',
      error: 'customer_missing: 1 vehicle waits for its customer',
      attempts: 1,
    });
    for (let attempt = 2; attempt <= 5; attempt += 1) {
      await api.dataSource.query('UPDATE sync_task SET due_at = now()');
      await runner.execute(id);
    }
    expect(await statusOf(id)).toMatchObject({
      status: 'FAILURE',
      result: { records: 1, applied: 0, unchanged: 0 },
      attempts: 5,
      ended_at: expect.any(String),
    });
  });

  test('tells of the task_id of a dispatch in the same words', async () => {
    const answer = await post(`${api.url}${dispatchPath}`, exampleEvent());
    const receipt = await bodyOf<{
      event_id: string;
      notifications: { task_id: string; notification_id: string }[];
    }>(answer);
    const [{ task_id: id = '', notification_id = '' } = {}] = receipt.notifications;
    const becomes = (state: string, message: string) =>
      api.dataSource.query(
        `WITH m AS (UPDATE message SET ${message} WHERE id = $1)
         UPDATE notification SET ${state} WHERE id = $2`,
        [id, notification_id],
      );
    expect(await statusOf(id)).toMatchObject({ task_id: id, status: 'PENDING', attempts: 0 });
    await becomes(`state = 'in_progress'`, `state = 'sending', attempts = 1`);
    expect(await statusOf(id)).toMatchObject({ status: 'STARTED', attempts: 1, result: null });
    await becomes(`state = 'in_progress'`, `state = 'queued'`);
    expect(await statusOf(id)).toMatchObject({ status: 'RETRY' });
    await becomes(`state = 'sent', ended_at = now()`, `state = 'sent', attempts = 2`);
    expect(await statusOf(id)).toMatchObject({
      status: 'SUCCESS',
      attempts: 2,
      error: null,
      result: { event_id: receipt.event_id, notification_id, state: 'sent' },
    });
    await becomes(`state = 'failed', state_reason = 'bounced'`, `state = 'bounced'`);
    expect(await statusOf(id)).toMatchObject({
      status: 'FAILURE',
      error: 'failed: bounced',
    });
  });

  test('404 for one that there is not, 400 for what is no id', async () => {
    const get = (id: string) =>
      fetch(`${api.url}${base}/tasks/${id}/status/`, { headers: internal });
    expect((await get(nobody)).status).toBe(404);
    expect((await get('nonsense')).status).toBe(400);
  });
});
