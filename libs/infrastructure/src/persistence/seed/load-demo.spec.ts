import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { DataSource } from 'typeorm';
import { demoCustomers, demoDeviceOwners } from '#migrations/seed/demo/demo-customers.js';
import { demoStaff } from '#migrations/seed/demo/demo-staff.js';
import { createTestDatabase } from '../../testing/test-database.js';
import { createDataSource } from '../data-source.js';
import { loadDemo } from './load-demo.js';
import { loadSeed } from './load-seed.js';

const subscription = {
  customerId: 'customer-001',
  endpoint: 'http://127.0.0.1:8026/push/token-1',
  p256dh: 'B'.repeat(87),
  auth: 'a'.repeat(22),
};

const demoTables = [
  'taller',
  'customer',
  'vehicle',
  'customer_preference',
  'staff_member',
  'staff_phase',
  'staff_preference',
  'suppressed_address',
  'push_subscription',
  'reminder',
  'event',
  'notification',
  'message',
  'timeline',
];

test('invented people have mailboxes of example.com and numbers that a phone accepts', () => {
  for (const { email, phone } of [...demoCustomers, ...demoStaff]) {
    if (email !== null) expect(email).toMatch(/^[a-z.]+@example\.com$/);
    if (phone === null) continue;
    const number = parsePhoneNumberFromString(phone);
    expect(number?.isValid()).toBe(true);
    expect(number?.number).toBe(phone);
  }
  expect(demoCustomers).toHaveLength(12);
});

describe('loadDemo', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let dataSource: DataSource;
  let summary: Awaited<ReturnType<typeof loadDemo>>;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource(
      { url: database.url, poolSize: 4 },
      { applicationName: 'test' },
    ).initialize();
    await expect(loadDemo(dataSource)).rejects.toThrow('seed');
    await loadSeed(dataSource, { force: false });
    summary = await loadDemo(dataSource, { subscriptions: [subscription] });
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  async function contents(): Promise<Record<string, unknown>> {
    const all: Record<string, unknown> = {};
    for (const table of demoTables) {
      all[table] = await dataSource.query(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY t`);
    }
    return all;
  }

  async function rows(sql: string): Promise<Record<string, unknown>[]> {
    return dataSource.query(sql);
  }

  async function count(sql: string): Promise<number> {
    const [row] = await dataSource.query(`SELECT count(*)::int AS count ${sql}`);
    return row.count;
  }

  test('brings the customer of the first example', async () => {
    const [customer] = await rows(
      `SELECT c.name, v.make, v.model, v.year, v.plate, t.slug
       FROM customer c JOIN vehicle v ON v.customer_id = c.id JOIN taller t ON t.id = c.taller_id
       WHERE c.id = 'customer-001'`,
    );
    expect(customer).toEqual({
      name: 'Carlos Mendoza',
      make: 'Haval',
      model: 'H6',
      year: 2024,
      plate: 'ABC123',
      slug: 'ambacar-quito',
    });
  });

  test('has two workshops, and a history of each', async () => {
    expect(
      await rows(
        `SELECT t.slug, count(DISTINCT e.target)::int AS targets FROM taller t
         JOIN event e ON e.taller_id = t.id GROUP BY t.slug ORDER BY t.slug`,
      ),
    ).toEqual([
      { slug: 'ambacar-cuenca', targets: 2 },
      { slug: 'ambacar-quito', targets: 2 },
    ]);
    expect(
      await count(
        `FROM notification n JOIN event e ON e.id = n.event_id
         JOIN customer c ON c.id = e.customer_id WHERE c.taller_id <> e.taller_id`,
      ),
    ).toBe(0);
  });

  test('has preferences of every kind', async () => {
    expect(await count('FROM customer_preference WHERE priority IS NOT NULL')).toBeGreaterThan(0);
    expect(await count('FROM customer_preference WHERE NOT enabled')).toBeGreaterThan(0);
    expect(await count('FROM customer_preference WHERE consent_withdrawn_at < now()')).toBe(2);
    expect(await count('FROM customer WHERE email IS NULL AND phone IS NOT NULL')).toBe(1);
    expect(await count('FROM customer WHERE email IS NOT NULL AND phone IS NULL')).toBe(1);
    expect(await count('FROM customer WHERE email IS NULL AND phone IS NULL')).toBe(1);
    expect(await count('FROM suppressed_address WHERE until > now()')).toBe(1);
  });

  test('has staff who follow every phase', async () => {
    expect(
      await count('FROM phase p WHERE NOT EXISTS (SELECT FROM staff_phase WHERE phase_id = p.id)'),
    ).toBe(0);
  });

  test('has a month of events, some hundred, all in the past', async () => {
    expect(summary.created).toBe(true);
    expect(summary.events).toBeGreaterThan(200);
    expect(summary.events).toBeLessThan(450);
    expect(await count('FROM event')).toBe(summary.events);
    expect(await count('FROM notification')).toBe(summary.notifications);
    const [span] = await rows(
      `SELECT min(created_at) > now() - interval '30 days 1 hour' AS "notOlder",
         min(created_at) < now() - interval '20 days' AS "oldEnough",
         max(created_at) < now() AS past,
         (SELECT max(at) < now() FROM timeline) AS "allPast"
       FROM event`,
    );
    expect(span).toEqual({ notOlder: true, oldEnough: true, past: true, allPast: true });
  });

  test('has every service, phase, channel and way of ending', async () => {
    expect(await count('FROM (SELECT DISTINCT service_type_id FROM event) AS s')).toBe(5);
    expect(await count('FROM (SELECT DISTINCT phase_id FROM event) AS s')).toBe(5);
    expect(await rows('SELECT DISTINCT channel FROM message ORDER BY channel')).toEqual(
      ['email', 'push', 'whatsapp'].map((channel) => ({ channel })),
    );
    const states = await rows('SELECT DISTINCT state FROM notification ORDER BY state');
    expect(states.map(({ state }) => state)).toEqual([
      'canceled',
      'delivered',
      'failed',
      'read',
      'sent',
      'superseded',
    ]);
  });

  test('leaves nothing for a worker or the schedule of failed notifications to send', async () => {
    expect(await count(`FROM message WHERE state IN ('queued', 'sending')`)).toBe(0);
    expect(await count(`FROM notification WHERE state = 'in_progress'`)).toBe(0);
    expect(
      await count(
        `FROM notification n JOIN event e ON e.id = n.event_id
         WHERE n.state = 'failed' AND e.valid_until > now()`,
      ),
    ).toBe(0);
  });

  test('has a dead letter of everything that failed, and says why', async () => {
    const failed = await rows(`SELECT id, state_reason AS cause FROM notification
      WHERE state = 'failed' ORDER BY id`);
    expect(failed.length).toBeGreaterThan(0);
    expect(await rows('SELECT id, cause FROM dead_letter ORDER BY id')).toEqual(failed);
    expect(await count(`FROM dead_letter WHERE detail IS NULL OR at > now()`)).toBe(0);
  });

  test('keeps the rules of delivery in what it invents', async () => {
    // Attempts are numbered without gap, each begun and ended.
    expect(
      await count(
        `FROM message m WHERE (
           SELECT array_agg(attempt ORDER BY id) FROM timeline t
           WHERE t.message_id = m.id AND kind = 'attempt_started')
         IS DISTINCT FROM (SELECT array_agg(n::smallint) FROM generate_series(1, m.attempts) n)`,
      ),
    ).toBe(0);
    expect(await count(`FROM timeline WHERE kind = 'attempt_started'`)).toBe(
      await count(`FROM timeline WHERE kind = 'attempt_ended'`),
    );
    // No later rung after success of an earlier one.
    expect(
      await count(
        `FROM message a JOIN message b USING (notification_id)
         WHERE a.rung < b.rung AND a.state IN ('sent', 'delivered', 'read')`,
      ),
    ).toBe(0);
    // A timeline's ids are in the order of its times.
    expect(
      await count(
        `FROM timeline a JOIN timeline b USING (notification_id) WHERE a.id < b.id AND a.at > b.at`,
      ),
    ).toBe(0);
    // Every message was made with a version that exists.
    expect(
      await count(
        `FROM message m WHERE NOT EXISTS (
           SELECT FROM template_version v WHERE v.id = m.template_version_id)`,
      ),
    ).toBe(0);
    expect(await count('FROM message WHERE rung > 0')).toBeGreaterThan(5);
    expect(
      await count(`FROM notification WHERE state = 'superseded' AND state_reason IS NULL`),
    ).toBe(0);
  });

  test('sent nothing where consent was withdrawn', async () => {
    expect(
      await count(
        `FROM message m JOIN notification n ON n.id = m.notification_id
         JOIN customer_preference p ON p.customer_id = n.recipient_id AND p.channel = m.channel
         WHERE p.consent_withdrawn_at IS NOT NULL OR NOT p.enabled`,
      ),
    ).toBe(0);
  });

  test('has reminders, one of them with a notice due today', async () => {
    expect(
      await rows(
        `SELECT due_on - (now() AT TIME ZONE 'America/Guayaquil')::date AS days, status
         FROM reminder ORDER BY due_on`,
      ),
    ).toEqual([
      { days: -12, status: 'completed' },
      { days: 14, status: 'pending' },
      { days: 40, status: 'pending' },
    ]);
  });

  test('knows only the devices that it was given as live', async () => {
    expect(
      await rows('SELECT customer_id, endpoint FROM push_subscription WHERE ended_at IS NULL'),
    ).toEqual([{ customer_id: 'customer-001', endpoint: subscription.endpoint }]);
    expect(demoDeviceOwners).toContain('customer-001');
  });

  test('changes nothing when it runs again, but keeps subscriptions up to date', async () => {
    const before = await contents();
    const again = await loadDemo(dataSource, { subscriptions: [subscription] });
    expect(again).toEqual({ created: false, events: 0, notifications: 0 });
    expect(await contents()).toEqual(before);

    await dataSource.query('UPDATE push_subscription SET ended_at = now() WHERE ended_at IS NULL');
    const renewed = { ...subscription, auth: 'b'.repeat(22) };
    const unknown = { ...subscription, customerId: 'nobody', endpoint: 'http://127.0.0.1/x' };
    await loadDemo(dataSource, { subscriptions: [renewed, unknown] });
    expect(
      await rows('SELECT endpoint, auth FROM push_subscription WHERE ended_at IS NULL'),
    ).toEqual([{ endpoint: subscription.endpoint, auth: renewed.auth }]);
  });
});
