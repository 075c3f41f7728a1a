import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import type { NoticeView } from '#contracts/http/inbox.dto.js';
import { createApiKey, revokeApiKey } from '#infrastructure/persistence/api-keys.js';
import { northId, southId } from './resources/resource-case.js';
import { SseClient, type SseEvent } from './sse-client.js';
import { startTestApi, type TestApi } from './start-test-api.js';

const path = '/api/v1/notifications/inbox/stream/';
const socketPath = '/ws/notifications/';
let api: TestApi;
let key: string;
let northKey: string;
const opened: { close(): void }[] = [];

beforeAll(async () => {
  api = await startTestApi({ RATE_LIMIT_PER_MINUTE: '0' });
  ({ key } = await createApiKey(api.dataSource, { name: 'all', scopes: ['read'] }));
  ({ key: northKey } = await createApiKey(api.dataSource, {
    name: 'north',
    scopes: ['read'],
    tallerId: northId,
  }));
});
afterAll(async () => {
  for (const each of opened) each.close();
  await api.close();
});

const wsUrl = (at = socketPath) => api.url.replace('http', 'ws') + at;
async function openSse(headers: Record<string, string> = {}): Promise<SseClient> {
  const client = await SseClient.open(api.url + path, {
    authorization: `Bearer ${key}`,
    ...headers,
  });
  opened.push(client);
  return client;
}
async function openSocket(at = socketPath, headers: Record<string, string> = { 'x-api-key': key }) {
  const socket = new WebSocket(wsUrl(at), { headers });
  opened.push(socket);
  const frames: { type: string; number?: number; notice?: NoticeView }[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  await once(socket, 'open');
  const until = async (isSo: (all: typeof frames) => boolean) => {
    while (!isSo(frames)) await pause(5);
    return frames;
  };
  await until((all) => all.some(({ type }) => type === 'ready'));
  return { socket, frames, until };
}
/** Writes notices to staff; gives back their ids. */
async function write(count: number, tallerId: string | null = null): Promise<string[]> {
  const rows = await api.dataSource.query<{ id: string }[]>(
    `INSERT INTO staff_notice (kind, subject, taller_id, data)
     SELECT 'account_failing', 'email:house', $2, '{"account": "email:house"}'
     FROM generate_series(1, $1) RETURNING id`,
    [count, tallerId],
  );
  await api.dataSource.query(`NOTIFY ambacar_inbox_v1`);
  return rows.map(({ id }) => id);
}
/** Postgres counts it at once, and not when the connection has rested for ten seconds. */
const changeCustomer = ({ dataSource }: TestApi) =>
  dataSource.query(`SELECT pg_stat_force_next_flush();
    UPDATE customer SET name = name WHERE id = 'customer-001'`);
const tellsOfCustomers = ({ type, data }: SseEvent) =>
  type === 'activity' && data.includes('"customers"');
const statusOf = async (headers: Record<string, string>) =>
  (await fetch(api.url + path, { headers: { accept: 'text/event-stream', ...headers } })).status;
/** What a refused WebSocket is answered. */
async function refusal(at: string, headers: Record<string, string>): Promise<unknown> {
  const socket = new WebSocket(wsUrl(at), { headers });
  socket.on('error', () => undefined);
  const [, response] = await once(socket, 'unexpected-response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return [response.statusCode, JSON.parse(body).code];
}

describe('a stream of notices', () => {
  test('tells of a notice as it is committed, and with its number as the event’s id', async () => {
    const client = await openSse();
    const [id] = await write(1);
    const [notice] = await client.notices(1);
    expect(notice).toMatchObject({ id, title_es: 'El correo falla', is_read: false });
    expect(client.lastEventId).toBe(String(notice?.number));
  });

  test('goes on after the last number that was seen', async () => {
    const first = await openSse();
    await write(3);
    const [seen] = await first.notices(3);
    first.close();
    const [late] = await write(1);
    const second = await openSse({ 'last-event-id': String(seen?.number) });
    const missed = await second.notices(3);
    expect(missed.map(({ number }) => number)).toEqual(
      [1, 2, 3].map((n) => n + (seen?.number ?? 0)),
    );
    expect(missed.at(-1)?.id).toBe(late);
  });

  test('begins with what comes from now on for who has seen nothing', async () => {
    await write(2);
    const client = await openSse();
    const [id] = await write(1);
    expect((await client.notices(1)).map((notice) => notice.id)).toEqual([id]);
  });

  test('tells the key of a workshop that workshop’s own alone', async () => {
    const client = await openSse({ authorization: `Bearer ${northKey}` });
    await write(2, southId);
    await write(1);
    const own = await write(2, northId);
    expect((await client.notices(2)).map(({ id }) => id).toSorted()).toEqual(own.toSorted());
  });

  test('says that something has changed, to those who show it', async () => {
    const client = await openSse();
    await changeCustomer(api);
    await client.until((events) => events.some(tellsOfCustomers));
  });

  test('says so to the first reader of a process, too, whatever changes as soon as he reads', async () => {
    const fresh = await startTestApi({ API_AUTH: 'off' });
    const client = await SseClient.open(fresh.url + path);
    await changeCustomer(fresh);
    await client.until((events) => events.some(tellsOfCustomers)).finally(() => client.close());
    await fresh.close();
  });

  test('is refused to who may not read, and to who does not ask for a stream', async () => {
    expect(await statusOf({})).toBe(401);
    const { key: dispatcher } = await createApiKey(api.dataSource, {
      name: 'd',
      scopes: ['dispatch'],
    });
    expect(await statusOf({ 'x-api-key': dispatcher })).toBe(403);
    expect((await fetch(api.url + path, { headers: { 'x-api-key': key } })).status).toBe(406);
  });

  test('ends for a key that was revoked, within seconds', async () => {
    const one = await createApiKey(api.dataSource, { name: 'short', scopes: ['read'] });
    const client = await openSse({ authorization: `Bearer ${one.key}` });
    const { socket } = await openSocket(socketPath, { 'x-api-key': one.key });
    const gone = Promise.all([client.ended, once(socket, 'close')]);
    await revokeApiKey(api.dataSource, one.id);
    const startedMs = performance.now();
    await gone;
    expect(performance.now() - startedMs).toBeLessThan(25_000);
    const [id] = await write(1);
    expect(client.events.some(({ data }) => data.includes(String(id)))).toBe(false);
  });

  test('is cut for who takes nothing, and goes on for the others', async () => {
    const { hostname, port } = new URL(api.url);
    const stuck: Socket = connect(Number(port), hostname);
    stuck.write(
      `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nAccept: text/event-stream\r\nX-API-KEY: ${key}\r\n\r\n`,
    );
    await once(stuck, 'readable');
    stuck.pause();
    const gone = once(stuck, 'close');
    const patient = await openSse();
    let written = 0;
    // The kernel takes some megabytes for him before anything waits here.
    for (let isGone = false; !isGone && written < 40_000; written += 2000) {
      await write(2000);
      await patient.notices(written + 2000);
      isGone = await Promise.race([gone.then(() => true), pause(1, false)]);
      if (written > 20_000) stuck.resume();
    }
    await gone;
    expect(patient.events.filter(({ type }) => type === 'notice')).toHaveLength(written);
  }, 60_000);
});

describe('a WebSocket', () => {
  test.each([socketPath, '/ws/notifications'])('at %s tells the same', async (at) => {
    const { until } = await openSocket(at);
    const [id] = await write(1);
    const frames = await until((all) => all.some(({ type }) => type === 'notice'));
    expect(frames.find(({ type }) => type === 'notice')?.notice).toMatchObject({ id });
  });

  test('goes on after the number that the address names', async () => {
    const { until, socket } = await openSocket();
    await write(2);
    const frames = await until((all) => all.filter(({ type }) => type === 'notice').length === 2);
    const seen = frames.find(({ type }) => type === 'notice')?.notice?.number ?? 0;
    socket.close();
    const again = await openSocket(`${socketPath}?last_event_id=${seen}`);
    const [missed] = (await again.until((all) => all.some(({ notice }) => notice))).filter(
      ({ notice }) => notice,
    );
    expect(missed?.notice?.number).toBe(seen + 1);
  });

  test('is opened to our own page, and to no other', async () => {
    const { host } = new URL(api.url);
    await openSocket(socketPath, { 'x-api-key': key, origin: `http://${host}` });
    for (const origin of ['https://evil.example', 'null', `http://${host}.evil.example`]) {
      expect(await refusal(socketPath, { 'x-api-key': key, origin })).toEqual([403, 'forbidden']);
    }
  });

  test('is refused as any request is', async () => {
    expect(await refusal(socketPath, {})).toEqual([401, 'unauthorized']);
    expect(await refusal('/ws/other/', { 'x-api-key': key })).toEqual([404, 'not_found']);
    expect(await refusal(`${socketPath}?last_event_id=x`, { 'x-api-key': key })).toEqual([
      400,
      'validation_failed',
    ]);
    const plain = await fetch(api.url + socketPath, { headers: { 'x-api-key': key } });
    expect([plain.status, plain.headers.get('upgrade')]).toEqual([426, 'websocket']);
  });

  test('that says more than it should is closed, and the others go on', async () => {
    const { socket } = await openSocket();
    const { until } = await openSocket();
    socket.send('x'.repeat(2000));
    await once(socket, 'close');
    await write(1);
    await until((all) => all.some(({ type }) => type === 'notice'));
  });
});
