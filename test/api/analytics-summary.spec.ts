import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AnalyticsSummary } from '#contracts/http/analytics.dto.js';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import { type AnalyticsRig, north, south, startAnalytics } from './analytics-rig.js';
import { bodyOf } from './start-test-api.js';

let rig: AnalyticsRig;
beforeAll(async () => {
  rig = await startAnalytics();
});
afterAll(() => rig.close());
beforeEach(() => rig.empty());

const summary = (parameters: string, key?: string) =>
  rig.read<AnalyticsSummary>(`summary/?${parameters}`, key);
const may = 'from=2026-05-01&to=2026-05-31';

describe('GET analytics/summary/', () => {
  test('tells what became of messages, in all and by each of four views', async () => {
    await rig.make(6, 'sent');
    await rig.make(2, 'read', { channel: 'whatsapp', createdAt: new Date('2026-05-11T12:00:00Z') });
    await rig.make(1, 'failed', { channel: 'whatsapp', eventType: 'quote_ready' });
    await rig.make(1, 'expired');
    await rig.make(3, 'superseded');
    await rig.query(
      `UPDATE message SET sent_at = sent_at + interval '2 seconds' WHERE state = 'read'`,
    );
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
    const [{ today }] = await rig.query(
      `SELECT (now() AT TIME ZONE 'America/Guayaquil')::date::text AS today`,
    );
    const told = await summary('');
    expect([told.to, told.by_day.length, told.by_day.at(-1)?.date]).toEqual([today, 30, today]);
    expect(await summary('days=1')).toMatchObject({ from: today, to: today });
    expect(await summary('days=3&to=2026-05-10')).toMatchObject({ from: '2026-05-08' });
  });

  test('tells the time that half of them took at most, in all and by channel', async () => {
    await rig.make(5, 'sent');
    await rig.make(4, 'delivered', { channel: 'whatsapp' });
    await rig.query(`UPDATE message SET sent_at = created_at + interval '5 minutes'
      WHERE channel = 'whatsapp'`);
    await rig.make(2, 'bounced', { channel: 'push' });
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
    await rig.make(6, 'sent');
    await rig.make(1, 'failed', { channel: 'whatsapp' });
    const { by_day } = await summary(may);
    expect(by_day[9]?.by_channel).toEqual([
      { channel: 'email', total: 6, sent: 6, failed: 0 },
      { channel: 'whatsapp', total: 1, sent: 0, failed: 1 },
      { channel: 'push', total: 0, sent: 0, failed: 0 },
    ]);
    expect(by_day[10]?.by_channel[0]).toMatchObject({ total: 0 });
  });

  test('counts the time of what is scheduled from when it was wanted', async () => {
    await rig.make(1, 'sent', { scheduledInHours: 48 });
    expect(await summary(may)).toMatchObject({ average_delivery_seconds: 3 });
  });

  test("has the days of the workshop's own zone, and follows it to another", async () => {
    await rig.make(1, 'sent', { tallerId: north, createdAt: new Date('2026-05-10T18:20:00Z') });
    const dayIn = async () =>
      (await summary(`${may}&taller_id=taller-norte`)).by_day.find(({ total }) => total > 0)?.date;
    expect(await dayIn()).toBe('2026-05-10');
    await rig.query('UPDATE taller SET time_zone = $2 WHERE id = $1', [north, 'Asia/Kathmandu']);
    expect(await dayIn()).toBe('2026-05-11');
    expect((await summary(may, rig.northern)).time_zone).toBe('Asia/Kathmandu');
    expect((await summary(may)).by_day[9]).toMatchObject({ date: '2026-05-10', total: 1 });
    await rig.query(`UPDATE taller SET time_zone = 'America/Guayaquil' WHERE id = $1`, [north]);
  });

  test("shows the key of a workshop that workshop's messages alone", async () => {
    await rig.make(3, 'sent', { tallerId: north });
    await rig.make(2, 'sent', { tallerId: south });
    await rig.make(1, 'sent');
    expect(await summary(may)).toMatchObject({ total: 6, taller_id: null });
    expect(await summary(`${may}&taller_id=${south.toUpperCase()}`)).toMatchObject({
      total: 2,
      taller_id: south,
    });
    for (const narrowed of ['', `&taller_id=${north}`, '&taller_id=taller-norte']) {
      expect(await summary(may + narrowed, rig.northern)).toMatchObject({
        total: 3,
        taller_id: north,
      });
    }
    const foreign = await rig.get(`summary/?taller_id=${south}`, rig.northern);
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
    const answer = await rig.get(`summary/?${parameters}`);
    expect(answer.status).toBe(400);
    expect(Object.keys((await bodyOf<ProblemView>(answer)).errors ?? {})).toEqual([field]);
  });

  test('takes 400 days', async () => {
    expect((await summary('from=2025-01-01&to=2026-02-04')).by_day).toHaveLength(400);
  });
});
