import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSeededDatabase, type SeededDatabase } from '../testing/seeded-database.js';
import { DueReminders } from './due-reminders.js';

let database: SeededDatabase;
let reminders: DueReminders;

beforeAll(async () => {
  database = await openSeededDatabase();
  reminders = new DueReminders(database.dataSource);
});
afterAll(() => database.close());
beforeEach(() => query('TRUNCATE reminder CASCADE'));

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
/** A reminder that is due so many days from the workshop's today. */
const remind = (days: number, status = 'pending') =>
  query(
    `INSERT INTO reminder (id, customer_id, vehicle_id, service_type_id, due_on, status)
     SELECT gen_random_uuid(), 'carlos', 'vehicle-carlos', id,
       (now() AT TIME ZONE 'America/Guayaquil')::date + $1::int, $2
     FROM service_type WHERE slug = 'mantenimiento-preventivo'`,
    [days, status],
  );

describe('the reminders near a notice', () => {
  test('are the pending ones due within the days asked for, before and after', async () => {
    for (const days of [-17, -16, 0, 16, 17]) await remind(days);
    await remind(0, 'completed');
    await remind(0, 'cancelled');
    const page = await reminders.page(16, null, 10);
    const offsets = page.map(({ dueOn, today }) => (Date.parse(dueOn) - Date.parse(today)) / 864e5);
    expect(offsets.toSorted((a, b) => a - b)).toEqual([-16, 0, 16]);
    expect(page[0]).toMatchObject({
      customerId: 'carlos',
      vehicleId: 'vehicle-carlos',
      tallerId: null,
      given: [],
    });
    expect(page[0]?.dueOn).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test('are read page after page, each once', async () => {
    for (let count = 0; count < 7; count += 1) await remind(0);
    const ids: string[] = [];
    for (let cursor: string | null = null; ; cursor = ids.at(-1) ?? null) {
      const page = await reminders.page(16, cursor, 3);
      ids.push(...page.map(({ id }) => id));
      if (page.length < 3) break;
    }
    expect(new Set(ids).size).toBe(7);
  });

  test('go by the day at the customer’s workshop', async () => {
    await remind(0);
    const [{ west, east }] = await query(`SELECT
      (now() AT TIME ZONE 'Pacific/Pago_Pago')::date::text AS west,
      (now() AT TIME ZONE 'Pacific/Kiritimati')::date::text AS east`);
    expect(west).not.toBe(east);
    for (const [zone, today] of [
      ['Pacific/Pago_Pago', west],
      ['Pacific/Kiritimati', east],
    ]) {
      await query(
        `INSERT INTO taller (id, slug, name, time_zone)
         VALUES ('0190aaaa-0000-7000-8000-000000000001', 't', 'T', $1)
         ON CONFLICT (id) DO UPDATE SET time_zone = $1`,
        [zone],
      );
      await query(
        `UPDATE customer SET taller_id = '0190aaaa-0000-7000-8000-000000000001' WHERE id = 'carlos'`,
      );
      expect(await reminders.page(16, null, 10)).toMatchObject([{ today }]);
    }
  });

  test('know which notices of this due date were given; another date starts anew', async () => {
    await remind(0);
    const read = async () => (await reminders.page(16, null, 10))[0];
    const reminder = await read();
    if (!reminder) throw new Error('a reminder was expected');
    const eventId = '0190aaaa-0000-7000-8000-000000000099';
    await reminders.markGiven(reminder, -3, { eventId });
    await reminders.markGiven(reminder, -3, { refusal: 'no_reachable_channel' });
    await reminders.markGiven(reminder, 0, { refusal: 'no_reachable_channel' });
    expect((await read())?.given.toSorted((a, b) => a - b)).toEqual([-3, 0]);
    expect(
      await query('SELECT offset_days, event_id, refusal FROM reminder_notice ORDER BY 1'),
    ).toEqual([
      { offset_days: -3, event_id: eventId, refusal: null },
      { offset_days: 0, event_id: null, refusal: 'no_reachable_channel' },
    ]);
    await query('UPDATE reminder SET due_on = due_on + 1');
    expect((await read())?.given).toEqual([]);
  });
});
