import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ChannelsHealthView, RecentMessagesView } from '#contracts/http/analytics.dto.js';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import { type AnalyticsRig, north, south, startAnalytics } from './analytics-rig.js';
import { bodyOf } from './start-test-api.js';

let rig: AnalyticsRig;
beforeAll(async () => {
  rig = await startAnalytics();
});
afterAll(() => rig.close());
beforeEach(() => rig.empty());

describe('GET analytics/recent/', () => {
  const recent = async (parameters = '', key?: string) =>
    (await rig.read<RecentMessagesView>(`recent/?${parameters}`, key)).results;
  /** Some of each of the last days; none older than the list goes back. */
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

  test('shows the newest first, with masked addresses', async () => {
    await rig.make(3, 'sent', { createdAt: daysAgo(40) });
    await rig.make(2, 'failed', { createdAt: daysAgo(2), channel: 'whatsapp', tallerId: north });
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
    await rig.make(1, 'bounced', { createdAt: daysAgo(300), channel: 'push', tallerId: south });
    await rig.make(30, 'sent', { createdAt: daysAgo(3) });
    await rig.make(30, 'sent', { createdAt: daysAgo(1), tallerId: north });
    const [bounced] = await recent('status=bounced');
    expect(bounced).toMatchObject({ channel: 'push', status: 'bounced' });
    expect(await recent('channel=push')).toEqual([bounced]);
    expect(await recent(`taller_id=${south}`)).toEqual([bounced]);
    expect(await recent('status=queued')).toEqual([]);
    expect(await recent('limit=45&channel=email')).toHaveLength(45);
    expect(await recent()).toHaveLength(20);
    expect(await recent('status=bounced', rig.northern)).toEqual([]);
    expect(await recent('limit=100', rig.northern)).toHaveLength(30);
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['status=lost', 'status'],
    ['channel=fax', 'channel'],
    ['page=2', 'page'],
    ['taller_id=nowhere', 'taller_id'],
  ])('400 for %s', async (parameters, field) => {
    const answer = await rig.get(`recent/?${parameters}`);
    expect(answer.status).toBe(400);
    expect(Object.keys((await bodyOf<ProblemView>(answer)).errors ?? {})).toEqual([field]);
  });
});

describe('GET analytics/health/', () => {
  test('tells the rates of the last 24 hours, and which providers answer', async () => {
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    await rig.make(3, 'sent', { createdAt: hoursAgo(2), tallerId: north });
    await rig.make(1, 'failed', { createdAt: hoursAgo(23) });
    await rig.make(5, 'failed', { createdAt: hoursAgo(25) });
    const { channels, since } = await rig.read<ChannelsHealthView>('health/');
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
    const own = await rig.read<ChannelsHealthView>('health/', rig.northern);
    expect(own.channels[0]).toMatchObject({ messages: 3, success_rate_percent: 100 });
  });

  test('400 for what it does not know', async () => {
    const answer = await rig.get('health/?channel=email');
    expect(answer.status).toBe(400);
    expect((await bodyOf<ProblemView>(answer)).errors).toHaveProperty('channel');
  });
});

test.each(['summary/', 'recent/', 'health/'])('%s asks for a key that may read', async (path) => {
  expect((await fetch(rig.url + path)).status).toBe(401);
  expect((await rig.get(path, rig.writing)).status).toBe(403);
  expect((await rig.get(path.slice(0, -1))).status).toBe(200);
});
