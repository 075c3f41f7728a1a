import { createECDH, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import webPush from 'web-push';
import { IdHashes } from '#infrastructure/persistence/erasure/id-hashes.js';
import { RunSyncTask } from '#infrastructure/persistence/sync/run-sync-task.js';
import { SyncTasks } from '#infrastructure/persistence/sync/sync-tasks.js';
import { findInDatabase } from '#infrastructure/testing/find-in-database.js';
import { callerWithKey, type JsonCaller, jsonCaller } from './json-caller.js';
import { dispatchPath, exampleEvent, startTestApi, type TestApi } from './start-test-api.js';

const base = '/api/v1/notifications';
const internalSecret = 'canario-secreto-interno-000000000001';
const word = (name: string) => `canario${name}${randomBytes(4).toString('hex')}`;

/** What belongs to a person or opens a door, in words that nothing else has. */
const canary = {
  customerId: word('cliente'),
  name: `Zoila ${word('nombre')}`,
  email: `${word('correo')}@example.com`,
  phone: '+593987600417',
  vehicleId: word('auto'),
  plate: 'QXZ-4471',
  model: word('modelo'),
  context: word('contexto'),
  businessKey: word('cita'),
  idempotencyKey: word('repetible'),
  endpoint: `https://fcm.googleapis.com/fcm/send/${word('navegador')}`,
  p256dh: createECDH('prime256v1').generateKeys('base64url'),
  auth: randomBytes(16).toString('base64url'),
  reminder: word('recordatorio'),
  staffName: `Teresa ${word('personal')}`,
  staffEmail: `${word('buzon')}@example.com`,
  syncId: word('sincronizado'),
  syncName: word('nuevo'),
  password: word('clave'),
  searched: word('buscado'),
  wrong: word('equivocado'),
};
/** Of a phone as people write it, too. */
const canaries = [...Object.values(canary), '987600417', 'QXZ4471'];

let api: TestApi;
let admin: JsonCaller;
beforeAll(async () => {
  const vapid = webPush.generateVAPIDKeys();
  api = await startTestApi({
    API_AUTH: 'keys',
    INTERNAL_API_SECRET_KEY: internalSecret,
    SECRET_KEY: word('sello').padEnd(40, 'x'),
    VAPID_PUBLIC_KEY: vapid.publicKey,
    VAPID_PRIVATE_KEY: vapid.privateKey,
    VAPID_CONTACT_EMAIL: 'taller@example.com',
  });
  ({ call: admin } = await callerWithKey(api, ['admin', 'dispatch']));
});
afterAll(() => api.close());

type Step = [method: string, path: string, body: unknown, status: number];

/** Each path that takes something personal, as it should be, and then in every way that it fails. */
function steps(): Step[] {
  const { customerId, vehicleId, name, email, phone, plate, model } = canary;
  const customer = { customer_id: customerId, name, email, phone, taller_id: 'taller-norte' };
  const vehicle = { vehicle_id: vehicleId, customer_id: customerId, plate, make: 'MG', model };
  const event = exampleEvent({
    customer_id: customerId,
    vehicle_id: vehicleId,
    business_key: canary.businessKey,
    context: { nombre: name, fecha: canary.context, hora: '14:30' },
  });
  const keys = { p256dh: canary.p256dh, auth: canary.auth };
  const subscription = { endpoint: canary.endpoint, keys };
  const staff = { name: canary.staffName, email: canary.staffEmail, taller_id: 'taller-norte' };
  const reminder = {
    customer_id: customerId,
    vehicle_id: vehicleId,
    service_type_id: 'mantenimiento-preventivo',
    due_on: '2050-01-01',
    description: canary.reminder,
  };
  const smtp = { host: 'smtp.example.com', port: 587, user: email, password: canary.password };
  return [
    ['POST', `${base}/customers/`, customer, 201],
    ['POST', `${base}/customers/`, customer, 400],
    ['POST', `${base}/customers/`, { ...customer, phone: `${phone}x` }, 400],
    ['POST', `${base}/customers/`, { ...customer, [canary.wrong]: name }, 400],
    ['PATCH', `${base}/customers/${customerId}/`, { name: 7 }, 400],
    ['PATCH', `${base}/customers/${customerId}/`, { name }, 200],
    ['GET', `${base}/customers/?search=${canary.searched}`, undefined, 200],
    ['GET', `${base}/customers/?${canary.wrong}=${canary.searched}`, undefined, 400],
    ['GET', `${base}/customers/${canary.wrong}/`, undefined, 404],
    ['GET', `${base}/nowhere/${canary.wrong}/`, undefined, 404],
    ['POST', `${base}/vehicles/`, vehicle, 201],
    ['POST', `${base}/vehicles/`, { ...vehicle, customer_id: canary.wrong }, 400],
    ['POST', `${base}/push/subscribe/`, { customer_id: customerId, subscription }, 201],
    [
      'POST',
      `${base}/push/subscribe/`,
      { customer_id: customerId, subscription: { keys, endpoint: `ftp://${canary.wrong}` } },
      400,
    ],
    [
      'POST',
      `${base}/customers/${customerId}/update_preferences/`,
      { email: { priority: 1 } },
      200,
    ],
    ['POST', `${base}/reminders/`, reminder, 201],
    ['POST', `${base}/reminders/`, { ...reminder, due_on: canary.wrong }, 400],
    ['POST', `${base}/staff-members/`, staff, 201],
    ['POST', `${base}/staff-members/`, { ...staff, email: canary.wrong }, 400],
    ['PUT', `${base}/talleres/taller-norte/channels/email/`, smtp, 400],
    ['POST', dispatchPath, event, 202],
    ['POST', dispatchPath, { ...event, dry_run: true }, 200],
    ['POST', dispatchPath, { ...event, customer_id: canary.wrong }, 400],
    ['POST', dispatchPath, { ...event, context: { nombre: canary.wrong } }, 400],
    ['POST', `${dispatchPath}bulk/`, { events: [event, { ...event, phase_id: name }] }, 200],
    ['GET', `${base}/events/?customer_id=${customerId}`, undefined, 200],
    ['GET', `${base}/customers/${customerId}/export/`, undefined, 200],
  ];
}

const headers = () => ({ 'idempotency-key': `${canary.idempotencyKey}-${Math.random()}` });

/** Where a canary is: in a text, whatever its case. */
const inText = (text: string) =>
  canaries.filter((one) => text.toLowerCase().includes(one.toLowerCase()));

/** What people need them for; nowhere else may a person be named. */
const homes = new Set(
  [
    'customer',
    'vehicle',
    'push_subscription',
    'reminder',
    'staff_member',
    'event',
    'notification',
    'message',
    'idempotency_key',
    'customer_preference',
    'sync_task',
    'source_record',
    'odometer_reading',
  ].map((table) => `public.${table}`),
);

describe('what belongs to a person', () => {
  test('goes every way there is, and the ways that fail', async () => {
    for (const [method, path, body, status] of steps()) {
      const answer = await admin(method, path, body, headers());
      expect({ method, path, ...answer }).toMatchObject({ method, path, status });
    }
    const strangers = jsonCaller(api, { authorization: `Bearer ${canary.wrong}` });
    expect((await strangers('GET', `${base}/customers/`)).status).toBe(401);
    const broken = await fetch(api.url + dispatchPath, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"customer_id": "${canary.wrong}", `,
    });
    expect(broken.status).toBeGreaterThanOrEqual(400);
  });

  test('is told by the core system, and some of it cannot be applied', async () => {
    const core = jsonCaller(api, { 'x-internal-secret': internalSecret });
    const run = async (things: string, body: unknown): Promise<void> => {
      const { status, body: receipt } = await core<{ task_id: string }>(
        'POST',
        `/api/internal/v1/${things}/sync/`,
        body,
      );
      expect(status).toBe(202);
      const { dataSource } = api;
      const tasks = new SyncTasks(dataSource);
      const wakeUps = { wake: () => undefined };
      await new RunSyncTask(dataSource, tasks, wakeUps, new IdHashes([]), () => 0)
        .execute(receipt.task_id)
        .catch((error) => api.log.push({ message: String(error) }));
    };
    const { syncId, syncName, plate } = canary;
    await run('customers', { customer_id: syncId, name: syncName, version: 1 });
    await run('vehicles', {
      vehicle_id: canary.vehicleId,
      customer_id: canary.wrong,
      plate,
      make: 'MG',
      model: canary.model,
      version: 1,
    });
    await api.dataSource.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'refused: %', NEW USING ERRCODE = '23514', DETAIL = NEW.name; END $$;
      CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON customer
        FOR EACH ROW EXECUTE FUNCTION refuse()`);
    await run('customers', { customer_id: syncId, name: canary.wrong, version: 2 });
    const path = `${base}/customers/${canary.customerId}/`;
    expect((await admin('PATCH', path, { name: canary.wrong })).status).toBe(400);
    // Values are quoted in what Postgres says.
    await api.dataSource.query(`
      CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'broken: "%"', NEW.name; END $$`);
    expect((await admin('PATCH', path, { name: canary.wrong })).status).toBe(500);
    await api.dataSource.query('DROP TRIGGER refuse ON customer');
  });

  test('stands in no line of the log', () => {
    expect(api.log.length).toBeGreaterThan(40);
    const told = api.log.map((line) => JSON.stringify(line));
    expect(told.filter((line) => inText(line).length > 0)).toEqual([]);
    expect(told.filter((line) => line.includes('"internal_error"'))).toHaveLength(1);
  });

  test('stands in the tables that are for it, and in no queue, trail, timeline or count', async () => {
    const found = await findInDatabase(api.dataSource, canaries);
    const tables = new Set(found.map((find) => find.slice(0, find.indexOf(':'))));
    expect([...tables].filter((table) => !homes.has(table))).toEqual([]);
    expect(tables.size).toBeGreaterThan(8);
    const [{ jobs }] = await api.dataSource.query('SELECT count(*)::int AS jobs FROM bullmq.job');
    expect(jobs).toBeGreaterThan(0);
  });
});
