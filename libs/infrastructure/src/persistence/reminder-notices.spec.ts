import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { holdRows } from '../testing/hold-rows.js';
import { openSeededDatabase, type SeededDatabase } from '../testing/seeded-database.js';
import { type DueReminder, DueReminders, type ReminderGroup } from './due-reminders.js';
import { ReminderNotices } from './reminder-notices.js';

const now = new Date('2027-03-01T13:00:00Z');
let database: SeededDatabase;
let notices: ReminderNotices;

beforeAll(async () => {
  database = await openSeededDatabase();
  notices = new ReminderNotices(database.dataSource);
});
afterAll(() => database.close());
beforeEach(() =>
  query(`
    TRUNCATE reminder CASCADE;
    INSERT INTO reminder (id, customer_id, vehicle_id, service_type_id, due_on)
      SELECT gen_random_uuid(), 'carlos', 'vehicle-carlos', id, '2027-03-01' FROM service_type
      WHERE slug = 'mantenimiento-preventivo'`),
);

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
async function dueGroup(): Promise<ReminderGroup> {
  const [group] = await new DueReminders(database.dataSource).page(
    null,
    ['2027-03-01'],
    undefined,
    1,
  );
  if (!group) throw new Error('a group was expected');
  return group;
}
const once = ({ given }: DueReminder) => (given.length === 0 ? 0 : undefined);

describe('a claim', () => {
  test('is one’s alone, of any number at once', async () => {
    const group = await dueGroup();
    const claims = await Promise.all([1, 2, 3, 4].map(() => notices.claim(group, now, once)));
    expect(claims.filter((claim) => claim !== null)).toEqual([
      { ...group, dispatchKey: expect.any(String) },
    ]);
    expect(await query('SELECT offset_days, given_at FROM reminder_notice')).toEqual([
      { offset_days: 0, given_at: now },
    ]);
  });

  test('decides on the reminder as it is when its turn comes', async () => {
    const group = await dueGroup();
    const held = await holdRows(
      database.dataSource,
      `UPDATE reminder SET due_on = '2027-04-15', status = 'pending'`,
    );
    const seen: string[] = [];
    const claim = notices.claim(group, now, ({ dueOn }) => {
      seen.push(dueOn);
      return undefined;
    });
    await held.someoneWaits();
    await held.commit();
    expect(await claim).toBeNull();
    expect(seen).toEqual(['2027-04-15']);
  });

  test.each([`status = 'completed'`, `due_on = NULL, due_km = 5`, `customer_id = 'ana'`])(
    'finds nothing to claim where meanwhile %s',
    async (change) => {
      const group = await dueGroup();
      await query(`UPDATE reminder SET ${change}`);
      expect(await notices.claim(group, now, () => 0)).toBeNull();
      expect(await query('SELECT FROM reminder_notice')).toEqual([]);
    },
  );
});

describe('a notice without an end', () => {
  test('is found with all that its message names, until it is settled', async () => {
    const claimed = await notices.claim(await dueGroup(), now, once);
    const [left, ...others] = await notices.underWay(null);
    expect(others).toEqual([]);
    expect(left).toMatchObject({
      dispatchKey: claimed?.dispatchKey,
      customerId: 'carlos',
      reminders: [{ plate: 'ABC123', dueOn: '2027-03-01' }],
    });
    expect(await notices.underWay('0190aaaa-0000-7000-8000-000000000001')).toEqual([]);
    await notices.settle(left?.dispatchKey ?? '', { refusal: 'no_reachable_channel' });
    expect(await notices.underWay(null)).toEqual([]);
  });

  test('is given up after the days of grace, and not before', async () => {
    await notices.claim(await dueGroup(), now, once);
    const refusals = () => query('SELECT refusal FROM reminder_notice');
    await notices.giveUpOld(new Date('2027-03-04T12:59:00Z'));
    expect(await refusals()).toEqual([{ refusal: null }]);
    await notices.giveUpOld(new Date('2027-03-04T13:01:00Z'));
    expect(await refusals()).toEqual([{ refusal: 'not_sent_in_time' }]);
  });

  test('that was sent after all keeps its event, whoever gave it up', async () => {
    const claimed = await notices.claim(await dueGroup(), now, once);
    const eventId = '0190aaaa-0000-7000-8000-000000000099';
    await notices.giveUpOld(new Date('2027-03-09T13:00:00Z'));
    await notices.settle(claimed?.dispatchKey ?? '', { eventId });
    await notices.settle(claimed?.dispatchKey ?? '', { refusal: 'no_reachable_channel' });
    expect(await query('SELECT event_id, refusal FROM reminder_notice')).toEqual([
      { event_id: eventId, refusal: null },
    ]);
  });
});
