import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ReminderPage, ReminderView } from '#contracts/http/reminders.dto.js';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import { seedId } from '#migrations/seed/seed-id.js';
import { northId, southId } from './resources/resource-case.js';
import { startTestApi, type TestApi } from './start-test-api.js';

const reminders = '/api/v1/notifications/reminders/';
const odometer = '/api/v1/notifications/vehicles/vehicle-001/odometer/';
const service = 'mantenimiento-preventivo';
let api: TestApi;
let every: string;
let north: string;
let south: string;

beforeAll(async () => {
  api = await startTestApi({ API_AUTH: 'keys' });
  const keyOf = async (tallerId: string | null) => {
    const scopes = ['read', 'write'] as const;
    return (await createApiKey(api.dataSource, { name: 'test', scopes, tallerId })).key;
  };
  [every, north, south] = [await keyOf(null), await keyOf(northId), await keyOf(southId)];
  await api.dataSource.query(`INSERT INTO vehicle (id, customer_id, plate, make, model)
    VALUES ('vehicle-norte', 'customer-norte', 'NOR001', 'MG', 'ZS')`);
});
afterAll(() => api.close());
beforeEach(() => api.dataSource.query('TRUNCATE reminder CASCADE; TRUNCATE odometer_reading'));

async function send(method: string, path: string, body?: unknown, key = every, more = {}) {
  const answer = await fetch(api.url + path, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...more,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
}
const whole = (changes = {}) => ({
  customer_id: 'customer-001',
  vehicle_id: 'vehicle-001',
  service_type_id: service,
  due_on: '2027-03-01',
  ...changes,
});
async function make(changes = {}, key = every): Promise<ReminderView> {
  const { status, body } = await send('POST', reminders, whole(changes), key);
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}
const read = async (id: string): Promise<ReminderView> =>
  (await send('GET', `${reminders}${id}/`)).body;
const record = (read_on: string, km: number) => send('POST', odometer, { read_on, km });

describe('a reminder', () => {
  test('is of a service that slug or UUID names, and answers with both', async () => {
    const bySlug = await make();
    const byId = await make({ service_type_id: seedId('service-type', service).toUpperCase() });
    for (const made of [bySlug, byId]) {
      expect(made).toMatchObject({
        service_type_id: seedId('service-type', service),
        service_type_slug: service,
        effective_due_on: '2027-03-01',
        projected_on: null,
        notices: [],
      });
    }
  });

  test('400 for another customer’s vehicle, and without a day and kilometres', async () => {
    for (const [changes, field, code] of [
      [{ vehicle_id: 'vehicle-norte' }, 'vehicle_id', 'unknown_vehicle'],
      [{ customer_id: 'customer-mute' }, 'vehicle_id', 'unknown_vehicle'],
      [{ customer_id: 'nobody' }, 'customer_id', 'unknown_customer'],
      [{ due_on: null }, 'due_on', 'validation_failed'],
      [{ due_on: null, due_km: null }, 'due_on', 'validation_failed'],
    ] as const) {
      const { status, body } = await send('POST', reminders, whole(changes));
      expect([status, body.code, Object.keys(body.errors)]).toEqual([400, code, [field]]);
    }
    const { id } = await make();
    const { status, body } = await send('PATCH', `${reminders}${id}/`, { due_on: null });
    expect([status, Object.keys(body.errors)]).toEqual([400, ['due_on']]);
  });

  test('of a vehicle that was sold can still be cancelled', async () => {
    const { id } = await make();
    const sell = (owner: string) =>
      api.dataSource.query(`UPDATE vehicle SET customer_id = $1 WHERE id = 'vehicle-001'`, [owner]);
    await sell('customer-mute');
    const answer = await send('PATCH', `${reminders}${id}/`, { status: 'cancelled' });
    await sell('customer-001');
    expect(answer).toMatchObject({ status: 200, body: { status: 'cancelled' } });
  });

  test('is completed once; asking again answers the same', async () => {
    const { id } = await make();
    const complete = (more = {}) =>
      send('POST', `${reminders}${id}/complete/`, undefined, every, more);
    const first = await complete({ 'idempotency-key': 'complete-1' });
    expect(first).toMatchObject({ status: 200, body: { id, status: 'completed' } });
    expect(await complete()).toEqual(first);
    expect(await complete({ 'idempotency-key': 'complete-1' })).toEqual(first);
    expect(await read(id)).toEqual(first.body);
  });

  test('409 for the completion of one that was cancelled, 404 for one there is not', async () => {
    const { id } = await make({ status: 'cancelled' });
    expect(await send('POST', `${reminders}${id}/complete/`)).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    expect((await read(id)).status).toBe('cancelled');
    expect((await send('POST', `${reminders}${northId}/complete/`)).status).toBe(404);
    expect((await send('POST', `${reminders}nothing/complete/`)).status).toBe(400);
  });

  test('tells its notices, the latest last, with event or refusal', async () => {
    const { id } = await make();
    await api.dataSource.query(
      `INSERT INTO reminder_notice (reminder_id, due_on, offset_days, event_id, refusal, given_at)
       VALUES ($1, '2027-03-01', -3, NULL, 'no_reachable_channel', '2027-02-26T13:00Z'),
         ($1, '2027-03-01', -14, $2, NULL, '2027-02-15T13:00Z')`,
      [id, northId],
    );
    expect((await read(id)).notices).toEqual([
      {
        offset_days: -14,
        due_on: '2027-03-01',
        given_at: '2027-02-15T13:00:00.000Z',
        event_id: northId,
        refusal: null,
      },
      {
        offset_days: -3,
        due_on: '2027-03-01',
        given_at: '2027-02-26T13:00:00.000Z',
        event_id: null,
        refusal: 'no_reachable_channel',
      },
    ]);
  });

  test('vanishes with its vehicle and its customer', async () => {
    await api.dataSource.query(`INSERT INTO customer (id, name) VALUES ('going', 'Going');
      INSERT INTO vehicle (id, customer_id, plate, make, model)
        VALUES ('going-1', 'going', 'G1', 'MG', 'ZS'), ('going-2', 'going', 'G2', 'MG', 'ZS')`);
    const ids = [];
    for (const vehicle_id of ['going-1', 'going-2']) {
      ids.push((await make({ customer_id: 'going', vehicle_id })).id);
    }
    await api.dataSource.query(`DELETE FROM vehicle WHERE id = 'going-1'`);
    const status = async (id = '') => (await send('GET', `${reminders}${id}/`)).status;
    expect([await status(ids[0]), await status(ids[1])]).toEqual([404, 200]);
    await api.dataSource.query(`DELETE FROM customer WHERE id = 'going'`);
    expect(await status(ids[1])).toBe(404);
  });
});

describe('a list of reminders', () => {
  const idsOf = async (query: string): Promise<string[]> => {
    const { body } = await send('GET', `${reminders}?${query}`);
    const { results }: ReminderPage = body;
    return results.map(({ id }) => id);
  };

  test('is in the order of the days that count, without a day last; and between two days', async () => {
    const dated = await make({ due_on: '2027-03-05' });
    const theirs = { customer_id: 'customer-norte', vehicle_id: 'vehicle-norte' };
    const unknown = await make({ ...theirs, due_on: null, due_km: 20_000 });
    await record('2026-01-01', 10_000);
    const early = await make({ due_on: '2027-06-01', due_km: 10_400 });
    expect((await read(early.id)).effective_due_on).toBe('2026-01-11');
    expect(await idsOf('ordering=due_on')).toEqual([early.id, dated.id, unknown.id]);
    expect(await idsOf('ordering=-due_on')).toEqual([dated.id, early.id, unknown.id]);
    expect(await idsOf('due_after=2026-01-11&due_before=2027-03-05&ordering=-due_on')).toEqual([
      dated.id,
      early.id,
    ]);
    expect(await idsOf('due_after=2026-01-12&due_before=2027-03-04')).toEqual([]);
  });

  test('is of one status, customer or vehicle', async () => {
    const own = await make();
    const done = await make({ status: 'completed' });
    const other = await make({ customer_id: 'customer-norte', vehicle_id: 'vehicle-norte' });
    expect(await idsOf('status=completed')).toEqual([done.id]);
    expect(await idsOf('customer_id=customer-001&status=pending')).toEqual([own.id]);
    expect(await idsOf('vehicle_id=vehicle-norte')).toEqual([other.id]);
    expect(await idsOf('search=nor0')).toEqual([other.id]);
  });
});

describe('the key of a workshop', () => {
  const ofNorth = { customer_id: 'customer-norte', vehicle_id: 'vehicle-norte' };

  test('makes, sees and changes the reminders of its own customers alone', async () => {
    const own = await make(ofNorth, north);
    await make();
    const list = async (key: string) => (await send('GET', reminders, undefined, key)).body;
    expect(await list(north)).toMatchObject({ count: 1, results: [{ id: own.id }] });
    expect(await list(south)).toMatchObject({ count: 0 });
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PUT', '', whole(ofNorth)],
      ['PATCH', '', { status: 'cancelled' }],
      ['POST', 'complete/', undefined],
      ['DELETE', '', undefined],
    ] as const) {
      const { status } = await send(method, `${reminders}${own.id}/${path}`, body, south);
      expect([method, status]).toEqual([method, 404]);
    }
    expect(await read(own.id)).toEqual(own);
  });

  test('400 for a customer of another workshop, as if there were none', async () => {
    for (const changes of [ofNorth, {}]) {
      const { status, body } = await send('POST', reminders, whole(changes), south);
      expect([status, body.code]).toEqual([400, 'unknown_customer']);
    }
    const own = await make(ofNorth, north);
    const theirs = { customer_id: 'customer-001', vehicle_id: 'vehicle-001' };
    const { status, body } = await send('PATCH', `${reminders}${own.id}/`, theirs, north);
    expect([status, body.code]).toEqual([400, 'unknown_customer']);
  });
});
