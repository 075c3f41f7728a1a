import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import type { EventDetail } from '#contracts/http/events.dto.js';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type { TemplatePage } from '#contracts/http/templates.dto.js';
import { callerWithKey, type JsonCaller } from './json-caller.js';
import { northId } from './resources/resource-case.js';
import { startTestApi, type TestApi } from './start-test-api.js';

const path = '/api/v1/notifications/templates/';
let api: TestApi;
let call: JsonCaller;
const templates: Record<string, string> = {};
beforeAll(async () => {
  api = await startTestApi({});
  ({ call } = await callerWithKey(api, ['admin']));
  for (const channel of ['email', 'whatsapp', 'push']) {
    const query = `channel=${channel}&target=clients&phase_id=phase-schedule&page_size=1`;
    const { body } = await call<TemplatePage>('GET', `${path}?${query}`);
    templates[channel] = body.results[0]?.id ?? '';
  }
});
afterAll(() => api.close());

/** Each as a caller of their own, whose tests are counted for themselves. */
const sendTest = async (channel: string, body: object, headers: Record<string, string> = {}) => {
  const { call: own } = await callerWithKey(api, ['write']);
  return own<DispatchReceipt & ProblemView>(
    'POST',
    `${path}${templates[channel]}/send_test/`,
    body,
    headers,
  );
};
const messageOf = async (receipt: DispatchReceipt) => {
  const [row] = await api.dataSource.query(
    `SELECT m.address, m.channel, n.recipient_id, n.variables, v.published, e.event_type
     FROM event e JOIN notification n ON n.event_id = e.id
     JOIN message m ON m.notification_id = n.id
     JOIN template_version v ON v.id = m.template_version_id WHERE e.id = $1`,
    [receipt.event_id],
  );
  return row;
};
const withdraw = (customer: string, channel: string) =>
  api.dataSource.query(
    `INSERT INTO customer_preference (customer_id, channel, consent_withdrawn_at)
     VALUES ($1, $2, now())`,
    [customer, channel],
  );

describe('a test of a template', () => {
  test('goes to the typed mailbox, marked in subject and text, filled with examples', async () => {
    const { status, body } = await sendTest('email', {
      email: 'asesora@example.com',
      context: { placa: 'XYZ987' },
    });
    expect(status).toBe(202);
    const message = await messageOf(body);
    expect(message).toMatchObject({
      event_type: 'template_test',
      address: { channel: 'email', email: 'asesora@example.com' },
      variables: { Placa: 'XYZ987', Nombre: 'Carlos Mendoza' },
    });
    expect(message.published.subject).toMatch(/^\[PRUEBA\] /);
    expect(message.published.html).toContain('Mensaje de prueba');
    expect(message.published.text).toContain('Mensaje de prueba');
  });

  test('goes to the number in E.164, and marks the text', async () => {
    const { body } = await sendTest('whatsapp', { phone: '099 123 4500' });
    const message = await messageOf(body);
    expect(message.address).toEqual({ channel: 'whatsapp', phone: '+593991234500' });
    expect(message.published.text).toMatch(/^\*\[PRUEBA\]\*/);
  });

  test('to a typed address is its customer’s, so that an erasure finds it', async () => {
    const { body } = await sendTest('email', { email: 'Carlos.Mendoza@example.com' });
    expect(await messageOf(body)).toMatchObject({ recipient_id: 'customer-001' });
  });

  test('stands on the log, and in the audit trail with who sent it', async () => {
    const { body } = await sendTest('email', { customer_id: 'customer-001' });
    const { body: event } = await call<EventDetail>(
      'GET',
      `/api/v1/notifications/events/${body.event_id}/`,
    );
    expect(event).toMatchObject({ event_type: 'template_test', customer_id: 'customer-001' });
    const [noted] = await api.dataSource.query(
      `SELECT author_name FROM audit_entry WHERE action = 'tested' AND resource_id = $1
       ORDER BY at DESC LIMIT 1`,
      [templates.email],
    );
    expect(noted).toEqual({ author_name: 'test' });
  });

  test('is made once for one idempotency key', async () => {
    const { call: own, keyId } = await callerWithKey(api, ['write']);
    const send = (email: string) =>
      own<DispatchReceipt>(
        'POST',
        `${path}${templates.email}/send_test/`,
        { email },
        { 'idempotency-key': 'una-vez' },
      );
    const first = await send('uno@example.com');
    const again = await send('uno@example.com');
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await send('otro@example.com')).status).toBe(422);
    const noted = await api.dataSource.query(
      `SELECT resource_id FROM audit_entry WHERE action = 'tested' AND author_id = $1`,
      [keyId],
    );
    expect(noted).toEqual([{ resource_id: templates.email }]);
  });

  test('never goes to who withdrew consent, by name or by address', async () => {
    await withdraw('customer-001', 'whatsapp');
    for (const to of [{ customer_id: 'customer-001' }, { phone: '+593991234567' }]) {
      const { status, body } = await sendTest('whatsapp', to);
      expect({ status, code: body.code }).toEqual({ status: 400, code: 'no_reachable_channel' });
      expect(Object.values(body.errors ?? {})).toEqual([
        ['The person withdrew consent for this channel.'],
      ]);
    }
  });

  test('does not go to an address that the provider called wrong', async () => {
    await api.dataSource.query(
      `INSERT INTO suppressed_address (channel, address, reason, until)
       VALUES ('email', 'nadie@example.com', 'gone', now() + interval '1 day')`,
    );
    expect((await sendTest('email', { email: 'nadie@example.com' })).status).toBe(400);
  });

  test.each([
    ['email', {}, 'customer_id'],
    ['email', { email: 'a@example.com', customer_id: 'customer-001' }, 'email'],
    ['email', { phone: '+593991234500' }, 'phone'],
    ['email', { email: 'no mailbox' }, 'email'],
    ['whatsapp', { phone: '12' }, 'phone'],
    ['push', { email: 'a@example.com' }, 'email'],
    ['push', { customer_id: 'customer-mute' }, 'customer_id'],
    ['email', { customer_id: 'nobody' }, 'customer_id'],
    ['email', { email: 'a@example.com', context: { hora: {} } }, 'context.hora'],
    ['email', { email: 'a@example.com', to: 'x' }, 'to'],
  ])('of %s to %j is a 400 that names %s', async (channel, body, field) => {
    const answer = await sendTest(channel, body);
    expect({ status: answer.status, fields: Object.keys(answer.body.errors ?? {}) }).toEqual({
      status: 400,
      fields: [field],
    });
  });

  test('is closed to another workshop’s customers, and to who may only read', async () => {
    const south = await callerWithKey(api, ['write'], '0190aaaa-0000-7000-8000-000000000002');
    const to = { customer_id: 'customer-norte' };
    const own = await south.call('POST', `${path}${templates.email}/send_test/`, to);
    expect(own.status).toBe(400);
    const north = await callerWithKey(api, ['write'], northId);
    expect((await north.call('POST', `${path}${templates.email}/send_test/`, to)).status).toBe(202);
    const reader = await callerWithKey(api, ['read']);
    expect((await reader.call('POST', `${path}${templates.email}/send_test/`, to)).status).toBe(
      403,
    );
  });

  test('may be sent thirty times in ten minutes, then says when again', async () => {
    const { call: own } = await callerWithKey(api, ['write']);
    const target = `${path}${templates.email}/send_test/`;
    const statuses = new Set<number>();
    for (let count = 0; count < 30; count += 1) {
      statuses.add((await own('POST', target, { customer_id: 'customer-mute' })).status);
    }
    expect([...statuses]).toEqual([400]);
    const refused = await own('POST', target, { customer_id: 'customer-mute' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
