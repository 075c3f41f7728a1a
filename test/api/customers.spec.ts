import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CustomerPage, CustomerView } from '#contracts/http/customers.dto.js';
import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type { ReminderPage, ReminderView } from '#contracts/http/reminders.dto.js';
import type { VehiclePage } from '#contracts/http/vehicles.dto.js';
import { callerWithKey, type JsonCaller } from './json-caller.js';
import { northId, southId } from './resources/resource-case.js';
import { dispatchPath, exampleEvent, startTestApi, type TestApi } from './start-test-api.js';

const customers = '/api/v1/notifications/customers/';
let api: TestApi;
let all: JsonCaller;
let north: JsonCaller;
let south: JsonCaller;
beforeAll(async () => {
  api = await startTestApi({ API_AUTH: 'keys' });
  const scopes = ['read', 'write', 'dispatch'] as const;
  ({ call: all } = await callerWithKey(api, [...scopes]));
  ({ call: north } = await callerWithKey(api, [...scopes], northId));
  ({ call: south } = await callerWithKey(api, [...scopes], southId));
  await api.dataSource.query(`UPDATE taller SET country = 'MX' WHERE id = '${southId}'`);
});
afterAll(() => api.close());

const of = (id: string) => `${customers}${encodeURIComponent(id)}/`;
const make = (by: JsonCaller, customer_id: string, more: object = {}) =>
  by<CustomerView & ProblemView>('POST', customers, { customer_id, name: 'Rosa Núñez', ...more });

describe('a phone', () => {
  test.each([
    ['099 123 4567', null, '+593991234567'],
    ['00593 99 123-4567', null, '+593991234567'],
    ['55 1234 5678', southId, '+525512345678'],
    ['+52 1 55 1234 5678', northId, '+525512345678'],
    ['+593 99 123 4567', 'taller-sur', '+593991234567'],
  ])('written as %s in workshop %s is kept as %s', async (phone, taller_id, kept) => {
    const { status, body } = await make(all, `tel ${phone} ${taller_id}`, { phone, taller_id });
    expect({ status, phone: body.phone }).toEqual({ status: 201, phone: kept });
  });

  test('that cannot be is a 400 that says how to write it', async () => {
    const { body } = await make(all, 'tel-x', { phone: '12345', email: 'ana@localhost' });
    expect(body.errors).toEqual({
      phone: [expect.stringContaining('+593991234567')],
      email: [expect.stringContaining('nombre@example.com')],
    });
  });

  test('that is saved is E.164, and the next dispatch uses it', async () => {
    await make(all, 'tel-property');
    const digits = (length: number) =>
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
    const typed = fc.oneof(
      { weight: 3, arbitrary: digits(7).map((rest) => `09${rest.slice(0, 1)} ${rest.slice(1)}0`) },
      { weight: 2, arbitrary: digits(8).map((rest) => `+593 9-${rest}`) },
      { weight: 1, arbitrary: digits(10).map((rest) => `+52 ${rest}`) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }) },
    );
    let saved = 0;
    await fc.assert(
      fc.asyncProperty(typed, async (phone) => {
        const { status, body } = await all<CustomerView>('PATCH', of('tel-property'), { phone });
        expect([200, 400]).toContain(status);
        if (status !== 200) return;
        saved += 1;
        expect(body.phone).toMatch(/^\+[1-9]\d{6,14}$/);
        const event = exampleEvent({ customer_id: 'tel-property' });
        const sent = await all<DispatchReceipt>('POST', dispatchPath, event);
        const [message] = await api.dataSource.query(
          `SELECT address FROM message WHERE notification_id = $1`,
          [sent.body.notifications[0]?.notification_id],
        );
        expect(message.address).toEqual({ channel: 'whatsapp', phone: body.phone });
      }),
      { numRuns: 60 },
    );
    expect(saved).toBeGreaterThan(5);
  });
});

describe('an address that is changed', () => {
  test('is what the next dispatch goes to, though the former one was called wrong', async () => {
    await make(all, 'cambio', { email: 'vieja@example.com' });
    await api.dataSource.query(
      `INSERT INTO suppressed_address (channel, address, reason, until)
       VALUES ('email', 'vieja@example.com', 'smtp_550', 'infinity')`,
    );
    const dispatch = () =>
      all<DispatchReceipt & ProblemView>(
        'POST',
        dispatchPath,
        exampleEvent({ customer_id: 'cambio' }),
      );
    expect((await dispatch()).body.code).toBe('no_reachable_channel');
    await all('PATCH', of('cambio'), { email: 'nueva@example.com' });
    expect((await dispatch()).body.notifications[0]?.channels).toEqual(['email']);
    await all('PATCH', of('cambio'), { email: 'vieja@example.com' });
    expect((await dispatch()).body.code).toBe('no_reachable_channel');
  });
});

describe('a search', () => {
  const found = async (search: string) => {
    const path = `${customers}?search=${encodeURIComponent(search)}`;
    const { body } = await all<CustomerPage>('GET', path);
    return body.results.map(({ customer_id }) => customer_id);
  };

  test('finds people by the words of name, e-mail and phone, in any order', async () => {
    const name = 'María José  Íñiguez de la Cruz';
    await make(all, 'buscada', { name, email: 'Mj.Iniguez@Example.com', phone: '0987001122' });
    for (const search of [
      'iniguez',
      'ÍÑIGUEZ',
      'cruz maria',
      'María Cruz',
      'mj.iniguez@example.com',
      'maria mj.',
      '0987001122',
      '098 700-1122',
      '+593 (98) 700 11 22',
      '700.11',
      '７００１１２２',
      'maría',
    ]) {
      expect({ search, found: await found(search) }).toEqual({ search, found: ['buscada'] });
    }
    for (const search of ['iniguezz', 'cruz pedro', '0987001123', '％', '_', '\\', '%iniguez']) {
      expect({ search, found: await found(search) }).toEqual({ search, found: [] });
    }
  });
});

describe('an id of the core system', () => {
  test('is any text that a path can carry, and no other', async () => {
    const anId = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((id) => /\S/.test(id) && !/^\.{1,2}$/.test(id) && !id.includes('\0'));
    await fc.assert(
      fc.asyncProperty(anId, async (id) => {
        const made = await make(all, id);
        if (made.status === 400) return expect(made.body.errors).toHaveProperty('customer_id');
        expect(made).toMatchObject({ status: 201, body: { customer_id: id } });
        expect(await all('GET', of(id))).toMatchObject({ status: 200, body: { customer_id: id } });
        expect((await all('DELETE', of(id))).status).toBe(204);
      }),
      { numRuns: 100 },
    );
  });

  test.each([['%20'], ['%00'], ['x'.repeat(101)], ['%ff']])('400 for %s in a path', async (id) => {
    expect((await all('GET', `${customers}${id}/`)).status).toBe(400);
  });

  test('is the same in path and body, or a 400', async () => {
    await make(all, 'mismo');
    const body = { customer_id: 'otro', name: 'x' };
    for (const method of ['PUT', 'PATCH']) {
      const answer = await all<ProblemView>(method, of('mismo'), body);
      expect(answer).toMatchObject({
        status: 400,
        body: { errors: { customer_id: [expect.any(String)] } },
      });
    }
  });
});

describe("a customer's vehicles", () => {
  test('are a list of their own', async () => {
    const path = `${of('customer-001')}vehicles/`;
    const { body } = await all<VehiclePage>('GET', path);
    expect(body).toMatchObject({ count: 1, results: [{ vehicle_id: 'vehicle-001' }] });
    const none = await all<VehiclePage>('GET', `${path}?search=toyota`);
    expect(none.body.count).toBe(0);
    expect((await all('GET', `${path}?plate=ABC`)).status).toBe(400);
    expect((await all('GET', `${of('nobody')}vehicles/`)).status).toBe(404);
  });
});

describe("a customer's reminders", () => {
  test('are a list of their own, by status too', async () => {
    const reminders = '/api/v1/notifications/reminders/';
    const body = {
      customer_id: 'customer-001',
      vehicle_id: 'vehicle-001',
      service_type_id: 'mantenimiento-preventivo',
      due_on: '2050-01-01',
    };
    const made = await all<ReminderView>('POST', reminders, body);
    const list = async (query: string) => {
      const path = `${of('customer-001')}reminders/${query}`;
      return (await all<ReminderPage>('GET', path)).body.results;
    };
    expect(await list('')).toEqual([made.body]);
    expect(await list('?status=pending')).toEqual([made.body]);
    expect(await list('?status=completed')).toEqual([]);
    const path = `${of('customer-norte')}reminders/`;
    expect((await north<ReminderPage>('GET', path)).body.results).toEqual([]);
    expect((await south('GET', path)).status).toBe(404);
    expect((await all('GET', `${of('customer-001')}reminders/?status=late`)).status).toBe(400);
  });
});

describe('a customer with a past who is deleted', () => {
  test('takes along what is his; the log keeps what happened', async () => {
    await make(all, 'se-va', { email: 'se.va@example.com' });
    const vehicle = {
      vehicle_id: 'se-va-1',
      customer_id: 'se-va',
      plate: 'A1',
      make: 'x',
      model: 'y',
    };
    await all('POST', '/api/v1/notifications/vehicles/', vehicle);
    const event = exampleEvent({ customer_id: 'se-va' });
    const { body } = await all<DispatchReceipt>('POST', dispatchPath, event);
    expect((await all('DELETE', of('se-va'))).status).toBe(204);
    expect((await all('GET', '/api/v1/notifications/vehicles/se-va-1/')).status).toBe(404);
    const path = `/api/v1/notifications/events/${body.event_id}/`;
    expect(await all('GET', path)).toMatchObject({ status: 200, body: { customer_id: 'se-va' } });
  });
});

describe('the key of a workshop', () => {
  test('sees, makes and changes its own customers alone', async () => {
    const made = await make(north, 'del-norte');
    expect(made).toMatchObject({ status: 201, body: { taller_id: northId } });
    expect((await make(north, 'del-sur', { taller_id: southId })).status).toBe(403);
    expect((await make(north, 'de-nadie', { taller_id: null })).status).toBe(403);
    expect((await make(north, 'por-nombre', { taller_id: 'taller-norte' })).status).toBe(201);

    const list = await south<CustomerPage>('GET', customers);
    expect(list.body.results.filter(({ taller_id }) => taller_id !== southId)).toEqual([]);
    for (const [method, path, body] of [
      ['GET', of('del-norte'), undefined],
      ['PUT', of('del-norte'), { name: 'Otra' }],
      ['PATCH', of('del-norte'), { name: 'Otra' }],
      ['DELETE', of('del-norte'), undefined],
      ['GET', `${of('del-norte')}preferences/`, undefined],
      ['POST', `${of('del-norte')}update_preferences/`, {}],
      ['GET', `${of('del-norte')}vehicles/`, undefined],
      ['GET', of('customer-001'), undefined],
    ] as const) {
      expect({ path, status: (await south(method, path, body)).status }).toEqual({
        path,
        status: 404,
      });
    }
    const kept = await north<CustomerView>('PUT', of('del-norte'), { name: 'Otra' });
    expect(kept).toMatchObject({ status: 200, body: { name: 'Otra', taller_id: northId } });
    const moved = await north('PATCH', of('del-norte'), { taller_id: southId });
    expect(moved.status).toBe(403);
  });

  test("sees, makes and changes its own customers' vehicles alone", async () => {
    const vehicles = '/api/v1/notifications/vehicles/';
    const body = { vehicle_id: 'auto-norte', plate: 'NOR-1', make: 'MG', model: 'ZS' };
    const own = { ...body, customer_id: 'customer-norte' };
    expect((await south('POST', vehicles, own)).status).toBe(400);
    expect((await north('POST', vehicles, own)).status).toBe(201);
    const one = `${vehicles}auto-norte/`;
    for (const [method, sent] of [
      ['GET', undefined],
      ['PUT', own],
      ['PATCH', { plate: 'SUR' }],
      ['DELETE', undefined],
    ] as const) {
      expect([method, (await south(method, one, sent)).status]).toEqual([method, 404]);
    }
    const { body: list } = await south<VehiclePage>('GET', `${vehicles}?plate=nor1`);
    expect(list.count).toBe(0);
    const given = await north('PATCH', one, { customer_id: 'customer-001' });
    expect(given).toMatchObject({
      status: 400,
      body: { errors: { customer_id: [expect.any(String)] } },
    });
    expect((await north('DELETE', one)).status).toBe(204);
  });
});
