import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import type {
  AnalyticsSummary,
  ChannelsHealthView,
  RecentMessagesView,
} from '#contracts/http/analytics.dto.js';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import {
  insertMessages,
  messageParameters,
  type NewMessages,
} from '#infrastructure/testing/message-log.js';
import { bodyOf, startTestApi, type TestApi } from './start-test-api.js';

const north = '0190aaaa-0000-7000-8000-000000000001';
const south = '0190aaaa-0000-7000-8000-000000000002';

let api: TestApi;
let mailServer: SMTPServer;
/** Keys that may read: of everything, of the north's workshop, and one that may not read at all. */
let all: string;
let northern: string;
let writing: string;

beforeAll(async () => {
  mailServer = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'] });
  mailServer.listen(0, '127.0.0.1');
  await once(mailServer.server, 'listening');
  const { port } = mailServer.server.address() as AddressInfo;
  api = await startTestApi({ EMAIL_HOST: '127.0.0.1', EMAIL_PORT: String(port) });
  const keyOf = async (scope: 'read' | 'write', tallerId?: string) => {
    const { key } = await createApiKey(api.dataSource, { name: 'k', scopes: [scope], tallerId });
    return key;
  };
  all = await keyOf('read');
  northern = await keyOf('read', north);
  writing = await keyOf('write');
});
afterAll(async () => {
  await api.close();
  mailServer.close();
});
beforeEach(() => query('TRUNCATE event, notification, message'));

const query = (sql: string, parameters?: unknown[]) => api.dataSource.query(sql, parameters);
const get = (path: string, key = all) =>
  fetch(`${api.url}/api/v1/analytics/${path}`, { headers: { 'x-api-key': key } });
async function read<T>(path: string, key = all): Promise<T> {
  const answer = await get(path, key);
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
  return bodyOf<T>(answer);
}
const summary = (parameters: string, key?: string) =>
  read<AnalyticsSummary>(`summary/?${parameters}`, key);
const may = 'from=2026-05-01&to=2026-05-31';

/** Makes messages in a state; each sent one took 3 seconds. */
async function make(count: number, state: string, changes: Partial<NewMessages> = {}) {
  await query(
    insertMessages,
    messageParameters({
      count,
      createdAt: new Date('2026-05-10T12:00:00Z'),
      tallerId: null,
      channel: 'email',
      eventType: 'vehicle_ready',
      scheduledInHours: null,
      ...changes,
    }),
  );
  await query(
    `UPDATE message SET state = $1, sent_at = CASE WHEN $1 IN ('sent', 'delivered', 'read', 'bounced')
       THEN greatest(created_at, scheduled_for) + interval '3 seconds' END
     WHERE state = 'queued'`,
    [state],
  );
}

describe('GET analytics/summary/', () => {
  test('tells what became of messages, in all and by each of four views', async () => {
    await make(6, 'sent');
    await make(2, 'read', { channel: 'whatsapp', createdAt: new Date('2026-05-11T12:00:00Z') });
    await make(1, 'failed', { channel: 'whatsapp', eventType: 'quote_ready' });
    await make(1, 'expired');
    await make(3, 'superseded');
    await query(`UPDATE message SET sent_at = sent_at + interval '2 seconds' WHERE state = 'read'`);
    const told = await summary(may);
    expect(told).toMatchObject({
      from: '2026-05-01',
      to: '2026-05-31',
      time_zone: 'America/Guayaquil',
      taller_id: null,
      total: 13,
      pending: 0,
      sent: 8,
      delivered: 2,
      failed: 1,
      expired: 1,
      stopped: 3,
      delivery_rate_percent: 80,
      average_delivery_seconds: 3.5,
    });
    expect(told.by_channel).toMatchObject([
      { channel: 'email', total: 10, sent: 6, average_delivery_seconds: 3 },
      { channel: 'whatsapp', total: 3, sent: 2, failed: 1, delivery_rate_percent: 66.67 },
      { channel: 'push', total: 0, delivery_rate_percent: null, average_delivery_seconds: null },
    ]);
    expect(told.by_status).toHaveLength(10);
    expect(told.by_status).toContainEqual({ status: 'superseded', count: 3 });
    expect(told.by_status).toContainEqual({ status: 'queued', count: 0 });
    expect(told.by_event_type).toMatchObject([
      { event_type: 'vehicle_ready', total: 12 },
      { event_type: 'quote_ready', total: 1, failed: 1 },
    ]);
    expect(told.by_day).toHaveLength(31);
    expect(told.by_day[9]).toMatchObject({ date: '2026-05-10', total: 11, sent: 6 });
    expect(told.by_day[10]).toMatchObject({ date: '2026-05-11', total: 2, delivered: 2 });
  });

  test('covers 30 days up to today unless told otherwise, in the zone of the days', async () => {
    const [{ today }] = await query(
      `SELECT (now() AT TIME ZONE 'America/Guayaquil')::date::text AS today`,
    );
    const told = await summary('');
    expect([told.to, told.by_day.length, told.by_day.at(-1)?.date]).toEqual([today, 30, today]);
    expect(await summary('days=1')).toMatchObject({ from: today, to: today });
    expect(await summary('days=3&to=2026-05-10')).toMatchObject({ from: '2026-05-08' });
  });

  test('tells the time that half of them took at most, in all and by channel', async () => {
    await make(5, 'sent');
    await make(4, 'delivered', { channel: 'whatsapp' });
    await query(`UPDATE message SET sent_at = created_at + interval '5 minutes'
      WHERE channel = 'whatsapp'`);
    await make(2, 'bounced', { channel: 'push' });
    const {
      median_delivery_seconds: all,
      by_channel,
      average_delivery_seconds,
    } = await summary(may);
    const [email, whatsapp, push] = by_channel.map((one) => one.median_delivery_seconds);
    expect(average_delivery_seconds).toBeGreaterThan(100);
    for (const seconds of [all, email]) expect(Math.abs((seconds ?? 0) - 3)).toBeLessThan(0.6);
    expect(Math.abs((whatsapp ?? 0) - 300)).toBeLessThan(60);
    expect(push).toBeNull();
  });

  test('tells of each day what each channel carried', async () => {
    await make(6, 'sent');
    await make(1, 'failed', { channel: 'whatsapp' });
    const { by_day } = await summary(may);
    expect(by_day[9]?.by_channel).toEqual([
      { channel: 'email', total: 6, sent: 6, failed: 0 },
      { channel: 'whatsapp', total: 1, sent: 0, failed: 1 },
      { channel: 'push', total: 0, sent: 0, failed: 0 },
    ]);
    expect(by_day[10]?.by_channel[0]).toMatchObject({ total: 0 });
  });

  test('counts the time of what is scheduled from when it was wanted', async () => {
    await make(1, 'sent', { scheduledInHours: 48 });
    expect(await summary(may)).toMatchObject({ average_delivery_seconds: 3 });
  });

  test("has the days of the workshop's own zone, and follows it to another", async () => {
    await make(1, 'sent', { tallerId: north, createdAt: new Date('2026-05-10T18:20:00Z') });
    const dayIn = async () =>
      (await summary(`${may}&taller_id=taller-norte`)).by_day.find(({ total }) => total > 0)?.date;
    expect(await dayIn()).toBe('2026-05-10');
    await query('UPDATE taller SET time_zone = $2 WHERE id = $1', [north, 'Asia/Kathmandu']);
    expect(await dayIn()).toBe('2026-05-11');
    expect((await summary(may, northern)).time_zone).toBe('Asia/Kathmandu');
    expect((await summary(may)).by_day[9]).toMatchObject({ date: '2026-05-10', total: 1 });
    await query(`UPDATE taller SET time_zone = 'America/Guayaquil' WHERE id = $1`, [north]);
  });

  test("shows the key of a workshop that workshop's messages alone", async () => {
    await make(3, 'sent', { tallerId: north });
    await make(2, 'sent', { tallerId: south });
    await make(1, 'sent');
    expect(await summary(may)).toMatchObject({ total: 6, taller_id: null });
    expect(await summary(`${may}&taller_id=${south.toUpperCase()}`)).toMatchObject({
      total: 2,
      taller_id: south,
    });
    for (const narrowed of ['', `&taller_id=${north}`, '&taller_id=taller-norte']) {
      expect(await summary(may + narrowed, northern)).toMatchObject({ total: 3, taller_id: north });
    }
    const foreign = await get(`summary/?taller_id=${south}`, northern);
    expect(foreign.status).toBe(400);
    expect((await bodyOf<ProblemView>(foreign)).errors).toHaveProperty('taller_id');
  });

  test.each([
    ['from=2026-05-02&to=2026-05-01', 'from'],
    ['from=2098-01-01', 'from'],
    ['from=2025-01-01&to=2026-02-05', 'from'],
    ['from=2026-05-01&days=3', 'days'],
    ['days=0', 'days'],
    ['days=401', 'days'],
    ['days=ten', 'days'],
    ['from=2026-02-30', 'from'],
    ['to=2026-05-01T00:00:00Z', 'to'],
    ['taller_id=nowhere', 'taller_id'],
    ['channel=email', 'channel'],
  ])('400 for %s', async (parameters, field) => {
    const answer = await get(`summary/?${parameters}`);
    expect(answer.status).toBe(400);
    expect(Object.keys((await bodyOf<ProblemView>(answer)).errors ?? {})).toEqual([field]);
  });

  test('takes 400 days', async () => {
    expect((await summary('from=2025-01-01&to=2026-02-04')).by_day).toHaveLength(400);
  });
});

describe('GET analytics/recent/', () => {
  const recent = async (parameters = '', key?: string) =>
    (await read<RecentMessagesView>(`recent/?${parameters}`, key)).results;
  /** Some of each of the last days; none older than the list goes back. */
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

  test('shows the newest first, with masked addresses', async () => {
    await make(3, 'sent', { createdAt: daysAgo(40) });
    await make(2, 'failed', { createdAt: daysAgo(2), channel: 'whatsapp', tallerId: north });
    const told = await recent();
    expect(told.map(({ status }) => status)).toEqual(['failed', 'failed', 'sent', 'sent', 'sent']);
    const times = told.map(({ created_at }) => created_at);
    expect(times).toEqual(times.toSorted().reverse());
    expect(told[0]).toMatchObject({
      channel: 'whatsapp',
      event_type: 'vehicle_ready',
      taller_id: north,
      recipient_name: 'Ana Paredes',
      address: 'a***s@e***.com',
      sent_at: null,
    });
    expect(JSON.stringify(told)).not.toContain('ana.paredes@example.com');
  });

  test('narrows to a channel, a status and a workshop, however far back these are', async () => {
    await make(1, 'bounced', { createdAt: daysAgo(300), channel: 'push', tallerId: south });
    await make(30, 'sent', { createdAt: daysAgo(3) });
    await make(30, 'sent', { createdAt: daysAgo(1), tallerId: north });
    const [bounced] = await recent('status=bounced');
    expect(bounced).toMatchObject({ channel: 'push', status: 'bounced' });
    expect(await recent('channel=push')).toEqual([bounced]);
    expect(await recent(`taller_id=${south}`)).toEqual([bounced]);
    expect(await recent('status=queued')).toEqual([]);
    expect(await recent('limit=45&channel=email')).toHaveLength(45);
    expect(await recent()).toHaveLength(20);
    expect(await recent('status=bounced', northern)).toEqual([]);
    expect(await recent('limit=100', northern)).toHaveLength(30);
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['status=lost', 'status'],
    ['channel=fax', 'channel'],
    ['page=2', 'page'],
    ['taller_id=nowhere', 'taller_id'],
  ])('400 for %s', async (parameters, field) => {
    const answer = await get(`recent/?${parameters}`);
    expect(answer.status).toBe(400);
    expect(Object.keys((await bodyOf<ProblemView>(answer)).errors ?? {})).toEqual([field]);
  });
});

describe('GET analytics/health/', () => {
  test('tells the rates of the last 24 hours, and which providers answer', async () => {
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    await make(3, 'sent', { createdAt: hoursAgo(2), tallerId: north });
    await make(1, 'failed', { createdAt: hoursAgo(23) });
    await make(5, 'failed', { createdAt: hoursAgo(25) });
    const { channels, since } = await read<ChannelsHealthView>('health/');
    expect(Date.now() - Date.parse(since)).toBeGreaterThanOrEqual(86_400_000);
    expect(channels).toMatchObject([
      {
        channel: 'email',
        messages: 4,
        sent: 3,
        failed: 1,
        success_rate_percent: 75,
        failure_rate_percent: 25,
        provider: { answers: true },
      },
      {
        channel: 'whatsapp',
        messages: 0,
        success_rate_percent: null,
        failure_rate_percent: null,
        provider: { answers: false, detail: expect.stringContaining('EVOLUTION_API_URL') },
      },
      { channel: 'push', provider: { answers: false } },
    ]);
    const own = await read<ChannelsHealthView>('health/', northern);
    expect(own.channels[0]).toMatchObject({ messages: 3, success_rate_percent: 100 });
  });

  test('400 for what it does not know', async () => {
    const answer = await get('health/?channel=email');
    expect(answer.status).toBe(400);
    expect((await bodyOf<ProblemView>(answer)).errors).toHaveProperty('channel');
  });
});

test.each(['summary/', 'recent/', 'health/'])('%s asks for a key that may read', async (path) => {
  expect((await fetch(`${api.url}/api/v1/analytics/${path}`)).status).toBe(401);
  expect((await get(path, writing)).status).toBe(403);
  expect((await get(path.slice(0, -1))).status).toBe(200);
});
