import { createECDH, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import webPush from 'web-push';
import type { CustomerExport, ErasureView } from '#contracts/http/customer-data.dto.js';
import type { EventDetail } from '#contracts/http/events.dto.js';
import { findInDatabase } from '#infrastructure/testing/find-in-database.js';
import { callerWithKey, type JsonCaller } from './json-caller.js';
import { northId, southId } from './resources/resource-case.js';
import { dispatchPath, exampleEvent, startTestApi, type TestApi } from './start-test-api.js';

const base = '/api/v1/notifications';
let api: TestApi;
let admin: JsonCaller;
beforeAll(async () => {
  const vapid = webPush.generateVAPIDKeys();
  api = await startTestApi({
    API_AUTH: 'keys',
    ADMIN_EMAILS: 'jefe@example.com',
    VAPID_PUBLIC_KEY: vapid.publicKey,
    VAPID_PRIVATE_KEY: vapid.privateKey,
    VAPID_CONTACT_EMAIL: 'taller@example.com',
  });
  ({ call: admin } = await callerWithKey(api, ['admin']));
});
afterAll(() => api.close());

let people = 0;

/** A person of whom everything is held that can be, under words that nothing else has. */
async function aKnownPerson() {
  people += 1;
  const id = `borrable-${people}`;
  const name = `Zacarías Quishpe${people}`;
  const plate = `PXQ-771${people}`;
  const phone = `+59398765432${people}`;
  const vehicleId = `${id}-auto`;
  const endpoint = `https://fcm.googleapis.com/fcm/send/${id}`;
  const p256dh = createECDH('prime256v1').generateKeys('base64url');
  const auth = randomBytes(16).toString('base64url');
  const person = { name, email: `${id}@example.com`, phone };
  const event = exampleEvent({
    customer_id: id,
    vehicle_id: vehicleId,
    business_key: `cita-${id}`,
    context: { nombre: name, fecha: 'hoy', hora: '14:30', placa: plate },
  });
  const steps: [string, unknown, number][] = [
    [`${base}/customers/`, { customer_id: id, ...person, taller_id: 'taller-norte' }, 201],
    [
      `${base}/vehicles/`,
      { vehicle_id: vehicleId, customer_id: id, plate, make: 'Haval', model: 'H6' },
      201,
    ],
    [`${base}/customers/${id}/update_preferences/`, { email: { priority: 1 } }, 200],
    [
      `${base}/push/subscribe/`,
      { customer_id: id, subscription: { endpoint, expirationTime: null, keys: { p256dh, auth } } },
      201,
    ],
    [
      `${base}/reminders/`,
      {
        customer_id: id,
        vehicle_id: vehicleId,
        service_type_id: 'mantenimiento-preventivo',
        due_on: '2050-01-01',
        description: `Llamar a ${name}`,
      },
      201,
    ],
    [dispatchPath, event, 202],
    [dispatchPath, { ...event, target: 'staff' }, 202],
    [`${dispatchPath}bulk/`, { events: [event] }, 200],
  ];
  for (const [index, [path, body, expected]] of steps.entries()) {
    const headers = { 'idempotency-key': `${id}-${index}`, 'x-request-id': `${id}-${index}` };
    const { status, body: answer } = await admin('POST', path, body, headers);
    expect({ path, status, answer }).toMatchObject({ path, status: expected });
  }
  await api.dataSource.query(
    `INSERT INTO suppressed_address (channel, address, reason, until)
     VALUES ('whatsapp', $1, 'gone', 'infinity')`,
    [phone],
  );
  const texts = [id, name, phone.slice(4), plate, plate.replace('-', ''), p256dh, auth];
  return { id, name, phone, plate, vehicleId, endpoint, texts };
}

describe('GET customers/{customer_id}/export', () => {
  test('200 tells everything that is held, and no key to a browser', async () => {
    const { id, name, phone, plate, vehicleId, endpoint, texts } = await aKnownPerson();
    const { status, body } = await admin<CustomerExport>('GET', `${base}/customers/${id}/export/`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      customer_id: id,
      customer: { name, phone, taller_id: northId },
      preferences: { customer_id: id, email: { priority: 1, consent: true } },
      vehicles: [{ vehicle_id: vehicleId, plate }],
      reminders: [{ vehicle_id: vehicleId, description: `Llamar a ${name}` }],
      push_subscriptions: [{ endpoint, ended_at: null }],
      suppressed_addresses: [{ channel: 'whatsapp', address: phone, until: null }],
    });
    expect(body.events.map(({ target }) => target)).toEqual(['clients', 'staff', 'clients']);
    const [notification] = body.events[0]?.notifications ?? [];
    expect(notification).toMatchObject({
      recipient_id: id,
      variables: { Nombre: name, Placa: plate },
      messages: [{ channel: 'email', address: `${id}@example.com` }],
    });
    expect(notification?.timeline.length).toBeGreaterThan(0);
    const text = JSON.stringify(body);
    for (const secret of texts.slice(-2)) expect(text).not.toContain(secret);
  });

  test('200 tells what the log has of one whose row was deleted', async () => {
    const { id } = await aKnownPerson();
    expect((await admin('DELETE', `${base}/customers/${id}/`)).status).toBe(204);
    const { body } = await admin<CustomerExport>('GET', `${base}/customers/${id}/export/`);
    expect(body).toMatchObject({ customer: null, preferences: null, vehicles: [] });
    expect(body.events).toHaveLength(3);
  });
});

describe('POST customers/{customer_id}/erase', () => {
  test('200 when nothing in the database names the person any more, and the log still counts', async () => {
    const { id, texts } = await aKnownPerson();
    const before = await admin<{ count: number }>('GET', `${base}/events/`);
    expect((await findInDatabase(api.dataSource, texts)).length).toBeGreaterThan(20);
    const logged = api.log.length;

    const { status, body } = await admin<ErasureView>('POST', `${base}/customers/${id}/erase/`);

    expect({ status, body }).toMatchObject({
      status: 200,
      body: { state: 'erased', events: 3, canceled: 2 },
    });
    expect(body.pseudonym).toMatch(/^erased-[0-9a-f-]{36}$/);
    expect(await findInDatabase(api.dataSource, texts)).toEqual([]);
    expect(JSON.stringify(api.log.slice(logged))).not.toContain(id);
    const after = await admin<{ count: number }>('GET', `${base}/events/`);
    expect(after.body.count).toBe(before.body.count);
    const path = `${base}/events/?customer_id=${body.pseudonym}`;
    const events = await admin<{ results: { id: string }[] }>('GET', path);
    expect(events.body.results).toHaveLength(3);
    for (const { id: eventId } of events.body.results) {
      const detail = await admin<EventDetail>('GET', `${base}/events/${eventId}/`);
      expect(detail).toMatchObject({ status: 200, body: { context: {}, vehicle_id: null } });
    }
  });

  test('404 for one of whom nothing is held, and for the second time', async () => {
    expect((await admin('POST', `${base}/customers/nobody/erase/`)).status).toBe(404);
    expect((await admin('GET', `${base}/customers/nobody/export/`)).status).toBe(404);
    const { id } = await aKnownPerson();
    expect((await admin('POST', `${base}/customers/${id}/erase/`)).status).toBe(200);
    expect((await admin('POST', `${base}/customers/${id}/erase/`)).status).toBe(404);
    expect((await admin('GET', `${base}/customers/${id}/export/`)).status).toBe(404);
  });

  test('who asked for it is on the audit trail, and whom it was about is not', async () => {
    const { id } = await aKnownPerson();
    const { body } = await admin<ErasureView>('POST', `${base}/customers/${id}/erase/`);
    const [entry] = await api.dataSource.query(
      `SELECT author_name, resource, taller_id FROM audit_entry
       WHERE action = 'erased' AND 'erased-' || resource_id = $1`,
      [body.pseudonym],
    );
    expect(entry).toEqual({ author_name: 'test', resource: 'customer', taller_id: northId });
  });

  test('403 without the scope; 404 with the key of another workshop', async () => {
    const { id } = await aKnownPerson();
    const writer = (await callerWithKey(api, ['read', 'write'])).call;
    const south = (await callerWithKey(api, ['admin'], southId)).call;
    const north = (await callerWithKey(api, ['admin'], northId)).call;
    for (const [method, action] of [
      ['GET', 'export'],
      ['POST', 'erase'],
    ] as const) {
      const path = `${base}/customers/${id}/${action}/`;
      expect((await writer(method, path)).status).toBe(403);
      expect((await south(method, path)).status).toBe(404);
      expect((await north(method, path)).status).toBe(200);
    }
  });
});
