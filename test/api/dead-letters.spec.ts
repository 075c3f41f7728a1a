import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type {
  DeadLetterDetail,
  DeadLetterGroupPage,
  DeadLetterPage,
  ReplaysScheduled,
} from '#contracts/http/dead-letters.dto.js';
import { DeadLetterRig, internalSecret, letters } from './dead-letter-rig.js';
import { bodyOf, post } from './start-test-api.js';

const north = '0190aaaa-0000-7000-8000-000000000001';
const nobody = '0190aaaa-0000-7000-8000-0000000000ff';

let rig: DeadLetterRig;
beforeAll(async () => {
  rig = await DeadLetterRig.start();
});
afterAll(() => rig.api.close());
beforeEach(() => rig.clear());

describe('dead letters', () => {
  test('hold a notification whose ladder ended without success, with its cause', async () => {
    const { eventId, id } = await rig.fail();
    expect(await rig.get<DeadLetterPage>(letters)).toMatchObject({
      count: 1,
      results: [
        {
          id,
          kind: 'notification',
          cause: 'refused_for_good',
          detail: 'email: smtp_554',
          state: 'open',
          replayed_as: null,
        },
      ],
    });
    expect(await rig.get<DeadLetterDetail>(`${letters}${id}/`)).toMatchObject({
      id,
      event_id: eventId,
      event_type: 'appointment_scheduled',
      recipient_kind: 'customer',
      recipient_id: 'customer-001',
      task_kind: null,
      attempts: 2,
    });
  });

  test('hold a task that used up its attempts, and tell whom it was about', async () => {
    const id = await rig.failTask();
    expect(await rig.get<DeadLetterDetail>(`${letters}${id}/`)).toMatchObject({
      kind: 'sync',
      cause: 'customer_missing',
      task_kind: 'vehicles',
      record_ids: ['haval'],
      attempts: 5,
      event_id: null,
    });
  });

  test('hold a webhook that nobody could read, which is read again once, however many ask', async () => {
    const id = await rig.failWebhook();
    expect(await rig.get<DeadLetterDetail>(`${letters}${id}/`)).toMatchObject({
      kind: 'webhook',
      cause: 'unreadable',
      webhook_source: 'evolution',
      schedule: null,
      attempts: 1,
    });
    const [one, ...others] = await Promise.all([1, 2, 3].map(() => rig.replay(id)));
    expect(one).toMatchObject({ outcome: 'replayed', refusal: null });
    for (const other of others) expect(other).toEqual(one);
    expect(await rig.query(`SELECT id FROM received_webhook WHERE state = 'waiting'`)).toEqual([
      { id: one?.replayed_as },
    ]);
  });

  test('hold the run of a schedule that used up its tries, which is asked for again by its group', async () => {
    const id = await rig.failRun();
    expect(await rig.get<DeadLetterDetail>(`${letters}${id}/`)).toMatchObject({
      kind: 'schedule',
      cause: 'run_failed',
      detail: 'retry_failed_notifications: Error: no route',
      schedule: 'retry_failed_notifications',
      due_at: '2026-01-25T13:00:00.000Z',
      attempts: 4,
    });
    const group = { kind: 'schedule', cause: 'run_failed' };
    const answer = await post(`${rig.api.url}${letters}replay/`, group, rig.admin);
    expect(await bodyOf<ReplaysScheduled>(answer)).toMatchObject({ scheduled: 1 });
    expect(await rig.replay(id)).toMatchObject({ outcome: 'replayed' });
    expect(await rig.get('/api/v1/notifications/schedules/')).toMatchObject({
      results: expect.arrayContaining([
        expect.objectContaining({
          name: 'retry_failed_notifications',
          last_run: expect.objectContaining({ state: 'asked', tries: 0 }),
        }),
      ]),
    });
  });

  test('are grouped by cause, the largest group first, and filtered', async () => {
    await rig.fail();
    const last = await rig.fail();
    const task = await rig.failTask();
    expect(await rig.get<DeadLetterGroupPage>(`${letters}groups/`)).toMatchObject({
      count: 2,
      results: [
        { kind: 'notification', cause: 'refused_for_good', count: 2, waiting: 0 },
        { kind: 'sync', cause: 'customer_missing', count: 1 },
      ],
    });
    expect(await rig.get(`${letters}groups/?kind=sync`)).toMatchObject({ count: 1 });
    expect(await rig.get(`${letters}groups/?page=2&page_size=1`)).toMatchObject({
      results: [{ kind: 'sync' }],
    });
    for (const [filter, ids] of Object.entries({
      'kind=sync': [task],
      'cause=customer_missing': [task],
      'search=SMTP_554&page_size=1': [last.id],
      'state=replayed': [],
      'ordering=-at&page_size=1': [task],
    })) {
      const { results } = await rig.get<DeadLetterPage>(`${letters}?${filter}`);
      expect([filter, results.map(({ id }) => id)]).toEqual([filter, ids]);
    }
    for (const bad of ['kind=x', 'state=x', 'no_such=1', 'ordering=cause']) {
      expect([bad, await rig.statusOf(`${letters}?${bad}`, rig.admin)]).toEqual([bad, 400]);
    }
    expect(await rig.statusOf(`${letters}groups/?search=x`, rig.admin)).toBe(400);
  });

  test('are seen by administrators and by the core system, each by its own door', async () => {
    const { id } = await rig.fail();
    const internal = '/api/internal/v1/dead-letters/';
    const withSecret = { 'x-internal-secret': internalSecret };
    expect(await rig.get<DeadLetterPage>(internal, withSecret)).toMatchObject({ count: 1 });
    expect(await rig.get(`${internal}${id}/`, withSecret)).toMatchObject({ id });
    const target = `${rig.api.url}${internal}${id}/replay/`;
    expect((await fetch(target, { method: 'POST', headers: withSecret })).status).toBe(200);
    expect(await rig.statusOf(internal, rig.admin)).toBe(401);
    expect(await rig.statusOf(letters)).toBe(401);
    expect(await rig.statusOf(letters, withSecret)).toBe(401);
    expect(await rig.statusOf(letters, await rig.keyWith(['write']))).toBe(403);
  });

  test('of other workshops are not there for a key of one', async () => {
    const { id } = await rig.fail();
    const own = await rig.fail({ customer_id: 'customer-norte' });
    const key = await rig.keyWith(['admin'], north);
    const { results } = await rig.get<DeadLetterPage>(letters, key);
    expect(results.map((letter) => letter.id)).toEqual([own.id]);
    expect(await rig.get(`${letters}groups/`, key)).toMatchObject({ results: [{ count: 1 }] });
    expect(await rig.statusOf(`${letters}${id}/`, key)).toBe(404);
    expect((await rig.ask(id, key)).status).toBe(404);
    const group = { kind: 'notification', cause: 'refused_for_good' };
    const answer = await post(`${rig.api.url}${letters}replay/`, group, key);
    expect(await bodyOf<ReplaysScheduled>(answer)).toMatchObject({ scheduled: 1 });
  });

  test('404 for one that there is not, 400 for what is no id', async () => {
    expect((await rig.ask(nobody)).status).toBe(404);
    expect(await rig.statusOf(`${letters}${nobody}/`, rig.admin)).toBe(404);
    expect(await rig.statusOf(`${letters}nonsense/`, rig.admin)).toBe(400);
  });
});
