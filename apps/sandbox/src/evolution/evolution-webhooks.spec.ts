import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { portOf } from '../http/listen.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';
import { arrivedAt, ask } from '../testing/control.js';

interface Heard {
  path: string | undefined;
  secret: unknown;
  body: { event: string; instance: string; data: Record<string, unknown> };
}

let sandbox: Sandbox;
let service: Server;
let url: string;
let heard: Heard[];
/** What the service answers, in turn; 200 when there is none left. */
let answers: number[];

beforeAll(async () => {
  sandbox = await startSandbox({ host: '127.0.0.1', httpPort: 0, smtpPort: 0 });
  service = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const secret = request.headers['x-webhook-secret'];
      heard.push({ path: request.url, secret, body: JSON.parse(String(Buffer.concat(chunks))) });
      response.writeHead(answers.shift() ?? 200).end();
      service.emit('heard');
    });
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  url = `http://127.0.0.1:${portOf(service)}/hook`;
});
beforeEach(async () => {
  heard = [];
  answers = [];
  await ask(sandbox, 'DELETE', 'messages');
});
afterAll(async () => {
  await sandbox.close();
  service.closeAllConnections();
  service.close();
});

const events = ['SEND_MESSAGE', 'MESSAGES_UPDATE', 'CONNECTION_UPDATE'];
const call = (path: string, body: unknown, apikey = sandbox.environment.EVOLUTION_API_KEY ?? '') =>
  fetch(`${sandbox.httpUrl}/${path}/sandbox`, {
    method: 'POST',
    headers: { apikey, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const set = (changes: object = {}) =>
  call('webhook/set', {
    webhook: { enabled: true, url, headers: { 'x-webhook-secret': 's' }, events, ...changes },
  });
const send = () => call('message/sendText', { number: '593990000001', text: 'Hola' });

async function waitFor(count: number): Promise<Heard[]> {
  while (heard.length < count) await once(service, 'heard');
  return heard;
}

describe('a webhook', () => {
  test('tells what is planned of each message, under the id of the answer', async () => {
    expect((await set()).status).toBe(201);
    const plan = { statuses: ['READ', 'DELIVERY_ACK'], delayMs: 1, repeat: 2 };
    await ask(sandbox, 'PUT', 'receipts', plan);
    const answer = (await (await send()).json()) as { key: { id: string } };
    const updates = (await waitFor(5)).filter(({ body }) => body.event === 'messages.update');
    expect(updates.map(({ body }) => body.data)).toMatchObject([
      { keyId: answer.key.id, status: 'READ', fromMe: true },
      { keyId: answer.key.id, status: 'READ' },
      { keyId: answer.key.id, status: 'DELIVERY_ACK' },
      { keyId: answer.key.id, status: 'DELIVERY_ACK' },
    ]);
    expect(heard.find(({ body }) => body.event === 'send.message')?.body.data).toEqual(answer);
    expect(new Set(heard.map(({ secret }) => secret))).toEqual(new Set(['s']));
  });

  test('tells something of one message when it is asked to, and of the line', async () => {
    await set({ byEvents: true, events: ['MESSAGES_UPDATE', 'CONNECTION_UPDATE'] });
    await ask(sandbox, 'PUT', 'receipts', { statuses: [] });
    await send();
    const [message] = await arrivedAt(sandbox, '');
    await ask(sandbox, 'POST', `messages/${message?.id}/receipts`, { status: 'ERROR' });
    await ask(sandbox, 'POST', 'line', { state: 'close', statusReason: 401 });
    expect(heard.map(({ path, body }) => [path, body.data.status ?? body.data.state])).toEqual([
      ['/hook/messages-update', 'ERROR'],
      ['/hook/connection-update', 'close'],
    ]);
  });

  test('asks again after a 503, and not after a 401', async () => {
    await set();
    await ask(sandbox, 'PUT', 'receipts', { statuses: [] });
    answers = [200, 503, 200, 401];
    await send();
    await waitFor(1);
    const [message] = await arrivedAt(sandbox, '');
    for (let count = 0; count < 2; count += 1) {
      await ask(sandbox, 'POST', `messages/${message?.id}/receipts`, { status: 'READ' });
    }
    expect(heard).toHaveLength(4);
  });

  test('is set with the key alone, and as the server takes it', async () => {
    expect((await call('webhook/set', {}, 'guess')).status).toBe(401);
    const flat = await call('webhook/set', { url, events });
    expect(flat.status).toBe(400);
    expect(await flat.text()).toContain('requires property');
  });
});
