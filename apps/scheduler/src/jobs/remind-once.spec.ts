import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addDays } from '#domain/reminders/calendar-date.js';
import { ReminderRig, today } from '../testing/reminder-rig.js';

let rig: ReminderRig;
beforeAll(async () => {
  rig = await ReminderRig.open();
});
afterAll(() => rig.close());
beforeEach(() => rig.clear());

const query = (sql: string, parameters?: unknown[]) => rig.query(sql, parameters);
const remind: ReminderRig['remind'] = (days, made) => rig.remind(days, made);
const run = (day?: string, scheduler?: number) => rig.run(day, scheduler);
const events = () => rig.events();
const notices = () => rig.notices();

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
    await Promise.all([0, 1, 2].map((scheduler) => run(today, scheduler)));
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
