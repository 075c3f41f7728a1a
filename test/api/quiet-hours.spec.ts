import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import type { DryRunView } from '#contracts/http/dry-run.dto.js';
import type { EventDetail } from '#contracts/http/events.dto.js';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type { TallerView } from '#contracts/http/talleres.dto.js';
import { type JsonCaller, jsonCaller } from './json-caller.js';
import { northId } from './resources/resource-case.js';
import { dispatchPath, exampleEvent, startTestApi, type TestApi } from './start-test-api.js';

const talleres = '/api/v1/notifications/talleres/';
const north = `${talleres}${northId}/`;
let api: TestApi;
let call: JsonCaller;
beforeAll(async () => {
  api = await startTestApi();
  call = jsonCaller(api);
});
afterAll(() => api.close());

/** A country without known holidays, and the clock of UTC. */
const setQuiet = async (patch: object) => {
  const whole = { time_zone: 'UTC', country: 'XX', ...patch };
  expect((await call('PATCH', north, whole)).status).toBe(200);
};
/** Quiet hours that began an hour ago; gives back the time of day at which they end. */
const setQuietFor = async (hours: number): Promise<string> => {
  const now = Date.now();
  const clock = (hoursFromNow: number) =>
    new Date(now + hoursFromNow * 3_600_000).toISOString().slice(11, 16);
  await setQuiet({ quiet_hours_from: clock(-1), quiet_hours_to: clock(hours) });
  return clock(hours);
};
const reminder = (members: object = {}) =>
  exampleEvent({ event_type: 'maintenance_reminder', taller_id: northId, ...members });
const rehearse = async (members: object = {}) =>
  (await call<DryRunView>('POST', dispatchPath, reminder({ dry_run: true, ...members }))).body;

describe('a workshop’s quiet hours', () => {
  test('are from eight to eight unless it says otherwise, and may be none', async () => {
    const { body } = await call<TallerView>('POST', talleres, { slug: 'quieto', name: 'Quieto' });
    expect(body).toMatchObject({
      quiet_hours_from: '20:00',
      quiet_hours_to: '08:00',
      holidays: [],
    });
    const path = `${talleres}${body.id}/`;
    const patch = { quiet_hours_from: null, quiet_hours_to: null, holidays: ['2026-12-24'] };
    expect(await call('PATCH', path, patch)).toMatchObject({ status: 200, body: patch });
    expect(await call('PATCH', path, { name: 'Otro' })).toMatchObject({ body: patch });
  });

  test.each([{ quiet_hours_from: null }, { quiet_hours_to: null }, { quiet_hours_to: '20:00' }])(
    'are two different times or none: 400 for %j',
    async (patch) => {
      await setQuiet({ quiet_hours_from: '20:00', quiet_hours_to: '08:00' });
      const { status, body } = await call<ProblemView>('PATCH', north, patch);
      expect([status, Object.keys(body.errors ?? {})]).toEqual([400, ['quiet_hours_to']]);
    },
  );

  test('hold a reminder until their end, and dry_run says until when', async () => {
    const end = await setQuietFor(2);
    const [told] = (await rehearse()).notifications;
    expect(told?.held_until?.slice(11, 16)).toBe(end);
    const { body } = await call<DispatchReceipt>('POST', dispatchPath, reminder());
    const path = `/api/v1/notifications/events/${body.event_id}/`;
    const [notification] = (await call<EventDetail>('GET', path)).body.notifications;
    expect(notification?.messages[0]?.due_at).toBe(told?.held_until);
    const held = notification?.timeline.find(({ kind }) => kind === 'held');
    const until = told?.held_until?.slice(0, 16).replace('T', ' ');
    expect(held).toMatchObject({
      channel: 'whatsapp',
      code: 'quiet_hours',
      text_es: `WhatsApp espera hasta ${until}: es horario de silencio.`,
      text_en: `WhatsApp waits until ${until}: these are quiet hours.`,
    });
  });

  test('hold nothing that is critical, or news of the vehicle', async () => {
    await setQuietFor(2);
    for (const members of [{ critical: true }, { event_type: 'vehicle_ready' }]) {
      const [told] = (await rehearse(members)).notifications;
      expect(told?.held_until).toBeNull();
    }
  });

  test('put the e-mail first where they would hold a message beyond its use', async () => {
    await setQuietFor(4);
    const valid_until = new Date(Date.now() + 3_600_000).toISOString();
    const [told] = (await rehearse({ valid_until })).notifications;
    expect(told?.channels[0]).toBe('email');
    expect(told?.held_until).toBeNull();
    expect(told?.decision[0]).toMatchObject({ ordered_by: 'quiet_hours', position: 1 });
    expect(told?.decision[0]?.text_es).toContain('horario de silencio');
  });

  test('last a whole holiday, the workshop’s own one, too', async () => {
    const today = new Date().toISOString().slice(0, 10);
    await setQuiet({ quiet_hours_from: null, quiet_hours_to: null, holidays: [today] });
    const [told] = (await rehearse()).notifications;
    expect(told?.held_until?.slice(11, 16)).toBe('00:00');
    await setQuiet({ holidays: [] });
  });
});
