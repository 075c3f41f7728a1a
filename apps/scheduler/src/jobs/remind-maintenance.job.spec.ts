import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { addDays } from '#domain/reminders/calendar-date.js';
import { DueReminders } from '#infrastructure/persistence/due-reminders.js';
import { ReminderNotices } from '#infrastructure/persistence/reminder-notices.js';
import {
  aProcess,
  openSeededDatabase,
  type SeededDatabase,
} from '#infrastructure/testing/seeded-database.js';
import { RemindMaintenanceJob } from './remind-maintenance.job.js';

const today = '2027-03-10';
const home = 'America/Guayaquil';
const northId = '0190aaaa-0000-7000-8000-000000000001';
let database: SeededDatabase;
let jobs: RemindMaintenanceJob[];

beforeAll(async () => {
  Logger.overrideLogger(false);
  database = await openSeededDatabase();
  const dataSources = [database.dataSource, await database.open(), await database.open()];
  jobs = dataSources.map(
    (dataSource) =>
      new RemindMaintenanceJob(
        new DueReminders(dataSource),
        new ReminderNotices(dataSource),
        aProcess(dataSource).dispatch,
      ),
  );
  await query(`
    INSERT INTO taller (id, slug, name) VALUES ('${northId}', 'taller-norte', 'Taller Norte');
    INSERT INTO vehicle (id, customer_id, plate, make, model, year) VALUES
      ('kia-carlos', 'carlos', 'XYZ987', 'Kia', 'Rio', 2020),
      ('vehicle-mudo', 'mudo', 'MUD001', 'MG', 'ZS', NULL);
  `);
});
afterAll(() => database.close());
beforeEach(async () => {
  await query(
    'TRUNCATE reminder, reminder_notice, event, notification, message, timeline, idempotency_key',
  );
  await query(`UPDATE customer SET taller_id = NULL;
    UPDATE taller SET is_active = true, reminder_offsets_days = DEFAULT`);
});

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
/** 08:05 in Guayaquil. */
const morningOf = (day: string) => new Date(`${day}T13:05:00Z`);

interface Made {
  vehicleId?: string;
  customerId?: string;
  serviceType?: string;
  status?: string;
}

/** A reminder that is due so many days from today. */
async function remind(days: number, made: Made = {}): Promise<string> {
  const [{ id }] = await query(
    `INSERT INTO reminder (id, customer_id, vehicle_id, service_type_id, due_on, status)
     SELECT gen_random_uuid(), $2, $3, id, $1, $5 FROM service_type WHERE slug = $4
     RETURNING id`,
    [
      addDays(today, days),
      made.customerId ?? 'carlos',
      made.vehicleId ?? 'vehicle-carlos',
      made.serviceType ?? 'mantenimiento-preventivo',
      made.status ?? 'pending',
    ],
  );
  return id;
}
const run = async (day = today, job = jobs[0]) =>
  (await job?.run({ now: morningOf(day), zones: [home], homeZone: home })) ?? {};
const events = () => query('SELECT * FROM event ORDER BY id');
const notices = () =>
  query(`SELECT reminder_id, due_on::text, offset_days, event_id, refusal FROM reminder_notice
         ORDER BY given_at, offset_days, reminder_id`);

describe('the reminders of maintenance', () => {
  test('are dispatched on the days of notice, to who is due alone', async () => {
    for (const days of [14, 10, 20, -20]) await remind(days);
    expect(await run()).toEqual({ looked_at: 1, dispatched: 1, refused: 0, failed: 0 });
    const [event, ...others] = await events();
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      event_type: 'maintenance_reminder',
      customer_id: 'carlos',
      vehicle_id: 'vehicle-carlos',
      target: 'clients',
      context: { Vehículo: 'Haval H6 2024', Placa: 'ABC123', Fecha: '24 de marzo de 2027' },
      business_key: expect.stringMatching(/^reminder:/),
    });
    expect(await query('SELECT DISTINCT channel, state FROM message')).toEqual([
      { channel: 'whatsapp', state: 'queued' },
    ]);
  });

  test('are given on their day by a job that runs every day from before to after', async () => {
    await remind(15);
    const days: number[] = [];
    for (let day = 0; day <= 35; day += 1) {
      const { dispatched } = await run(addDays(today, day));
      if (dispatched === 1) days.push(day - 15);
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

  test('are made up for after days without a run, the latest alone', async () => {
    await remind(2);
    await remind(-1, { vehicleId: 'kia-carlos', serviceType: 'averia-revision' });
    await remind(6, { customerId: 'ana', vehicleId: 'vehicle-carlos' });
    expect(await run()).toMatchObject({ dispatched: 1 });
    expect(await notices()).toMatchObject([{ offset_days: -3, refusal: null }, { offset_days: 0 }]);
  });

  test('go by the days that the workshop has set', async () => {
    await query(`UPDATE taller SET reminder_offsets_days = '{-30,5}'`);
    await query(`UPDATE customer SET taller_id = $1 WHERE id = 'carlos'`, [northId]);
    await remind(1);
    const days: number[] = [];
    for (let day = -35; day <= 20; day += 1) {
      const { dispatched } = await run(addDays(today, day));
      if (dispatched === 1) days.push(day - 1);
    }
    expect(days).toEqual([-30, 5]);
    expect((await events())[0].taller_id).toBe(northId);
  });

  test('go by the kilometres where those come first', async () => {
    await remind(200);
    await query(`UPDATE reminder SET due_km = 10000, projected_on = $1`, [addDays(today, 3)]);
    expect(await run()).toMatchObject({ dispatched: 1 });
    expect((await events())[0].context.Fecha).toBe('13 de marzo de 2027');
    expect(await notices()).toMatchObject([{ due_on: '2027-03-13', offset_days: -3 }]);
  });

  test('stay silent for what is done, cancelled, gone, sold, or of a closed workshop', async () => {
    await remind(0, { status: 'completed' });
    await remind(0, { status: 'cancelled' });
    await remind(0, { customerId: 'ana' });
    expect(await run()).toMatchObject({ dispatched: 0, refused: 0 });

    await query(`UPDATE customer SET taller_id = $1 WHERE id = 'carlos'`, [northId]);
    await query('UPDATE taller SET is_active = false');
    await remind(0);
    expect(await run()).toMatchObject({ looked_at: 0 });
    await query('UPDATE taller SET is_active = true');
    expect(await run()).toMatchObject({ dispatched: 1 });

    await query(`INSERT INTO vehicle (id, customer_id, plate, make, model)
      VALUES ('going', 'carlos', 'GON001', 'MG', 'ZS')`);
    await remind(0, { vehicleId: 'going' });
    await query(`DELETE FROM vehicle WHERE id = 'going'`);
    expect(await run()).toMatchObject({ dispatched: 0, refused: 0 });
  });

  test('to who cannot be reached are noted with the reason, and not tried every day', async () => {
    await remind(0, { customerId: 'mudo', vehicleId: 'vehicle-mudo' });
    expect(await run()).toMatchObject({ dispatched: 0, refused: 1 });
    expect(await notices()).toMatchObject([{ event_id: null, refusal: 'no_reachable_channel' }]);
    expect(await run()).toMatchObject({ refused: 0 });
    expect(await run(addDays(today, 1))).toMatchObject({ refused: 0 });
  });

  test('repeat no notice when the due date moves by a month, and begin anew past it', async () => {
    await remind(14);
    await run();
    for (const [days, dispatched] of [
      [30, 0],
      [31, 1],
    ] as const) {
      await query(`UPDATE reminder SET due_on = $1`, [addDays(today, 14 + days)]);
      expect(await run(addDays(today, days))).toMatchObject({ dispatched });
    }
  });
});

describe('the vehicles of a customer', () => {
  test('that are due on one morning stand in one message, whichever notice is theirs', async () => {
    const haval = await remind(14);
    const kia = await remind(-14, { vehicleId: 'kia-carlos' });
    await remind(5, { vehicleId: 'kia-carlos' });
    expect(await run()).toEqual({ looked_at: 2, dispatched: 1, refused: 0, failed: 0 });
    const [event] = await events();
    expect(event).toMatchObject({
      vehicle_id: null,
      context: {
        Vehículo: 'Kia Rio 2020 y Haval H6 2024',
        Placa: 'XYZ987 y ABC123',
        Fecha: '24 de febrero de 2027 y 24 de marzo de 2027',
      },
      business_key: expect.stringMatching(/^reminders:[0-9a-f]{64}$/),
    });
    expect(await notices()).toEqual([
      expect.objectContaining({ reminder_id: haval, offset_days: -14, event_id: event.id }),
      expect.objectContaining({ reminder_id: kia, offset_days: 14, event_id: event.id }),
    ]);
    expect(await query('SELECT count(*)::int FROM message')).toEqual([{ count: 1 }]);
  });

  test('are told of apart for another service', async () => {
    await remind(0);
    await remind(0, { vehicleId: 'kia-carlos', serviceType: 'averia-revision' });
    const { looked_at, dispatched, refused } = await run();
    expect({ looked_at, told: Number(dispatched) + Number(refused) }).toEqual({
      looked_at: 2,
      told: 2,
    });
  });

  test('that come later in a day do not call back what was sent of the others', async () => {
    await remind(0);
    await run();
    await remind(0, { vehicleId: 'kia-carlos' });
    expect(await run()).toMatchObject({ dispatched: 1 });
    expect(await query('SELECT DISTINCT state FROM notification')).toEqual([
      { state: 'in_progress' },
    ]);
  });
});

describe('a notice is given once', () => {
  test('however often the job runs', async () => {
    await remind(3);
    await run();
    expect(await run()).toMatchObject({ dispatched: 0 });
    expect(await events()).toHaveLength(1);
  });

  test('by three schedulers at once', async () => {
    await query(`
      INSERT INTO customer (id, name, email)
        SELECT 'c-' || n, 'Cliente ' || n, n || '@example.com' FROM generate_series(1, 25) n;
      INSERT INTO vehicle (id, customer_id, plate, make, model)
        SELECT 'v-' || n, 'c-' || (n % 25 + 1), 'V' || n, 'MG', 'ZS' FROM generate_series(1, 50) n;
    `);
    for (let n = 1; n <= 50; n += 1) {
      await remind(0, { customerId: `c-${(n % 25) + 1}`, vehicleId: `v-${n}` });
    }
    await Promise.all(jobs.map((job) => run(today, job)));
    expect(await events()).toHaveLength(25);
    expect(await query('SELECT count(*)::int FROM message')).toEqual([{ count: 25 }]);
    expect(
      await query(`SELECT count(*)::int, count(DISTINCT event_id)::int AS events
                   FROM reminder_notice WHERE event_id IS NOT NULL`),
    ).toEqual([{ count: 50, events: 25 }]);
  });

  test('when a process died after it had decided, on the same day or the next', async () => {
    await remind(0);
    await remind(0, { vehicleId: 'kia-carlos' });
    await run();
    const decided = `UPDATE reminder_notice SET event_id = NULL`;
    // Before the dispatch.
    await query(`${decided}; TRUNCATE event, notification, message, timeline, idempotency_key`);
    expect(await run(addDays(today, 1))).toMatchObject({ dispatched: 1 });
    // After it, before its note.
    await query(decided);
    expect(await run(addDays(today, 1))).toMatchObject({ dispatched: 1 });
    const [event, ...others] = await events();
    expect(others).toEqual([]);
    expect(event.context.Placa).toBe('ABC123 y XYZ987');
    expect(await notices()).toMatchObject([{ event_id: event.id }, { event_id: event.id }]);
  });

  test('or not at all when that is found too late, or when it is done meanwhile', async () => {
    await remind(0);
    await run();
    const [{ id }] = await events();
    const decided = `UPDATE reminder_notice SET event_id = NULL, refusal = NULL`;
    await query(decided);
    await run(addDays(today, 4));
    expect(await notices()).toMatchObject([{ event_id: id, refusal: null }]);

    await query(`${decided}; TRUNCATE event, idempotency_key`);
    await run(addDays(today, 4));
    expect(await notices()).toMatchObject([{ event_id: null, refusal: 'not_sent_in_time' }]);

    await query(`${decided}; UPDATE reminder SET status = 'completed'`);
    await run();
    expect(await notices()).toMatchObject([{ event_id: null, refusal: 'not_sent_in_time' }]);
    expect(await events()).toEqual([]);
  });

  test('though its dispatch fails; the others are told, and it is by the next run', async () => {
    await query(`
      CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'disk full'; END $$;
      CREATE TRIGGER fail BEFORE INSERT ON event FOR EACH ROW
        WHEN (NEW.customer_id = 'ana') EXECUTE FUNCTION fail();
      INSERT INTO vehicle (id, customer_id, plate, make, model)
        VALUES ('vehicle-ana', 'ana', 'ANA001', 'MG', 'ZS');
    `);
    await remind(0, { customerId: 'ana', vehicleId: 'vehicle-ana' });
    await remind(0);
    await expect(run()).rejects.toThrow('"failed":1');
    expect(await events()).toMatchObject([{ customer_id: 'carlos' }]);
    await query('DROP TRIGGER fail ON event');
    expect(await run(addDays(today, 1))).toMatchObject({ dispatched: 1, failed: 0 });
    expect(await events()).toHaveLength(2);
  });
});
