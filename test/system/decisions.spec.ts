import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { DryRunView } from '#contracts/http/dry-run.dto.js';
import { addCustomer, appointmentFor } from '../support/people.js';
import { only, storyOf } from '../support/read-event.js';
import { System } from '../support/system.js';

let system: System;
beforeAll(async () => {
  system = await System.start({ ADMIN_EMAILS: 'jefa@example.com' });
}, 120_000);
afterAll(() => system.stop());
afterEach(() => system.sandbox.clearFaults());

describe('the recipients', () => {
  const forStaff = { target: 'staff', phase_id: 'phase-reception' };
  const context = {
    ...(appointmentFor({ id: '', name: '', email: '', phone: '', endpoints: [] })
      .context as object),
    orden: 'OT-2025-001',
    tecnico: 'Juan Pérez',
  };

  test('of a notice for staff are those who follow the phase', async () => {
    const person = await addCustomer(system);
    await system.query(`INSERT INTO taller (id, slug, name)
      VALUES ('0190aaaa-0000-7000-8000-000000000001', 'norte', 'Taller Norte')`);
    await system.query(`
      WITH members AS (
        INSERT INTO staff_member (id, taller_id, name, email)
        SELECT gen_random_uuid(), '0190aaaa-0000-7000-8000-000000000001', name, email
        FROM (VALUES ('Lucía Vega', 'lucia.norte@example.com'), ('Pedro Ruiz', 'pedro.norte@example.com'),
          ('Otra Fase', 'otra.norte@example.com')) AS given(name, email)
        RETURNING id, name)
      INSERT INTO staff_phase SELECT m.id, p.id FROM members m JOIN phase p
        ON p.slug = CASE m.name WHEN 'Otra Fase' THEN 'phase-delivery' ELSE 'phase-reception' END`);
    const id = await system.accept(
      appointmentFor(person, { ...forStaff, context, taller_id: 'norte' }),
    );
    const event = await system.waitForState(id, 'sent');
    expect(event.notifications.map(({ recipient_name }) => recipient_name).sort()).toEqual([
      'Lucía Vega',
      'Pedro Ruiz',
    ]);
    const mails = await system.sandbox.arrived('norte@example.com');
    expect(mails.map(({ to }) => to).sort()).toEqual([
      'lucia.norte@example.com',
      'pedro.norte@example.com',
    ]);
  });

  test('of a notice for staff without followers are the admin mailboxes', async () => {
    const person = await addCustomer(system);
    const id = await system.accept(appointmentFor(person, { ...forStaff, context }));
    await system.waitForState(id, 'sent');
    expect(await system.sandbox.waitFor('jefa@example.com')).toHaveLength(1);
  });

  test('are told in their own order, and not on what they switched off', async () => {
    const person = await addCustomer(system, {
      channels: ['whatsapp', 'push', 'email'],
      preferences: [
        ['email', 1, true],
        ['push', null, false],
      ],
    });
    const { body } = await system.dispatch(appointmentFor(person));
    expect(body.notifications[0]?.channels).toEqual(['email', 'whatsapp']);
    await system.sandbox.waitFor(person.email);
    const event = await system.waitForState(body.event_id, 'sent');
    const leftOut = only(event).timeline.filter(({ kind }) => kind === 'left_out');
    expect(leftOut).toMatchObject([{ channel: 'push', code: 'opted_out' }]);
    expect(await system.sandbox.arrived(person.phone)).toEqual([]);
  });
});

describe('a rehearsal', () => {
  test('says what then happens, and sends nothing', async () => {
    const person = await addCustomer(system, { channels: ['push', 'whatsapp', 'email'] });
    const eventsBefore = await system.query('SELECT id FROM event');
    const body = appointmentFor(person);
    const { status, body: plan } = await system.dispatch<DryRunView>({ ...body, dry_run: true });
    expect(status).toBe(200);
    expect(plan.would_be_accepted).toBe(true);
    expect(await system.query('SELECT id FROM event')).toHaveLength(eventsBefore.length);
    const [planned] = plan.notifications;
    expect(planned?.channels).toEqual(['whatsapp', 'push', 'email']);
    const said = new Map(planned?.messages.map((message) => [message.channel, message]));
    const to = { whatsapp: person.phone, push: person.endpoints[0] ?? '', email: person.email };
    for (const address of Object.values(to)) {
      expect(await system.sandbox.arrived(address)).toEqual([]);
    }
    // In the order of the ladder, each channel taken away once it has shown what it sends.
    for (const channel of ['whatsapp', 'push', 'email'] as const) {
      const id = await system.accept(body);
      await system.waitForState(id, 'sent');
      const [arrived] = await system.sandbox.arrived(to[channel]);
      const wanted = said.get(channel);
      if (channel === 'push') {
        expect(arrived).toMatchObject({
          title: wanted?.title,
          text: wanted?.body,
          url: wanted?.url,
        });
      } else expect(arrived?.text?.trim()).toBe(wanted?.text?.trim());
      if (channel === 'email') expect(arrived?.subject).toBe(wanted?.subject);
      await system.query('UPDATE customer SET phone = NULL WHERE id = $1', [person.id]);
      if (channel === 'push') {
        await system.query('UPDATE push_subscription SET ended_at = now() WHERE customer_id = $1', [
          person.id,
        ]);
      }
    }
  });
});

describe('time', () => {
  const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

  test('a notice for later leaves then, and not before', async () => {
    const person = await addCustomer(system);
    const scheduledFor = inMs(1500);
    const id = await system.accept(appointmentFor(person, { scheduled_for: scheduledFor }));
    expect(only(await system.event(id)).state).toBe('in_progress');
    const [message] = await system.sandbox.waitFor(person.phone);
    expect(Date.parse(message?.at ?? '')).toBeGreaterThanOrEqual(Date.parse(scheduledFor));
    await system.waitForState(id, 'sent');
  });

  test('a notice past its use expires and is never sent late', async () => {
    const person = await addCustomer(system);
    // Long enough to hold the message while its time runs out, and no longer: all that goes by the
    // same number waits with it.
    await system.sandbox.fault({
      channel: 'whatsapp',
      to: person.phone,
      kind: 'rate_limit',
      retryAfterSeconds: 5,
    });
    const id = await system.accept(appointmentFor(person, { valid_until: inMs(60_000) }));
    await system.waitForEvent(id, (event) => storyOf(event).length === 2);
    await system.query(
      `UPDATE message SET valid_until = now(), due_at = now() WHERE notification_id IN
       (SELECT id FROM notification WHERE event_id = $1)`,
      [id],
    );
    const event = await system.waitForState(id, 'expired');
    expect(storyOf(event).at(-1)).toBe('ended expired');
    await system.sandbox.clearFaults();
    expect(await system.sandbox.arrived(person.phone)).toEqual([]);
  });

  test('a newer notice of the same work order takes the place of one not yet sent', async () => {
    const person = await addCustomer(system);
    const businessKey = `OT-${person.id}`;
    const older = await system.accept(
      appointmentFor(person, { business_key: businessKey, scheduled_for: inMs(60_000) }),
    );
    const newer = await system.accept(appointmentFor(person, { business_key: businessKey }));
    await system.waitForState(newer, 'sent');
    const event = await system.waitForState(older, 'superseded');
    expect(only(event).messages).toMatchObject([{ state: 'superseded' }]);
    await system.skipWaits();
    expect(await system.sandbox.arrived(person.phone)).toHaveLength(1);
  });
});

describe('an idempotency key', () => {
  test('gives a repeat the first answer, and another body a 422', async () => {
    const person = await addCustomer(system);
    const headers = { 'idempotency-key': `repeat-${person.id}` };
    const first = await system.dispatch(appointmentFor(person), headers);
    const again = await system.dispatch(appointmentFor(person), headers);
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = await system.dispatch(appointmentFor(person, { priority: 'high' }), headers);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    await system.waitForState(first.body.event_id, 'sent');
    expect(await system.sandbox.arrived(person.phone)).toHaveLength(1);
  });

  test('makes one event of a stampede, for each of 20 keys sent 20 times at once', async () => {
    const person = await addCustomer(system);
    const keys = Array.from({ length: 20 }, (_, index) => `stampede-${person.id}-${index}`);
    const answers = await Promise.all(
      keys.flatMap((key) =>
        Array.from({ length: 20 }, () =>
          system.dispatch(appointmentFor(person), { 'idempotency-key': key }),
        ),
      ),
    );
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].every((status) => status === 202 || status === 409)).toBe(true);
    const accepted = answers.filter(({ status }) => status === 202);
    expect(new Set(accepted.map(({ body }) => body.event_id)).size).toBe(20);
    expect(
      await system.query('SELECT count(*)::int AS count FROM event WHERE customer_id = $1', [
        person.id,
      ]),
    ).toEqual([{ count: 20 }]);
    await system.sandbox.waitFor(person.phone, 20);
    await system.waitForAll();
    expect(await system.sandbox.arrived(person.phone)).toHaveLength(20);
  });
});

describe('the schedules', () => {
  test('run when they are due, and the ledger says what came of it', async () => {
    await system.query(`UPDATE schedule SET cron = to_char(now() AT TIME ZONE 'UTC'
      - interval '1 minute', 'MI HH24 DD MM') || ' *', time_zone = 'UTC',
      updated_at = now() - interval '1 hour'`);
    const resultOf = async (name: string) => {
      const [run] = await system.query<{ result: unknown }>(
        `SELECT result FROM schedule_run WHERE schedule_name = $1 AND state = 'done'`,
        [name],
      );
      return run?.result;
    };
    const names = ['check_maintenance_reminders', 'retry_failed_notifications'];
    for (let done = 0; done < names.length; ) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      done = (await Promise.all(names.map(resultOf))).filter(Boolean).length;
    }
    expect(await Promise.all(names.map(resultOf))).toMatchObject([
      { dispatched: 0 },
      { put_back: 0 },
    ]);
  });
});

describe('the logs', () => {
  test('tell of the work, and name nobody', async () => {
    const logs = system.logs();
    expect(logs).toContain('schedule done');
    const secrets = await system.secrets();
    expect(secrets.length).toBeGreaterThan(30);
    expect(secrets.filter((secret) => logs.includes(secret))).toEqual([]);
  });
});
