import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import type { PreferencesView } from '#contracts/http/preferences.dto.js';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import { type JsonCaller, jsonCaller } from './json-caller.js';
import { dispatchPath, exampleEvent, startTestApi, type TestApi } from './start-test-api.js';

const customers = '/api/v1/notifications/customers/';
let api: TestApi;
let all: JsonCaller;
beforeAll(async () => {
  api = await startTestApi();
  all = jsonCaller(api);
});
afterAll(() => api.close());

const of = (id: string) => `${customers}${id}/`;
const make = (customer_id: string, more: object = {}) =>
  all('POST', customers, { customer_id, name: 'Rosa Núñez', ...more });

describe('preferences', () => {
  const said = { enabled: true, priority: null, consent: true, consent_withdrawn_at: null };
  const update = (id: string, body: unknown) =>
    all<PreferencesView & ProblemView>('POST', `${of(id)}update_preferences/`, body);

  test('are open until something is said, and what is left out stays', async () => {
    await make('prefiere');
    const read = () => all<PreferencesView>('GET', `${of('prefiere')}preferences/`);
    const open = { customer_id: 'prefiere', email: said, whatsapp: said, push: said };
    expect((await read()).body).toEqual(open);
    await update('prefiere', { email: { priority: 1 }, push: { enabled: false } });
    const { body } = await update('prefiere', { email: { enabled: false }, whatsapp: {} });
    const email = { ...said, enabled: false, priority: 1 };
    expect(body).toEqual({ ...open, email, push: { ...said, enabled: false } });
    expect((await read()).body).toEqual(body);
    const cleared = await update('prefiere', { email: { priority: null } });
    expect(cleared.body.email).toEqual({ ...email, priority: null });
  });

  test('a consent is withdrawn once, with its time, and can be given back', async () => {
    await make('retira');
    const first = await update('retira', { email: { consent: false } });
    expect(first.body.email).toEqual({
      ...said,
      consent: false,
      consent_withdrawn_at: expect.any(String),
    });
    expect((await update('retira', { email: { consent: false } })).body).toEqual(first.body);
    expect((await update('retira', { email: { enabled: true } })).body).toEqual(first.body);
    expect((await update('retira', { email: { consent: true } })).body.email).toEqual(said);
  });

  test('of two who change them at once the second is told, and overwrites nothing', async () => {
    await make('editada');
    const path = `${of('editada')}preferences/`;
    const seen = (await all('GET', path)).headers.get('etag') ?? '';
    const asSeen = (body: object) =>
      all<PreferencesView & ProblemView>('POST', `${of('editada')}update_preferences/`, body, {
        'if-match': seen,
      });
    const both = await Promise.all([
      asSeen({ email: { enabled: false } }),
      asSeen({ push: { enabled: false } }),
    ]);
    const [first, second] = both.sort((one, other) => one.status - other.status);
    expect([first?.status, second?.status]).toEqual([200, 412]);
    expect(second?.body.code).toBe('changed_meanwhile');
    const now = await all('GET', path);
    expect(now.body).toEqual(first?.body);
    expect(now.headers.get('etag')).toBe(first?.headers.get('etag'));
    expect((await all('GET', path, undefined, { 'if-none-match': seen })).status).toBe(200);
  });

  test('decide the channels of the next dispatch and their order', async () => {
    await make('ordena', { email: 'ordena@example.com', phone: '0991234567' });
    const channels = async () => {
      const event = exampleEvent({ customer_id: 'ordena' });
      const { body } = await all<DispatchReceipt>('POST', dispatchPath, event);
      return body.notifications[0]?.channels;
    };
    await update('ordena', { email: { priority: 1 }, whatsapp: { priority: 2 } });
    expect(await channels()).toEqual(['email', 'whatsapp']);
    await update('ordena', { email: { priority: 3 } });
    expect(await channels()).toEqual(['whatsapp', 'email']);
    await update('ordena', { whatsapp: { consent: false } });
    expect(await channels()).toEqual(['email']);
  });

  test.each([
    [{ sms: {} }, 'sms'],
    [{ email: null }, 'email'],
    [{ email: [] }, 'email'],
    [{ email: { priority: 0 } }, 'email.priority'],
    [{ email: { enabled: null } }, 'email.enabled'],
    [{ push: { consent: 'no' } }, 'push.consent'],
    [{ push: { mute: true } }, 'push.mute'],
  ])('400 for %j names %s', async (body, field) => {
    const { status, body: problem } = await update('customer-001', body);
    expect({ status, fields: Object.keys(problem.errors ?? {}) }).toEqual({
      status: 400,
      fields: [field],
    });
  });

  test('404 for a customer that there is not', async () => {
    expect((await update('nobody', {})).status).toBe(404);
    expect((await all('GET', `${of('nobody')}preferences/`)).status).toBe(404);
  });
});
