import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DeadLetterPage, ReplaysScheduled } from '#contracts/http/dead-letters.dto.js';
import type { EventDetail } from '#contracts/http/events.dto.js';
import { Replays } from '#infrastructure/persistence/dead-letters/replays.js';
import { aProcess } from '#infrastructure/testing/seeded-database.js';
import { DeadLetterRig, events, letters } from './dead-letter-rig.js';
import { bodyOf, post } from './start-test-api.js';

let rig: DeadLetterRig;
beforeAll(async () => {
  rig = await DeadLetterRig.start();
});
afterAll(() => rig.api.close());
beforeEach(() => rig.clear());

describe('a replay', () => {
  test('is a new notification of the same event, which both timelines tell', async () => {
    const { eventId, id } = await rig.fail();
    const { outcome, refusal, replayed_as: as } = await rig.replay(id);
    expect({ outcome, refusal }).toEqual({ outcome: 'replayed', refusal: null });
    expect(await rig.states(eventId)).toEqual([
      { id, state: 'failed', replay_of: null },
      { id: as, state: 'in_progress', replay_of: id },
    ]);
    const { notifications } = await rig.get<EventDetail>(`${events}${eventId}/`);
    const told = notifications.map(({ timeline }) => timeline.at(-1));
    expect(told).toMatchObject([
      { kind: 'replayed', detail: as, text_es: 'Se envió de nuevo, como otro aviso.' },
      { kind: 'replay_of', detail: id },
    ]);
    expect(notifications[1]?.messages).toMatchObject([{ channel: 'whatsapp', state: 'queued' }]);
    expect(await rig.get<DeadLetterPage>(`${letters}?state=replayed`)).toMatchObject({
      results: [{ id, replayed_as: as }],
    });
    expect(await rig.get(`${letters}groups/`)).toMatchObject({ count: 0 });
  });

  test('asked for by many at once is one, and all are told of it', async () => {
    const { eventId, id } = await rig.fail();
    const answers = await Promise.all(Array.from({ length: 6 }, () => rig.replay(id)));
    expect(new Set(answers.map(({ replayed_as: as }) => as)).size).toBe(1);
    expect(await rig.states(eventId)).toHaveLength(2);
    expect(await rig.replay(id)).toEqual(answers[0]);
  });

  test('goes to the address that holds now', async () => {
    const { id } = await rig.fail();
    await rig.query(`UPDATE customer SET phone = '+593997654321' WHERE id = 'customer-001'`);
    const { replayed_as: as } = await rig.replay(id);
    expect(await rig.query('SELECT address FROM message WHERE notification_id = $1', [as])).toEqual(
      [{ address: { channel: 'whatsapp', phone: '+593997654321' } }],
    );
    await rig.query(`UPDATE customer SET phone = '+593991234567' WHERE id = 'customer-001'`);
  });

  test('that fails again is a dead letter of its own', async () => {
    const { eventId, id } = await rig.fail();
    const { replayed_as: as } = await rig.replay(id);
    await rig.failOpen(eventId);
    expect(await rig.get<DeadLetterPage>(`${letters}?state=open`)).toMatchObject({
      results: [{ id: as }],
    });
  });

  test.each<[string, string, Record<string, unknown>, string, string]>([
    ['has expired', 'expired', {}, 'UPDATE event SET valid_until = now()', 'SELECT'],
    [
      'goes to one who withdrew the consent',
      'consent_withdrawn',
      {},
      `INSERT INTO customer_preference (customer_id, channel, consent_withdrawn_at)
       VALUES ('customer-001', 'email', now()), ('customer-001', 'whatsapp', now())`,
      `DELETE FROM customer_preference WHERE customer_id = 'customer-001'`,
    ],
    [
      'goes to one who is gone',
      'recipient_gone',
      { customer_id: 'customer-brief' },
      `DELETE FROM customer WHERE id = 'customer-brief'`,
      'SELECT',
    ],
  ])('of what %s is refused, told on the timeline, and sends nothing', async (...given) => {
    const [_what, reason, changes, change, undo] = given;
    await rig.query(`INSERT INTO customer (id, name, email) VALUES
      ('customer-brief', 'Breve', 'breve@example.com') ON CONFLICT DO NOTHING`);
    const { eventId, id } = await rig.fail(changes);
    await rig.query(change);
    expect(await rig.replay(id)).toEqual({
      id,
      outcome: 'refused',
      refusal: reason,
      replayed_as: null,
    });
    expect(await rig.replay(id)).toMatchObject({ refusal: reason });
    expect(await rig.states(eventId)).toHaveLength(1);
    const { notifications } = await rig.get<EventDetail>(`${events}${eventId}/`);
    const told = notifications[0]?.timeline.filter(({ kind }) => kind === 'replay_refused');
    expect(told).toMatchObject([{ code: reason }]);
    expect(await rig.get(`${letters}?state=refused`)).toMatchObject({
      results: [{ refusal: reason }],
    });
    await rig.query(undo);
  });

  test('of a canceled event is refused, though all of it had failed before', async () => {
    const { eventId, id } = await rig.fail();
    await post(`${rig.api.url}${events}${eventId}/cancel/`, {}, rig.admin);
    expect(await rig.replay(id)).toMatchObject({ outcome: 'refused', refusal: 'canceled' });
  });

  test('is stopped by a cancellation that comes after it', async () => {
    const { eventId, id } = await rig.fail();
    const { replayed_as: as } = await rig.replay(id);
    await post(`${rig.api.url}${events}${eventId}/cancel/`, {}, rig.admin);
    expect(await rig.states(eventId)).toContainEqual({ id: as, state: 'canceled', replay_of: id });
  });

  test('of an appointment of which there is newer word is refused, or stopped by it', async () => {
    const first = await rig.fail({ business_key: 'OT-1' });
    const second = await rig.fail({ business_key: 'OT-1' });
    expect(await rig.replay(first.id)).toMatchObject({ refusal: 'superseded' });
    const { replayed_as: as } = await rig.replay(second.id);
    await rig.fail({ business_key: 'OT-1' });
    expect(await rig.states(second.eventId)).toContainEqual({
      id: as,
      state: 'superseded',
      replay_of: second.id,
    });
  });

  test('of a task is a new task of what was left, and empties the old one', async () => {
    const id = await rig.failTask();
    await rig.query(`INSERT INTO customer (id, name) VALUES ('not-yet', 'Tarde')`);
    const { replayed_as: as } = await rig.replay(id);
    expect(
      await rig.query('SELECT id, payload, replay_of FROM sync_task ORDER BY created_at'),
    ).toEqual([
      { id, payload: null, replay_of: null },
      { id: as, payload: [expect.objectContaining({ id: 'haval' })], replay_of: id },
    ]);
    await rig.work(as ?? '');
    expect(await rig.query(`SELECT customer_id FROM vehicle WHERE id = 'haval'`)).toEqual([
      { customer_id: 'not-yet' },
    ]);
    await rig.query(`DELETE FROM customer WHERE id = 'not-yet'`);
  });

  test('keeps its answer under an idempotency key', async () => {
    const { id } = await rig.fail();
    const headers = { ...rig.admin, 'idempotency-key': `replay-${id}` };
    const [first, again] = [await rig.ask(id, headers), await rig.ask(id, headers)];
    expect(await bodyOf(again)).toEqual(await bodyOf(first));
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  test('is written into the audit trail', async () => {
    const { id } = await rig.fail();
    await rig.replay(id);
    const notes = await rig.query(
      'SELECT action, changes FROM audit_entry WHERE resource_id = $1',
      [id],
    );
    expect(notes).toEqual([{ action: 'replayed', changes: { outcome: [null, 'replayed'] } }]);
  });
});

describe('a replay by group', () => {
  const group = { kind: 'notification', cause: 'refused_for_good', per_minute: 60 };
  const schedule = async (body: object = group) => {
    const answer = await post(`${rig.api.url}${letters}replay/`, body, rig.admin);
    expect(answer.status).toBe(202);
    return bodyOf<ReplaysScheduled>(answer);
  };
  const dueTimes = async (): Promise<number[]> => {
    const rows: { at: Date }[] = await rig.query(
      'SELECT replay_due_at AS at FROM dead_letter WHERE replay_due_at IS NOT NULL ORDER BY 1',
    );
    return rows.map(({ at }) => at.getTime());
  };

  test('gives each its time at the pace asked for, behind what was asked before', async () => {
    for (let count = 0; count < 3; count += 1) await rig.fail();
    await rig.failTask();
    expect(await schedule()).toMatchObject({ scheduled: 3, last_due_at: expect.any(String) });
    expect(await schedule({ ...group, kind: 'sync', cause: 'customer_missing' })).toMatchObject({
      scheduled: 1,
    });
    const times = await dueTimes();
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps).toEqual([1000, 1000, 1000]);
    expect(await schedule()).toEqual({ scheduled: 0, last_due_at: null });
    expect(await rig.get(`${letters}groups/?kind=notification`)).toMatchObject({
      results: [{ count: 3, waiting: 3 }],
    });
    expect(await rig.get(`${letters}?state=waiting`)).toMatchObject({ count: 4 });
  });

  test('is carried out when it is due, each once however many workers sweep', async () => {
    for (let count = 0; count < 4; count += 1) await rig.fail();
    await schedule();
    const workers = [sweeper(), sweeper()];
    const sweep = () =>
      Promise.all(
        workers.map((worker) =>
          worker.sweep(10, (_id, error) => {
            throw error;
          }),
        ),
      );
    await sweep();
    expect(await rig.query('SELECT FROM notification WHERE replay_of IS NOT NULL')).toHaveLength(1);
    await rig.query('UPDATE dead_letter SET replay_due_at = now()');
    await sweep();
    expect(await rig.query('SELECT FROM notification WHERE replay_of IS NOT NULL')).toHaveLength(4);
    expect(await sweep()).toEqual([0, 0]);
    expect(await rig.get(`${letters}groups/`)).toMatchObject({ count: 0 });
  });

  test('and alone at the same moment is one new notification of each', async () => {
    const failed: { id: string }[] = [];
    for (let count = 0; count < 6; count += 1) failed.push(await rig.fail());
    await schedule();
    await rig.query('UPDATE dead_letter SET replay_due_at = now()');
    const fault = (_id: string, error: unknown) => {
      throw error;
    };
    const answers = await Promise.all([
      ...failed.map(({ id }) => rig.replay(id)),
      sweeper().sweep(10, fault),
      sweeper().sweep(10, fault),
    ]);
    const made = await rig.query<{ id: string; replay_of: string }>(
      'SELECT id, replay_of FROM notification WHERE replay_of IS NOT NULL',
    );
    expect(made.map(({ replay_of: of }) => of).sort()).toEqual(failed.map(({ id }) => id).sort());
    for (const [place, { id }] of failed.entries()) {
      const as = made.find((one) => one.replay_of === id)?.id;
      expect(answers[place]).toMatchObject({ outcome: 'replayed', replayed_as: as });
    }
  });

  test.each([
    ['kind', { ...group, kind: 'letter' }],
    ['cause', { ...group, cause: '' }],
    ['per_minute', { ...group, per_minute: 0 }],
    ['no_such', { ...group, no_such: 1 }],
  ])('400 names %s when it cannot be', async (member, body) => {
    const answer = await post(`${rig.api.url}${letters}replay/`, body, rig.admin);
    expect(answer.status).toBe(400);
    const { errors } = await bodyOf<{ errors: object }>(answer);
    expect(Object.keys(errors)).toEqual([member]);
  });
});

function sweeper(): Replays {
  const { dataSource, store } = aProcess(rig.api.dataSource);
  const house = { frontendUrl: 'https://app.example.com', defaultTallerName: 'Ambacar Service' };
  const wakeUps = { wake: () => undefined };
  return new Replays(dataSource, store, house, wakeUps, wakeUps);
}
