import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { DueReminders } from '#infrastructure/persistence/due-reminders.js';
import { ReminderNotices } from '#infrastructure/persistence/reminder-notices.js';
import { Schedules } from '#infrastructure/persistence/schedules.js';
import {
  aProcess,
  openSeededDatabase,
  type SeededDatabase,
} from '#infrastructure/testing/seeded-database.js';
import { Clock } from '../clock.js';
import { RemindMaintenanceJob } from './remind-maintenance.job.js';

/** The database's schedules, at a moment of our choice. */
class SchedulesAt extends Schedules {
  now = new Date(0);

  override async active() {
    return { ...(await super.active()), now: this.now };
  }
}

let database: SeededDatabase;
let schedules: SchedulesAt;
let clock: Clock;

beforeAll(async () => {
  Logger.overrideLogger(false);
  database = await openSeededDatabase();
  const { dataSource } = database;
  schedules = new SchedulesAt(dataSource);
  const due = new DueReminders(dataSource);
  const notices = new ReminderNotices(dataSource);
  clock = new Clock(schedules, [
    new RemindMaintenanceJob(due, notices, aProcess(dataSource).dispatch),
  ]);
  await query(`
    UPDATE schedule SET updated_at = '2026-01-01' WHERE name = 'check_maintenance_reminders';
    DELETE FROM schedule WHERE name <> 'check_maintenance_reminders';
    INSERT INTO taller (id, slug, name, time_zone, reminder_offsets_days) VALUES
      ('0190aaaa-0000-7000-8000-000000000001', 'quito', 'Quito', 'America/Guayaquil', '{0}'),
      ('0190aaaa-0000-7000-8000-000000000002', 'tijuana', 'Tijuana', 'America/Tijuana', '{0}');
    INSERT INTO customer (id, name, email, taller_id)
      SELECT slug, name, slug || '@example.com', id FROM taller WHERE slug IN ('quito', 'tijuana');
    INSERT INTO customer (id, name, email) VALUES ('nowhere', 'Nowhere', 'nowhere@example.com');
    INSERT INTO vehicle (id, customer_id, plate, make, model)
      SELECT id, id, 'P-' || id, 'MG', 'ZS' FROM customer
      WHERE id IN ('quito', 'tijuana', 'nowhere');
  `);
});
afterAll(() => database.close());

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);

/** Reminders of each customer for each day, and then a tick in every quarter of an hour; when each was given. */
async function live(from: string, days: number): Promise<Record<string, string[]>> {
  await query('TRUNCATE reminder CASCADE');
  await query('TRUNCATE schedule_run');
  await query(
    `INSERT INTO reminder (id, customer_id, vehicle_id, service_type_id, due_on)
     SELECT gen_random_uuid(), v.customer_id, v.id, s.id, $1::date + n
     FROM vehicle v, service_type s, generate_series(0, $2 - 1) n
     WHERE s.slug = 'mantenimiento-preventivo' AND v.id IN ('quito', 'tijuana', 'nowhere')`,
    [from, days],
  );
  const start = Date.parse(`${from}T05:01:00Z`);
  for (let quarter = 0; quarter < days * 96; quarter += 1) {
    schedules.now = new Date(start + quarter * 900_000);
    await clock.tick();
  }
  const given = await query(
    `SELECT r.customer_id, n.given_at FROM reminder r JOIN reminder_notice n ON n.reminder_id = r.id
     WHERE n.offset_days = 0 AND n.event_id IS NOT NULL ORDER BY r.due_on`,
  );
  const byCustomer: Record<string, string[]> = { quito: [], tijuana: [], nowhere: [] };
  for (const { customer_id, given_at } of given) {
    byCustomer[customer_id]?.push(given_at.toISOString().slice(5, 16));
  }
  return byCustomer;
}

test('each workshop has its own 08:00, also where the clocks go forward', async () => {
  expect(await live('2027-03-12', 4)).toEqual({
    quito: ['03-12T13:01', '03-13T13:01', '03-14T13:01', '03-15T13:01'],
    nowhere: ['03-12T13:01', '03-13T13:01', '03-14T13:01', '03-15T13:01'],
    tijuana: ['03-12T16:01', '03-13T16:01', '03-14T15:01', '03-15T15:01'],
  });
  const runs = await query('SELECT state, count(*)::int FROM schedule_run GROUP BY state');
  // The run before the first day is too long ago to be made up for.
  expect(runs).toContainEqual({ state: 'done', count: 8 });
});

test('and where they go back', async () => {
  expect((await live('2027-11-06', 3)).tijuana).toEqual([
    '11-06T15:01',
    '11-07T16:01',
    '11-08T16:01',
  ]);
});

test('the schedule’s hour is the hour of all, and its zone that of who has no workshop', async () => {
  await query(`UPDATE schedule SET cron = '30 9 * * *', time_zone = 'America/Caracas'`);
  expect(await live('2027-01-20', 2)).toEqual({
    quito: ['01-20T14:31', '01-21T14:31'],
    nowhere: ['01-20T13:31', '01-21T13:31'],
    tijuana: ['01-20T17:31', '01-21T17:31'],
  });
});

test('a zone that nobody knows does not keep the others from theirs', async () => {
  await query(`
    UPDATE schedule SET cron = '0 8 * * *', time_zone = 'America/Guayaquil';
    INSERT INTO taller (id, slug, name, time_zone)
      VALUES ('0190aaaa-0000-7000-8000-000000000003', 'mars', 'Mars', 'Mars/Olympus');
  `);
  expect((await live('2027-01-20', 1)).tijuana).toEqual(['01-20T16:01']);
});
