import { createECDH, randomBytes } from 'node:crypto';
import * as sdk from '#contracts/client/index.js';
import { seedId } from '#migrations/seed/seed-id.js';
import { type Caller, clientOf } from './journeys.js';

const now = () => new Date().toISOString();
const serviceType = seedId('service-type', 'mantenimiento-preventivo');

/** The id of what was just made, or an error that says what came instead. */
function idOf(answer: { data?: object; error?: unknown }): string {
  const { id } = Object(answer.data);
  if (typeof id !== 'string') throw new Error(`not made: ${JSON.stringify(answer.error)}`);
  return id;
}

/** The fixed lists, the matrix, and who changed it. */
export async function arrangeOrchestration(caller: Caller): Promise<void> {
  const client = clientOf(caller);
  await sdk.listPhases({ client });
  await sdk.getPhase({ client, path: { id: 'phase-schedule' } });
  await sdk.listServiceTypes({ client });
  await sdk.getServiceType({ client, path: { id: 'averia-revision' } });
  const { data } = await sdk.listOrchestrations({ client });
  const path = { id: data?.results[0]?.id ?? '' };
  await sdk.initializePhases({ client, path });
  for (const enabled of [false, true]) {
    const cell = { phase_id: 'phase-schedule', channel: 'email', enabled, priority: 1 } as const;
    await sdk.updateMatrix({ client, path, body: { matrix: [cell] } });
  }
  await sdk.initializePhases({ client, path });
  await sdk.listAudit({ client, query: { resource: 'orchestration' } });
}

/** The template that an event would be told with, and a test of one. While the seed's are there. */
export async function chooseTemplates(caller: Caller): Promise<void> {
  const client = clientOf(caller);
  const { data } = await sdk.listTemplates({ client, query: { channel: 'email', page_size: 1 } });
  const path = { id: data?.results[0]?.id ?? '' };
  const headers = { 'Idempotency-Key': 'tried-once' };
  for (const email of ['una@example.com', 'una@example.com', 'otra@example.com']) {
    await sdk.sendTemplateTest({ client, path, body: { email }, headers });
  }
  await sdk.getTemplateForContext({
    client,
    query: {
      service_type: 'averia-revision',
      phase: 'phase-repair',
      channel: 'whatsapp',
      target: 'clients',
    },
  });
}

/** Templates: tried out and kept in versions. */
export async function writeTemplates(caller: Caller, id: string): Promise<void> {
  const client = clientOf(caller);
  await sdk.listTemplateVariables({ client });
  for (const body of ['Hola {{Nombre}}', 'Buenas, {{Nombre}}']) {
    await sdk.previewTemplate({
      client,
      body: { channel: 'whatsapp', body, context: { nombre: 'Ana' } },
    });
    await sdk.patchTemplate({ client, path: { id }, body: { name: body } });
  }
  const nothing = '0190ffff-0000-7000-8000-00000000ffff';
  await sdk.previewTemplate({ client, body: { template_id: nothing } });
  await sdk.listTemplateVersions({ client, path: { id } });
  await sdk.getTemplateVersion({ client, path: { id, version: 1 } });
  await sdk.restoreTemplateVersion({ client, path: { id, version: 1 } });
  await sdk.getTemplateCoverage({ client });
  await sdk.getTemplateCoverage({ client, query: { taller_id: nothing } });
  await sdk.sendTemplateTest({ client, path: { id: nothing }, body: { email: 'a@example.com' } });
}

/** A person: preferences, vehicles, reminders, devices, and the end of it all. */
export async function knowCustomers(caller: Caller): Promise<void> {
  const client = clientOf(caller);
  const path = { customer_id: 'customer-001' };
  for (const enabled of [false, true]) {
    await sdk.updatePreferences({ client, path, body: { push: { enabled, priority: 3 } } });
  }
  await sdk.getPreferences({ client, path });
  await sdk.listCustomerVehicles({ client, path });
  await sdk.listCustomerReminders({ client, path, query: { status: 'pending' } });
  for (const device of ['one', 'two']) {
    const endpoint = `https://fcm.googleapis.com/fcm/send/${device}`;
    const keys = {
      p256dh: createECDH('prime256v1').generateKeys('base64url'),
      auth: randomBytes(16).toString('base64url'),
    };
    await sdk.subscribePush({ client, body: { ...path, subscription: { endpoint, keys } } });
  }
  await sdk.getPushStatus({ client, path });
  const endpoint = 'https://fcm.googleapis.com/fcm/send/one';
  await sdk.unsubscribePush({ client, body: { endpoint } });
  await sdk.exportCustomer({ client, path });
  for (const customer_id of ['doomed-1', 'doomed-2']) {
    await sdk.createCustomer({ client, body: { customer_id, name: 'Pasajero' } });
    await sdk.eraseCustomer({ client, path: { customer_id } });
  }
}

/** What falls due: by date, by kilometres, and done. */
export async function remind(caller: Caller): Promise<void> {
  const client = clientOf(caller);
  const path = { vehicle_id: 'vehicle-001' };
  for (const [read_on, km] of [
    ['2026-01-10', 10_000],
    ['2026-03-10', 12_000],
  ] as const) {
    await sdk.recordOdometerReading({ client, path, body: { read_on, km } });
  }
  await sdk.listOdometerReadings({ client, path });
  await sdk.deleteOdometerReading({ client, path: { ...path, read_on: '2026-03-10' } });
  for (const due_on of ['2027-05-01', '2027-06-01']) {
    const body = { ...path, customer_id: 'customer-001', service_type_id: serviceType, due_on };
    const id = idOf(await sdk.createReminder({ client, body }));
    await sdk.completeReminder({ client, path: { id } });
  }
}

/** Keys: made, read, changed, changed for another, and ended. */
export async function handKeysOut(caller: Caller): Promise<void> {
  const client = clientOf(caller);
  const made = [];
  for (const name of ['Uno', 'Dos', 'Tres']) {
    made.push(idOf(await sdk.createApiKey({ client, body: { name, scopes: ['read'] } })));
  }
  const [id = '', other = '', last = ''] = made;
  await sdk.listApiKeys({ client });
  await sdk.getApiKey({ client, path: { id } });
  await sdk.patchApiKey({ client, path: { id }, body: { name: 'Otro' } });
  await sdk.rotateApiKey({ client, path: { id }, body: { grace_seconds: 1 } });
  const once = { 'Idempotency-Key': 'rotate-once' };
  for (const grace_seconds of [2, 3]) {
    await sdk.rotateApiKey({ client, path: { id: other }, body: { grace_seconds }, headers: once });
  }
  const headers = { 'If-Match': '"of-another-time"' };
  await sdk.deleteApiKey({ client, path: { id: last }, headers });
  await sdk.deleteApiKey({ client, path: { id: last } });
}

/** How it has gone. */
export async function countUp(caller: Caller): Promise<void> {
  const client = clientOf(caller);
  await sdk.getAnalyticsSummary({ client, query: { days: 7 } });
  await sdk.listRecentMessages({ client, query: { limit: 5 } });
  await sdk.getChannelsHealth({ client });
  await sdk.getAttention({ client });
}

/** What the core system tells us of its customers and vehicles. */
export async function synchronise(caller: Caller): Promise<void> {
  const client = clientOf(caller);
  for (const name of ['Luz Andrade', 'Luz Andrade Ruiz']) {
    const customer = { customer_id: 'luz', name, updated_at: now() };
    const { data } = await sdk.syncCustomers({ client, body: customer });
    await sdk.getTaskStatus({ client, path: { task_id: data?.task_id ?? '' } });
    const vehicle = { vehicle_id: 'luz-1', customer_id: 'luz', plate: 'LUZ001', make: 'Kia' };
    const body = { ...vehicle, model: name, updated_at: now() };
    await sdk.syncVehicles({ client, body });
  }
}

/** What failed for good, replayed alone and by cause; by staff and by the core system. */
export async function replayDeadLetters(
  caller: Caller,
  internal: Caller,
  ids: readonly string[],
): Promise<void> {
  const client = clientOf(caller);
  const inside = clientOf(internal);
  const group = { kind: 'notification', cause: 'retries_used_up' } as const;
  const [id = '', other = ''] = ids;
  await sdk.listDeadLetters({ client });
  await sdk.groupDeadLetters({ client });
  await sdk.getDeadLetter({ client, path: { id } });
  await sdk.replayDeadLetter({ client, path: { id } });
  await sdk.listDeadLettersInternally({ client: inside });
  await sdk.groupDeadLettersInternally({ client: inside });
  await sdk.getDeadLetterInternally({ client: inside, path: { id: other } });
  await sdk.replayDeadLetterInternally({ client: inside, path: { id: other } });
  for (const per_minute of [60, 120]) {
    await sdk.replayDeadLetters({ client, body: { ...group, per_minute } });
    await sdk.replayDeadLettersInternally({ client: inside, body: { ...group, per_minute } });
  }
}
