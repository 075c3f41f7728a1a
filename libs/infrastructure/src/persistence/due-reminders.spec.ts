import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSeededDatabase, type SeededDatabase } from '../testing/seeded-database.js';
import { DueReminders, type ReminderGroup } from './due-reminders.js';

const northId = '0190aaaa-0000-7000-8000-000000000001';
let database: SeededDatabase;
let reminders: DueReminders;

beforeAll(async () => {
  database = await openSeededDatabase();
  reminders = new DueReminders(database.dataSource);
  await query(`
    INSERT INTO taller (id, slug, name) VALUES ('${northId}', 'norte', 'Norte');
    INSERT INTO customer (id, name) SELECT 'c-' || n, 'C' FROM generate_series(1, 4) n;
    INSERT INTO vehicle (id, customer_id, plate, make, model)
      SELECT 'v-' || n || '-' || m, 'c-' || n, 'P', 'MG', 'ZS'
      FROM generate_series(1, 4) n, generate_series(1, 3) m;
  `);
});
afterAll(() => database.close());
beforeEach(() => query('TRUNCATE reminder CASCADE; UPDATE customer SET taller_id = NULL'));

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
const remind = (vehicleId: string, dueOn: string, customerId = vehicleId.slice(0, -2)) =>
  query(
    `INSERT INTO reminder (id, customer_id, vehicle_id, service_type_id, due_on)
     SELECT gen_random_uuid(), $1, $2, id, $3 FROM service_type
     WHERE slug = 'mantenimiento-preventivo'`,
    [customerId.replace('v', 'c'), vehicleId, dueOn],
  );
const page = (dates: string[], tallerId: string | null = null) =>
  reminders.page(tallerId, dates, undefined, 10);

describe('the reminders due on some days', () => {
  test('are the pending ones of those days, the earlier of date and kilometres', async () => {
    for (const day of ['01', '02', '03', '04']) await remind('v-1-1', `2027-03-${day}`);
    await query(`UPDATE reminder SET status = 'cancelled' WHERE due_on = '2027-03-02'`);
    await query(`UPDATE reminder SET due_km = 1, projected_on = '2027-02-01'
                 WHERE due_on = '2027-03-04'`);
    const [group] = await page(['2027-02-01', '2027-03-02', '2027-03-03', '2027-03-04']);
    expect(group?.reminders.map(({ dueOn }) => dueOn).toSorted()).toEqual([
      '2027-02-01',
      '2027-03-03',
    ]);
    expect(group).toMatchObject({
      customerId: 'c-1',
      reminders: [{ vehicleId: 'v-1-1', plate: 'P', description: 'MG ZS', given: [] }, {}],
    });
  });

  test('are read page after page, no group twice and none torn', async () => {
    for (const n of [1, 2, 3, 4])
      for (const m of [1, 2, 3]) await remind(`v-${n}-${m}`, '2027-03-01');
    const seen: string[] = [];
    let last: ReminderGroup | undefined;
    do {
      const [group, ...others] = await reminders.page(null, ['2027-03-01'], last, 1);
      expect(others).toEqual([]);
      if (group) seen.push(`${group.customerId}:${group.reminders.length}`);
      last = group;
    } while (last);
    expect(seen).toEqual(['c-1:3', 'c-2:3', 'c-3:3', 'c-4:3']);
  });

  test('are those of one workshop’s customers, and of their own vehicles', async () => {
    await remind('v-1-1', '2027-03-01');
    await remind('v-2-1', '2027-03-01');
    await remind('v-3-1', '2027-03-01', 'v-4');
    await query(`UPDATE customer SET taller_id = $1 WHERE id = 'c-2'`, [northId]);
    expect(await page(['2027-03-01'])).toMatchObject([{ customerId: 'c-1' }]);
    expect(await page(['2027-03-01'], northId)).toMatchObject([{ customerId: 'c-2' }]);
  });
});

test('the workshops in some zones are the active ones, with the days of their notices', async () => {
  await query(`
    INSERT INTO taller (id, slug, name, time_zone, is_active, reminder_offsets_days) VALUES
      (gen_random_uuid(), 'a', 'A', 'America/Tijuana', true, '{-7,1}'),
      (gen_random_uuid(), 'b', 'B', 'America/Tijuana', false, '{0}')`);
  expect(await reminders.talleresIn(['America/Tijuana', 'UTC'])).toEqual([
    { id: expect.any(String), offsets: [-7, 1], timeZone: 'America/Tijuana' },
  ]);
  expect(await reminders.talleresIn(['America/Guayaquil'])).toEqual([
    { id: northId, offsets: [-14, -3, 0, 14], timeZone: 'America/Guayaquil' },
  ]);
});
