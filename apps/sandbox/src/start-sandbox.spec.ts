import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { type Sandbox, startSandbox } from './start-sandbox.js';
import { arrivedAt, ask } from './testing/control.js';
import { makeRig, messageOf } from './testing/sender-rigs.js';

const anywhere = { host: '127.0.0.1', httpPort: 0, smtpPort: 0 };
const closers: (() => unknown)[] = [];
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox(anywhere);
});
beforeEach(async () => {
  await ask(sandbox, 'DELETE', 'messages');
  await ask(sandbox, 'DELETE', 'faults');
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
afterAll(() => sandbox.close());

function send(number: string, text: string) {
  const { EVOLUTION_API_KEY = '', EVOLUTION_INSTANCE } = sandbox.environment;
  return fetch(`${sandbox.httpUrl}/message/sendText/${EVOLUTION_INSTANCE}`, {
    method: 'POST',
    headers: { apikey: EVOLUTION_API_KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ number, text }),
  });
}

describe('what arrived can be looked at', () => {
  test('by channel, address, words and what is already known, oldest first', async () => {
    await send('593990000001', 'Hola Ana');
    await send('593990000002', 'Hola Luis');
    await send('593990000001', 'Adiós Ana');
    const all = await arrivedAt(sandbox, '');
    expect(all.map(({ text }) => text)).toEqual(['Hola Ana', 'Hola Luis', 'Adiós Ana']);
    expect(await arrivedAt(sandbox, 'to=0001')).toHaveLength(2);
    expect(await arrivedAt(sandbox, 'contains=hola&channel=whatsapp')).toHaveLength(2);
    expect(await arrivedAt(sandbox, `after=${all[1]?.id}`)).toHaveLength(1);
    expect(await arrivedAt(sandbox, 'channel=email')).toEqual([]);
  });

  test('by waiting until it is there', async () => {
    const waiting = ask(sandbox, 'GET', 'messages/wait?contains=tarde&timeoutMs=10000');
    await send('593990000001', 'llega tarde');
    expect(await waiting).toMatchObject({ count: 1, messages: [{ text: 'llega tarde' }] });
  });

  test('and a wait in vain says so, with what came', async () => {
    await send('593990000001', 'uno');
    const url = `${sandbox.httpUrl}/sandbox/messages/wait?count=2&timeoutMs=20`;
    const response = await fetch(url);
    expect(response.status).toBe(408);
    expect(await response.json()).toMatchObject({ count: 1 });
  });

  test('by people, with whatever a message holds made harmless', async () => {
    await send('593990000001', '<script>alert("1")</script>');
    const response = await fetch(`${sandbox.httpUrl}/sandbox/`);
    const page = await response.text();
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(page).not.toContain('<script');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('only the last two thousand are kept, and all are counted', async () => {
    const before = (await ask(sandbox, 'GET', 'state')) as { arrived: { whatsapp: number } };
    for (let batch = 0; batch < 21; batch += 1) {
      await Promise.all(Array.from({ length: 100 }, () => send('593990000001', 'x')));
    }
    expect(await ask(sandbox, 'GET', 'state')).toMatchObject({
      kept: 2000,
      arrived: { whatsapp: before.arrived.whatsapp + 2100 },
    });
  });
});

describe('faults', () => {
  test('hit the address that they name, as often as they say', async () => {
    const fault = { channel: 'whatsapp', to: '0001', kind: 'refuse_recipient', times: 2 };
    expect(await ask(sandbox, 'PUT', 'faults', fault)).toEqual([fault]);
    expect((await send('593990000002', 'x')).status).toBe(201);
    expect((await send('593990000001', 'x')).status).toBe(400);
    expect(await ask(sandbox, 'GET', 'faults')).toEqual([{ ...fault, times: 1 }]);
    expect((await send('593990000001', 'x')).status).toBe(400);
    expect((await send('593990000001', 'x')).status).toBe(201);
    expect(await ask(sandbox, 'GET', 'faults')).toEqual([]);
  });

  test('replace the one for the same address, and a list replaces all', async () => {
    const fault = { channel: 'email', to: 'ana', kind: 'full' };
    await ask(sandbox, 'PUT', 'faults', { ...fault, kind: 'stall' });
    await ask(sandbox, 'PUT', 'faults', { channel: 'push', kind: 'slow', delayMs: 5 });
    expect(await ask(sandbox, 'PUT', 'faults', fault)).toHaveLength(2);
    expect(await ask(sandbox, 'PUT', 'faults', [fault])).toEqual([fault]);
    await ask(sandbox, 'DELETE', 'faults?channel=push');
    expect(await ask(sandbox, 'GET', 'faults')).toEqual([fault]);
  });

  test.each([
    ['PUT', 'faults', { channel: 'fax', kind: 'full' }],
    ['PUT', 'faults', { channel: 'email', kind: 'explode' }],
    ['PUT', 'faults', { channel: 'email', kind: 'full', typo: 1 }],
    ['GET', 'messages?chanel=email', undefined],
    ['GET', 'messages/wait?count=0', undefined],
    ['GET', 'messages/wait?timeoutMs=soon', undefined],
    ['POST', 'push/subscriptions', { vapidPublicKey: 'x' }],
  ] as const)(
    '%s %s with what it does not know is told what is wrong',
    async (method, path, body) => {
      expect(await ask(sandbox, method, path, body)).toMatchObject({ detail: expect.any(String) });
    },
  );
});

describe('Evolution API as it is', () => {
  async function call(path: string, init: RequestInit = {}) {
    const response = await fetch(`${sandbox.httpUrl}${path}`, init);
    return { status: response.status, body: await response.json() };
  }
  const post = { method: 'POST', body: '{"number":"593990000001","text":"x"}' };
  const apikey = () => ({ apikey: sandbox.environment.EVOLUTION_API_KEY ?? '' });

  test('an unknown instance is told before a wrong key is', async () => {
    expect(await call('/message/sendText/otro', post)).toMatchObject({
      status: 404,
      body: { response: { message: ['The "otro" instance does not exist'] } },
    });
    expect(await call('/message/sendText/sandbox', post)).toEqual({
      status: 401,
      body: { status: 401, error: 'Unauthorized', response: { message: 'Unauthorized' } },
    });
  });

  test('a body is checked for its members, in the server’s words', async () => {
    const init = { method: 'POST', headers: apikey(), body: '{"number":"593990000001"}' };
    expect(await call('/message/sendText/sandbox', init)).toMatchObject({
      status: 400,
      body: { response: { message: [['instance requires property "text"']] } },
    });
  });

  test('the number check tells who is on WhatsApp', async () => {
    await ask(sandbox, 'PUT', 'faults', {
      channel: 'whatsapp',
      to: '0002',
      kind: 'refuse_recipient',
    });
    const body = '{"numbers":["593990000001","593990000002","5215512345678"]}';
    const init = { method: 'POST', headers: apikey(), body };
    expect((await call('/chat/whatsappNumbers/sandbox', init)).body).toMatchObject([
      { exists: true, jid: '593990000001@s.whatsapp.net' },
      { exists: false, number: '593990000002' },
      { exists: true, jid: '525512345678@s.whatsapp.net' },
    ]);
  });

  test('instances, the banner and what is not there', async () => {
    const init = { headers: apikey() };
    expect((await call('/instance/fetchInstances', init)).body).toMatchObject([
      { name: 'sandbox', connectionStatus: 'open' },
    ]);
    expect((await call('/')).body).toMatchObject({ version: '2.3.7' });
    expect((await call('/message/sendPoll/sandbox', { ...init, method: 'POST' })).status).toBe(404);
    expect((await call('/nothing')).status).toBe(404);
  });
});

test('a mail to several people arrives once for each', async () => {
  const transport = createTransport({
    host: '127.0.0.1',
    port: sandbox.smtpPort,
    ignoreTLS: true,
  });
  const to = ['ana@example.com', 'luis@example.com'];
  await transport.sendMail({ from: 'a@example.com', to, subject: 'Dos', text: 'x' });
  const messages = await arrivedAt(sandbox, 'channel=email');
  expect(messages.map((message) => message.to)).toEqual(to);
});

test('the variables lead our own configuration to the sandbox', () => {
  expect(sandbox.environment).toMatchObject({
    EMAIL_PORT: String(sandbox.smtpPort),
    EMAIL_USE_TLS: 'False',
    EVOLUTION_API_URL: sandbox.httpUrl,
    PUSH_TRUSTED_ORIGINS: sandbox.httpUrl,
  });
});

test('as many messages are kept as it is told', async () => {
  const small = await startSandbox({ ...anywhere, keptMessages: 1 });
  closers.push(() => small.close());
  const rig = await makeRig('email', small);
  closers.unshift(() => rig.sender.close());
  await rig.sender.send(messageOf(rig));
  await rig.sender.send(messageOf(rig));
  expect(await ask(small, 'GET', 'state')).toMatchObject({ kept: 1, arrived: { email: 2 } });
});

test('subscriptions outlive a restart, and expired ones stay expired', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  closers.push(() => rm(dataFolder, { recursive: true }));
  const first = await startSandbox({ ...anywhere, dataFolder });
  const alive = await makeRig('push', first);
  const expired = await makeRig('push', first);
  closers.push(
    () => alive.sender.close(),
    () => expired.sender.close(),
  );
  if (expired.address.channel !== 'push') throw new Error('not a push rig');
  await ask(first, 'DELETE', `push/subscriptions/${expired.address.endpoint.split('/').at(-1)}`);
  await first.close();

  const port = Number(new URL(first.httpUrl).port);
  const second = await startSandbox({ ...anywhere, httpPort: port, dataFolder });
  closers.unshift(() => second.close());
  expect(second.environment.EVOLUTION_API_KEY).toBe(first.environment.EVOLUTION_API_KEY);
  expect(await alive.sender.send(messageOf(alive))).toMatchObject({ kind: 'accepted' });
  expect(await expired.sender.send(messageOf(expired))).toMatchObject({
    code: 'subscription_gone',
  });
  expect(await readdir(dataFolder)).toEqual(['sandbox.json']);
  expect((await stat(join(dataFolder, 'sandbox.json'))).mode & 0o077).toBe(0);
});

test.each(['0.0.0.0', '::', '192.168.1.10', ''])('it does not listen on %j', async (host) => {
  await expect(startSandbox({ ...anywhere, host })).rejects.toThrow('this machine alone');
});

test('a page elsewhere whose name leads here sees nothing', async () => {
  const { hostname, port } = new URL(sandbox.httpUrl);
  const status = await new Promise((resolve, reject) => {
    const headers = { host: `evil.example:${port}` };
    get({ hostname, port, path: '/sandbox/messages', headers }, (response) => {
      resolve(response.resume().statusCode);
    }).once('error', reject);
  });
  expect(status).toBe(403);
});

test('a port that is taken is told, and nothing is left listening', async () => {
  const smtpPort = sandbox.smtpPort;
  await expect(startSandbox({ ...anywhere, smtpPort })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
