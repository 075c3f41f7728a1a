import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import webPush from 'web-push';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import { webhookReader } from '#infrastructure/channels/read-webhook.js';
import { BounceAddresses } from '#infrastructure/channels/smtp/bounce-addresses.js';
import { ClickTokens } from '#infrastructure/channels/web-push/click-tokens.js';
import { Receipts } from '#infrastructure/persistence/receipts/receipts.js';
import { ReceivedWebhooks } from '#infrastructure/persistence/receipts/received-webhooks.js';
import { mailReport } from '#infrastructure/testing/mail-report.js';
import { makeSentEvent, readNotification } from './sent-event.js';
import { bodyOf, dispatchPath, post, startTestApi, type TestApi } from './start-test-api.js';

const vapid = webPush.generateVAPIDKeys();
const secret = 'v'.repeat(40);
const bounces = new BounceAddresses('rebotes@example.com', ['k'.repeat(40)]);
const clicks = new ClickTokens(vapid.privateKey);
const evolutionPath = '/api/v1/webhooks/evolution/';
const mailPath = '/api/v1/webhooks/mail/';
const clickPath = '/api/v1/notifications/push/click/';
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({
    API_AUTH: 'off',
    SECRET_KEY: 'k'.repeat(40),
    WEBHOOK_SECRET: secret,
    BOUNCE_ADDRESS: 'rebotes@example.com',
    RATE_LIMIT_FAILED_AUTH_PER_MINUTE: '0',
    VAPID_PUBLIC_KEY: vapid.publicKey,
    VAPID_PRIVATE_KEY: vapid.privateKey,
    VAPID_CONTACT_EMAIL: 'mailto:avisos@example.com',
  });
});
afterAll(() => api.close());
beforeEach(() =>
  query('TRUNCATE received_webhook, receipt, whatsapp_instance, suppressed_address'),
);

const query = (sql: string, parameters?: unknown[]) => api.dataSource.query(sql, parameters);

type Body = string | Buffer;
const tell = (path: string, body: Body, headers: Record<string, string> = {}) =>
  fetch(api.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-webhook-secret': secret, ...headers },
    body,
  });
const tellMail = (mail: string) =>
  tell(mailPath, Buffer.from(mail, 'latin1'), { 'content-type': 'message/rfc822' });
const update = (keyId: string, status: string) =>
  JSON.stringify({ event: 'messages.update', instance: 'norte', data: { keyId, status } });

/** What the worker does with it, until nothing waits. */
async function applyAll(): Promise<void> {
  const webhooks = new ReceivedWebhooks(api.dataSource);
  const receipts = new Receipts(api.dataSource, { wake: () => undefined });
  while ((await webhooks.apply(50, webhookReader(bounces))) > 0);
  await query('UPDATE receipt SET due_at = clock_timestamp() WHERE applied_at IS NULL');
  await receipts.applyDue(1000);
}

const sentEvent = () => makeSentEvent(api);
const eventNow = (id: string) => readNotification(api, id);

describe('POST webhooks/evolution/', () => {
  test('is committed as it came before it is answered, and then leads the message on', async () => {
    const { eventId, providerId } = await sentEvent();
    const answer = await tell(evolutionPath, update(providerId, 'DELIVERY_ACK'));
    expect(answer.status).toBe(200);
    const { id } = await bodyOf<{ id: string }>(answer);
    const [kept] = await query('SELECT id, body FROM received_webhook');
    expect(kept).toEqual({ id, body: Buffer.from(update(providerId, 'DELIVERY_ACK')) });
    await applyAll();
    const notification = await eventNow(eventId);
    expect(notification.state).toBe('delivered');
    expect(notification.messages[0]).toMatchObject({
      state: 'delivered',
      delivered_at: expect.any(String),
      read_at: null,
    });
    expect(notification.timeline.at(-1)).toMatchObject({
      kind: 'receipt',
      channel: 'whatsapp',
      outcome: 'delivered',
      text_es: 'WhatsApp: llegó.',
      text_en: 'WhatsApp: it arrived.',
    });
    expect(await query('SELECT FROM received_webhook')).toEqual([]);
  });

  test('is taken with the event in the path, and with the secret there too', async () => {
    for (const path of [
      'messages-update/',
      'messages-update',
      `${secret}/`,
      `${secret}/messages-update`,
    ]) {
      const headers = path.startsWith(secret) ? { 'x-webhook-secret': undefined } : {};
      const answer = await fetch(api.url + evolutionPath + path, {
        method: 'POST',
        headers: JSON.parse(
          JSON.stringify({
            'content-type': 'application/json',
            'x-webhook-secret': secret,
            ...headers,
          }),
        ),
        body: update('3EB0', 'READ'),
      });
      expect([path, answer.status]).toEqual([path, 200]);
    }
    expect(await query('SELECT FROM received_webhook')).toHaveLength(4);
  });

  test('duplicated a hundred times, reversed and of unknown messages ends as told once', async () => {
    const events = await Promise.all([sentEvent(), sentEvent(), sentEvent()]);
    const told = events.flatMap(({ providerId }) => [
      update(providerId, 'DELIVERY_ACK'),
      update(providerId, 'READ'),
      update(`FOREIGN-${providerId}`, 'READ'),
    ]);
    const all = Array.from({ length: 100 }, () => [...told].reverse()).flat();
    for (let sent = 0; sent < all.length; sent += 50) {
      const batch = all.slice(sent, sent + 50);
      const answers = await Promise.all(batch.map((body) => tell(evolutionPath, body)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    }
    await applyAll();
    for (const { eventId } of events) {
      const { state, timeline } = await eventNow(eventId);
      expect(state).toBe('read');
      const receipts = timeline.filter(({ kind }) => kind === 'receipt');
      expect(receipts.map(({ outcome }) => outcome).sort()).toEqual(['delivered', 'read']);
    }
    expect(await query('SELECT FROM receipt WHERE applied_at IS NULL')).toHaveLength(3);
  });

  test('never fails, whatever an authentic body holds', async () => {
    const anyBody = fc.oneof(
      fc.json({ maxDepth: 5 }),
      fc.string(),
      fc.uint8Array({ minLength: 1, maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
      fc
        .tuple(fc.constantFrom('messages.update', 'connection.update', '\u0000'), fc.anything())
        .map(([event, data]) => JSON.stringify({ event, instance: 'norte', data })),
      fc.constant(`{"event":"messages.update","data":${'['.repeat(5000)}${']'.repeat(5000)}}`),
      fc.constant('{"event":"messages.update","data":{"keyId":"a\\u0000b","status":"READ"}}'),
      fc.constant('{"__proto__":{"event":"messages.update"}}'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyBody, { minLength: 1, maxLength: 20 }), async (bodies) => {
        const sent = bodies.filter((body) => body.length > 0);
        const answers = await Promise.all(sent.map((body) => tell(evolutionPath, body)));
        expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
        await applyAll();
        const waiting = await query(`SELECT FROM received_webhook WHERE state = 'waiting'`);
        expect(waiting).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test('that nobody can read stays for a week', async () => {
    await tell(evolutionPath, 'this is not JSON');
    await applyAll();
    expect(await query('SELECT state, error FROM received_webhook')).toEqual([
      { state: 'unreadable', error: 'not to be read' },
    ]);
  });

  test('keeps what Evolution last said of a line', async () => {
    const line = (state: string, statusReason: number) =>
      JSON.stringify({
        event: 'connection.update',
        instance: 'norte',
        data: { state, statusReason },
      });
    for (const body of [line('connecting', 200), line('open', 200), line('close', 401)]) {
      await tell(evolutionPath, body);
      await applyAll();
    }
    expect(await query('SELECT name, state, reason FROM whatsapp_instance')).toEqual([
      { name: 'norte', state: 'close', reason: 401 },
    ]);
  });

  test.each([
    ['without a secret', '', {}],
    ['with a wrong one', '', { 'x-webhook-secret': 'w'.repeat(40) }],
    ['with a wrong one in the path', `${'w'.repeat(40)}/messages-update/`, {}],
    ['with a part of it', '', { 'x-webhook-secret': secret.slice(0, 39) }],
    ['with the secret in the query', `?secret=${secret}`, {}],
  ])('401 %s', async (_, path, headers) => {
    const answer = await post(api.url + evolutionPath + path, { event: 'x' }, { ...headers });
    expect(answer.status).toBe(401);
    expect(await query('SELECT FROM received_webhook')).toEqual([]);
  });

  test('400 for an empty body, 413 for one past 256 KiB, 415 for another type', async () => {
    expect((await tell(evolutionPath, '')).status).toBe(400);
    expect((await tell(evolutionPath, `"${'x'.repeat(256 * 1024)}"`)).status).toBe(413);
    const text = await tell(evolutionPath, '{}', { 'content-type': 'text/plain' });
    expect(text.status).toBe(415);
    const mail = await tell(evolutionPath, '{}', { 'content-type': 'message/rfc822' });
    expect(mail.status).toBe(415);
  });

  test('401 to all where no secret is configured', async () => {
    const bare = await startTestApi();
    try {
      for (const shown of ['', secret]) {
        const answer = await post(`${bare.url}${evolutionPath}`, {}, { 'x-webhook-secret': shown });
        expect(answer.status).toBe(401);
      }
      expect(bare.log.filter(({ msg }) => String(msg).includes('WEBHOOK_SECRET'))).toHaveLength(1);
    } finally {
      await bare.close();
    }
  });
});

describe('POST webhooks/mail/', () => {
  test('a report of a failed delivery bounces the message it names', async () => {
    const { eventId, messageId } = await sentEvent();
    const to = bounces.addressFor(messageId);
    expect((await tellMail(mailReport({ to, action: 'failed', status: '5.1.1' }))).status).toBe(
      200,
    );
    await applyAll();
    const { messages, timeline } = await eventNow(eventId);
    expect(messages[0]).toMatchObject({ state: 'bounced', state_reason: 'mail_5_1_1' });
    expect(timeline.filter(({ kind }) => ['receipt', 'next_rung'].includes(kind))).toMatchObject([
      { outcome: 'bounced', code: 'mail_5_1_1', detail: expect.stringContaining('rejected') },
      { code: 'bounced' },
    ]);
  });

  test('takes a mail of 1 MiB, and none above', async () => {
    const mail = `To: rebotes@example.com\r\n\r\n${'x'.repeat(1024 * 1024 - 30)}`;
    expect((await tellMail(mail)).status).toBe(200);
    expect((await tellMail(`${mail}${'x'.repeat(100)}`)).status).toBe(413);
    await applyAll();
    expect(await query('SELECT FROM received_webhook')).toEqual([]);
  });

  test('never fails on a damaged mail', async () => {
    const { messageId } = await sentEvent();
    const to = bounces.addressFor(messageId);
    const whole = mailReport({ to, action: 'failed', status: '5.1.1' });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length),
        fc.uint8Array({ maxLength: 20 }),
        async (at, bytes) => {
          const noise = Buffer.from(bytes).toString('latin1');
          const answer = await tellMail(`x${whole.slice(0, at)}${noise}${whole.slice(at)}`);
          expect(answer.status).toBe(200);
          await applyAll();
        },
      ),
      { numRuns: 25 },
    );
    expect(await query('SELECT FROM received_webhook')).toEqual([]);
  });

  test('a mail elsewhere is no body, and JSON here is none', async () => {
    const elsewhere = await tell(dispatchPath, 'To: x', { 'content-type': 'message/rfc822' });
    expect(elsewhere.status).toBe(415);
    const { errors } = await bodyOf<ProblemView>(elsewhere);
    expect(errors).toEqual({ 'Content-Type': ['must be application/json'] });
    expect((await tell(mailPath, '{}')).status).toBe(415);
  });
});

describe('POST push/click/', () => {
  test('marks the message as read, without a key and as often as it comes', async () => {
    const { eventId, messageId } = await sentEvent();
    const token = clicks.make(messageId);
    for (let count = 0; count < 3; count += 1) {
      expect((await post(api.url + clickPath, { token })).status).toBe(204);
      await applyAll();
    }
    const { state, messages } = await eventNow(eventId);
    expect([state, messages[0]?.state]).toEqual(['read', 'read']);
  });

  test('404 for a token that was made up, 400 for what is none', async () => {
    const token = new ClickTokens('another key').make('0190aaaa-0000-7000-8000-00000000000a');
    expect((await post(api.url + clickPath, { token })).status).toBe(404);
    expect((await post(api.url + clickPath, { token: 'x' })).status).toBe(400);
    expect((await post(api.url + clickPath, {})).status).toBe(400);
    expect(await query('SELECT FROM receipt')).toEqual([]);
  });
});
