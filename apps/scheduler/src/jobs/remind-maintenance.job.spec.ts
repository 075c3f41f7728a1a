import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DueReminders } from '#infrastructure/persistence/due-reminders.js';
import {
  aProcess,
  openSeededDatabase,
  type SeededDatabase,
} from '#infrastructure/testing/seeded-database.js';
import { RemindMaintenanceJob } from './remind-maintenance.job.js';

let database: SeededDatabase;
let jobs: RemindMaintenanceJob[];

beforeAll(async () => {
  database = await openSeededDatabase();
  const dataSources = [database.dataSource, await database.open(), await database.open()];
  jobs = dataSources.map(
    (dataSource) =>
      new RemindMaintenanceJob(new DueReminders(dataSource), aProcess(dataSource).dispatch),
  );
});
afterAll(() => database.close());
beforeEach(() =>
  query(
    'TRUNCATE reminder, reminder_notice, event, notification, message, timeline, idempotency_key',
  ),
);

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
const remind = (days: number, customerId = 'carlos') =>
  query(
    `INSERT INTO reminder (id, customer_id, vehicle_id, service_type_id, due_on)
     SELECT gen_random_uuid(), $2, 'vehicle-carlos', id,
       (now() AT TIME ZONE 'America/Guayaquil')::date + $1::int
     FROM service_type WHERE slug = 'mantenimiento-preventivo'`,
    [days, customerId],
  );
const run = async () => (await jobs[0]?.run()) ?? {};
const events = async () => (await query('SELECT count(*)::int AS count FROM event'))[0].count;
/** Tomorrow, as far as the reminders can tell. */
const nextDay = () =>
  query(`UPDATE reminder SET due_on = due_on - 1`).then(() =>
    query(`UPDATE reminder_notice SET due_on = due_on - 1`),
  );

describe('the reminders of maintenance', () => {
  test('are dispatched on the days of notice, to who is due alone', async () => {
    for (const days of [14, 3, 0, -14, 10, 20, -20]) await remind(days);
    expect(await run()).toEqual({ looked_at: 5, dispatched: 4, refused: 0 });
    const [event] = await query('SELECT * FROM event LIMIT 1');
    expect(event).toMatchObject({
      event_type: 'maintenance_reminder',
      customer_id: 'carlos',
      vehicle_id: 'vehicle-carlos',
      target: 'clients',
      business_key: expect.stringMatching(/^reminder:/),
    });
    expect(event.context.Fecha).toMatch(/^\d{1,2} de [a-z]+ de \d{4}$/);
    expect(await query('SELECT DISTINCT channel, state FROM message')).toEqual([
      { channel: 'whatsapp', state: 'queued' },
    ]);
  });

  test('are given once, however often the job runs', async () => {
    await remind(3);
    await run();
    expect(await run()).toMatchObject({ dispatched: 0 });
    expect(await events()).toBe(1);
  });

  test('are given once by three schedulers that run at once', async () => {
    for (let count = 0; count < 25; count += 1) await remind(0);
    await Promise.all(jobs.map((job) => job.run()));
    expect(await events()).toBe(25);
    expect(await query('SELECT count(*)::int AS count FROM message')).toEqual([{ count: 25 }]);
  });

  test('are given once when a process died between the dispatch and its note', async () => {
    await remind(0);
    await run();
    await query('TRUNCATE reminder_notice');
    expect(await run()).toMatchObject({ dispatched: 1 });
    expect(await events()).toBe(1);
    expect(await query('SELECT n.event_id = e.id AS same FROM reminder_notice n, event e')).toEqual(
      [{ same: true }],
    );
  });

  test('are given on their day by a job that runs every day from before to after', async () => {
    await remind(15);
    const days: number[] = [];
    for (let day = -15; day <= 20; day += 1) {
      const { dispatched } = await run();
      if (dispatched === 1) days.push(day);
      await nextDay();
    }
    expect(days).toEqual([-14, -3, 0, 14]);
    // A reminder not yet sent gives way to the next one.
    expect(
      await query('SELECT state, count(*)::int FROM notification GROUP BY state ORDER BY state'),
    ).toEqual([
      { state: 'in_progress', count: 1 },
      { state: 'superseded', count: 3 },
    ]);
  });

  test('to who cannot be reached are noted with the reason, and not tried every day', async () => {
    await query(`INSERT INTO vehicle (id, customer_id, plate, make, model)
      VALUES ('vehicle-mudo', 'mudo', 'XYZ1', 'MG', 'ZS') ON CONFLICT DO NOTHING`);
    await remind(0, 'mudo');
    await query(`UPDATE reminder SET vehicle_id = 'vehicle-mudo'`);
    expect(await run()).toEqual({ looked_at: 1, dispatched: 0, refused: 1 });
    expect(await query('SELECT refusal FROM reminder_notice')).toEqual([
      { refusal: 'no_reachable_channel' },
    ]);
    expect(await run()).toMatchObject({ refused: 0 });
  });
});
