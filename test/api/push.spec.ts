import { createECDH, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import webPush from 'web-push';
import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type { PushStatusView, PushSubscriptionView } from '#contracts/http/push.dto.js';
import { callerWithKey, type JsonCaller } from './json-caller.js';
import { northId, southId } from './resources/resource-case.js';
import { dispatchPath, exampleEvent, startTestApi, type TestApi } from './start-test-api.js';

const subscribe = '/api/v1/notifications/push/subscribe/';
const status = '/api/v1/notifications/push/status/';
let api: TestApi;
let all: JsonCaller;
let north: JsonCaller;
let south: JsonCaller;
beforeAll(async () => {
  const vapid = webPush.generateVAPIDKeys();
  api = await startTestApi({
    API_AUTH: 'keys',
    VAPID_PUBLIC_KEY: vapid.publicKey,
    VAPID_PRIVATE_KEY: vapid.privateKey,
    VAPID_CONTACT_EMAIL: 'taller@example.com',
  });
  ({ call: all } = await callerWithKey(api, ['read', 'write', 'dispatch']));
  ({ call: north } = await callerWithKey(api, ['read', 'write'], northId));
  ({ call: south } = await callerWithKey(api, ['read', 'write'], southId));
});
afterAll(() => api.close());

let devices = 0;
/** What `JSON.stringify(subscription)` gives in a browser. */
function aBrowser() {
  devices += 1;
  return {
    endpoint: `https://fcm.googleapis.com/fcm/send/device-${devices}`,
    expirationTime: null,
    keys: {
      p256dh: createECDH('prime256v1').generateKeys('base64url'),
      auth: randomBytes(16).toString('base64url'),
    },
  };
}
const rowOf = async (endpoint: string) =>
  (
    await api.dataSource.query('SELECT * FROM push_subscription WHERE endpoint = $1', [endpoint])
  )[0];

describe('POST push/subscribe', () => {
  test('201 takes what a browser gives, and a notice goes there', async () => {
    const subscription = aBrowser();
    const answer = await all<PushSubscriptionView>('POST', subscribe, {
      customer_id: 'customer-mute',
      subscription,
    });
    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 201,
      body: {
        id: expect.any(String),
        customer_id: 'customer-mute',
        staff_member_id: null,
        service: 'fcm.googleapis.com',
        subscribed_at: expect.any(String),
      },
    });
    const event = exampleEvent({ customer_id: 'customer-mute' });
    const { body } = await all<DispatchReceipt>('POST', dispatchPath, event);
    const [message] = await api.dataSource.query(
      'SELECT address FROM message WHERE notification_id = $1',
      [body.notifications[0]?.notification_id],
    );
    expect(message.address).toEqual({
      channel: 'push',
      subscriptionId: answer.body.id,
      endpoint: subscription.endpoint,
      ...subscription.keys,
    });
  });

  test('201 again renews: new keys, alive again, another owner', async () => {
    const first = aBrowser();
    const made = await all<PushSubscriptionView>('POST', subscribe, {
      customer_id: 'customer-001',
      subscription: first,
    });
    await api.dataSource.query(
      `UPDATE push_subscription SET ended_at = now(), ended_because = 'push_410' WHERE id = $1`,
      [made.body.id],
    );
    const renewed = { ...aBrowser(), endpoint: first.endpoint };
    const body = { customer_id: 'customer-norte', subscription: renewed };
    const again = await all<PushSubscriptionView>('POST', subscribe, body);
    expect(again).toMatchObject({ status: 201, body: { id: made.body.id } });
    expect(await rowOf(first.endpoint)).toMatchObject({
      customer_id: 'customer-norte',
      ...renewed.keys,
      ended_at: null,
      ended_because: null,
    });
  });

  test("201 for a member of staff's browser", async () => {
    const id = '0190bbbb-0000-7000-8000-000000000001';
    await api.dataSource.query(
      `INSERT INTO staff_member (id, taller_id, name) VALUES ($1, $2, 'J')`,
      [id, northId],
    );
    const body = { staff_member_id: id, subscription: aBrowser() };
    expect((await south('POST', subscribe, body)).status).toBe(400);
    expect((await north('POST', subscribe, body)).status).toBe(201);
  });

  test('201 for the text that a parser would rewrite keeps what the parser reads', async () => {
    const subscription = { ...aBrowser(), endpoint: 'https://FCM.googleapis.com:443/fcm/send/Up' };
    await all('POST', subscribe, { customer_id: 'customer-001', subscription });
    expect(await rowOf('https://fcm.googleapis.com/fcm/send/Up')).toMatchObject({
      customer_id: 'customer-001',
      ...subscription.keys,
    });
    const { endpoint } = subscription;
    expect((await all('DELETE', subscribe, { endpoint })).status).toBe(204);
  });

  const browser = aBrowser();
  const { keys } = browser;
  test.each([
    ['customer_id', { subscription: browser }],
    ['customer_id', { customer_id: 'nobody', subscription: browser }],
    ['staff_member_id', { staff_member_id: northId, subscription: browser }],
    [
      'staff_member_id',
      { staff_member_id: northId, customer_id: 'customer-001', subscription: browser },
    ],
    ['subscription', { customer_id: 'customer-001' }],
    ['subscription.endpoint', { subscription: { ...browser, endpoint: 'https://127.0.0.1/x' } }],
    ['subscription.endpoint', { subscription: { ...browser, endpoint: 'https://evil.example/' } }],
    [
      'subscription.endpoint',
      { subscription: { ...browser, endpoint: "https://127.0.0.1'.push.apple.com/w" } },
    ],
    ['subscription.expirationTime', { subscription: { ...browser, expirationTime: 'soon' } }],
    ['subscription.keys', { subscription: { ...browser, keys: null } }],
    ['subscription.keys.p256dh', { subscription: { ...browser, keys: { ...keys, p256dh: 'AA' } } }],
    ['subscription.keys.auth', { subscription: { ...browser, keys: { ...keys, auth: 'AA' } } }],
    ['endpoint', { ...browser, customer_id: 'customer-001' }],
  ])('400 names %s in %j', async (field, body) => {
    const whole = 'endpoint' in body ? body : { ...someone(field), ...body };
    const { status: code, body: problem } = await all<ProblemView>('POST', subscribe, whole);
    expect(code).toBe(400);
    expect(Object.keys(problem.errors ?? {})).toContain(field);
    expect(await rowOf(browser.endpoint)).toBeUndefined();
  });
  const someone = (field: string) =>
    field.startsWith('subscription.') ? { customer_id: 'customer-001' } : {};

  test("400 for a browser of another workshop's customer, who keeps it", async () => {
    const subscription = aBrowser();
    const body = { customer_id: 'customer-norte', subscription };
    expect((await north('POST', subscribe, body)).status).toBe(201);
    expect((await south('POST', subscribe, body)).status).toBe(400);
    await api.dataSource.query(
      `INSERT INTO customer (id, name, taller_id) VALUES ('del-sur', 'Sur', $1)`,
      [southId],
    );
    const stolen = await south<ProblemView>('POST', subscribe, { ...body, customer_id: 'del-sur' });
    expect(stolen).toMatchObject({
      status: 400,
      body: { errors: { 'subscription.endpoint': ['is taken already'] } },
    });
    expect((await south('DELETE', subscribe, { endpoint: subscription.endpoint })).status).toBe(
      404,
    );
    expect((await rowOf(subscription.endpoint)).customer_id).toBe('customer-norte');
  });
});

describe('DELETE push/subscribe', () => {
  test('204 by body or by query, then 404', async () => {
    for (const by of ['body', 'query'] as const) {
      const subscription = aBrowser();
      const { endpoint } = subscription;
      await all('POST', subscribe, { customer_id: 'customer-001', subscription });
      const path =
        by === 'query' ? `${subscribe}?endpoint=${encodeURIComponent(endpoint)}` : subscribe;
      const body = by === 'body' ? { endpoint } : undefined;
      expect((await all('DELETE', path, body)).status).toBe(204);
      expect(await rowOf(endpoint)).toMatchObject({ ended_because: 'unsubscribed' });
      expect((await all('DELETE', path, body)).status).toBe(404);
    }
  });

  test('400 when it names none', async () => {
    for (const body of [undefined, {}, { endpoint: '' }, { subscription: aBrowser() }]) {
      expect((await all('DELETE', subscribe, body)).status).toBe(400);
    }
  });
});

describe('GET push/status/{customer_id}', () => {
  test('200 tells the live browsers, without what would let anybody send there', async () => {
    const none = { customer_id: 'con-push', subscribed: false, count: 0, devices: [] };
    await api.dataSource.query(
      `INSERT INTO customer (id, name, taller_id) VALUES ('con-push', 'P', $1)`,
      [northId],
    );
    expect((await north('GET', `${status}con-push/`)).body).toEqual(none);
    const subscription = aBrowser();
    await north('POST', subscribe, { customer_id: 'con-push', subscription });
    const { body } = await north<PushStatusView>('GET', `${status}con-push/`);
    expect(body).toEqual({
      customer_id: 'con-push',
      subscribed: true,
      count: 1,
      devices: [
        {
          id: expect.any(String),
          service: 'fcm.googleapis.com',
          subscribed_at: expect.any(String),
        },
      ],
    });
    expect((await south('GET', `${status}con-push/`)).status).toBe(404);
    await north('DELETE', subscribe, { endpoint: subscription.endpoint });
    expect((await north('GET', `${status}con-push/`)).body).toEqual(none);
  });

  test('404 for a customer that there is not', async () => {
    expect((await all('GET', `${status}nobody/`)).status).toBe(404);
  });
});
