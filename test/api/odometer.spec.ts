import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { OdometerReadingPage } from '#contracts/http/odometer.dto.js';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type { ReminderView } from '#contracts/http/reminders.dto.js';
import { callerWithKey, type JsonCaller } from './json-caller.js';
import { northId, southId } from './resources/resource-case.js';
import { startTestApi, type TestApi } from './start-test-api.js';

const reminders = '/api/v1/notifications/reminders/';
const odometer = '/api/v1/notifications/vehicles/vehicle-001/odometer/';
let api: TestApi;
let every: JsonCaller;
let north: JsonCaller;
let south: JsonCaller;

beforeAll(async () => {
  api = await startTestApi({ API_AUTH: 'keys' });
  const callerOf = async (tallerId: string | null) =>
    (await callerWithKey(api, ['read', 'write'], tallerId)).call;
  [every, north, south] = [await callerOf(null), await callerOf(northId), await callerOf(southId)];
  await api.dataSource.query(`INSERT INTO vehicle (id, customer_id, plate, make, model)
    VALUES ('vehicle-norte', 'customer-norte', 'NOR001', 'MG', 'ZS')`);
});
afterAll(() => api.close());
beforeEach(() => api.dataSource.query('TRUNCATE reminder CASCADE; TRUNCATE odometer_reading'));

/** A reminder of 10,000 km. */
async function make(changes = {}): Promise<ReminderView> {
  const { status, body } = await every<ReminderView>('POST', reminders, {
    customer_id: 'customer-001',
    vehicle_id: 'vehicle-001',
    service_type_id: 'mantenimiento-preventivo',
    due_km: 10_000,
    ...changes,
  });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}
const read = async (id: string): Promise<ReminderView> =>
  (await every<ReminderView>('GET', `${reminders}${id}/`)).body;
const record = (read_on: string, km: number) => every('POST', odometer, { read_on, km });

describe('a reading', () => {
  test('says when kilometres are reached, again with every reading', async () => {
    const { id, projected_on } = await make();
    expect(projected_on).toBeNull();
    expect(await record('2026-01-01', 8000)).toMatchObject({
      status: 201,
      body: { vehicle_id: 'vehicle-001', read_on: '2026-01-01', km: 8000, is_doubtful: false },
    });
    expect((await read(id)).projected_on).toBe('2026-02-20');
    await record('2026-01-11', 8200);
    expect(await read(id)).toMatchObject({
      projected_on: '2026-04-11',
      effective_due_on: '2026-04-11',
    });
    await every('PATCH', `${reminders}${id}/`, { due_km: 8200 });
    expect((await read(id)).projected_on).toBe('2026-01-11');
    await every('PATCH', `${reminders}${id}/`, { due_km: null, due_on: '2026-05-01' });
    expect(await read(id)).toMatchObject({ projected_on: null, effective_due_on: '2026-05-01' });
  });

  test('of one day is corrected, and taken back', async () => {
    const { id } = await make();
    await record('2026-01-01', 800);
    expect((await record('2026-01-01', 8000)).status).toBe(201);
    expect((await read(id)).projected_on).toBe('2026-02-20');
    expect((await every('DELETE', `${odometer}2026-01-01/`)).status).toBe(204);
    expect((await read(id)).projected_on).toBeNull();
    expect((await every('DELETE', `${odometer}2026-01-01/`)).status).toBe(404);
    expect((await every('DELETE', `${odometer}2026-02-30/`)).status).toBe(400);
  });

  test('that contradicts the others is kept, marked, and not gone by', async () => {
    const { id } = await make();
    for (const [day, km] of [
      ['2026-01-01', 8000],
      ['2026-01-11', 8200],
      ['2026-01-21', 8400],
    ] as const) {
      await record(day, km);
    }
    const before = (await read(id)).projected_on;
    for (const [day, km] of [
      ['2026-01-25', 840],
      ['2026-01-28', 84_000],
    ] as const) {
      expect(await record(day, km)).toMatchObject({ status: 201, body: { is_doubtful: true } });
    }
    expect((await read(id)).projected_on).toBe(before);
    const { body } = await every<OdometerReadingPage>('GET', `${odometer}?ordering=read_on`);
    const { count, results } = body;
    expect([count, results.map(({ is_doubtful }) => is_doubtful)]).toEqual([
      5,
      [false, false, false, true, true],
    ]);
  });

  test.each([
    [{ read_on: '2099-01-01', km: 1 }, 'read_on'],
    [{ read_on: '2026-02-30', km: 1 }, 'read_on'],
    [{ read_on: '2026-02-01', km: -1 }, 'km'],
    [{ read_on: '2026-02-01', km: 1.5 }, 'km'],
    [{ read_on: '2026-02-01' }, 'km'],
    [{ km: 1 }, 'read_on'],
    [{ read_on: '2026-02-01', km: 1, miles: 1 }, 'miles'],
  ])('400 for %j names %s', async (body, field) => {
    const answer = await every<ProblemView>('POST', odometer, body);
    expect([answer.status, Object.keys(answer.body.errors ?? {})]).toEqual([400, [field]]);
  });

  test('is paged, searched and refused as other lists are', async () => {
    for (const day of ['01', '02', '03']) await record(`2026-01-${day}`, 8000 + Number(day));
    const days = async (query: string) => {
      const { body } = await every<OdometerReadingPage>('GET', `${odometer}?${query}`);
      return body.results.map(({ read_on }) => read_on.slice(-2));
    };
    expect(await days('')).toEqual(['03', '02', '01']);
    expect(await days('page=2&page_size=2')).toEqual(['01']);
    expect(await days('search=8002')).toEqual(['02']);
    expect((await every('GET', `${odometer}?ordering=km`)).status).toBe(400);
    const missing = odometer.replace('vehicle-001', 'nothing');
    expect((await every('GET', missing)).status).toBe(404);
    expect((await every('POST', missing, { read_on: '2026-01-01', km: 1 })).status).toBe(404);
  });

  test('and a reminder that are written at the same moment know of each other', async () => {
    for (let round = 0; round < 10; round += 1) {
      await api.dataSource.query('TRUNCATE reminder CASCADE; TRUNCATE odometer_reading');
      const [, made, patched] = await Promise.all([
        record('2026-01-01', 8000),
        make(),
        make({ due_km: null, due_on: '2027-03-01' }).then(({ id }) =>
          every<ReminderView>('PATCH', `${reminders}${id}/`, { due_km: 12_000 }),
        ),
      ]);
      expect((await read(made.id)).projected_on).toBe('2026-02-20');
      expect((await read(patched.body.id)).projected_on).toBe('2026-04-11');
    }
  });
});

test('404 for another workshop’s vehicle, as if there were none', async () => {
  const theirs = odometer.replace('vehicle-001', 'vehicle-norte');
  const reading = { read_on: '2026-01-01', km: 100 };
  expect((await north('POST', theirs, reading)).status).toBe(201);
  for (const [method, path, body] of [
    ['GET', theirs, undefined],
    ['POST', theirs, reading],
    ['DELETE', `${theirs}2026-01-01/`, undefined],
  ] as const) {
    expect((await south(method, path, body)).status).toBe(404);
  }
  expect((await north('GET', theirs)).body.count).toBe(1);
});
