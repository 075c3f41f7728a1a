import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSeededDatabase, type SeededDatabase } from '../../testing/seeded-database.js';
import { SilentLines } from './silent-lines.js';

let database: SeededDatabase;
let lines: SilentLines;

beforeAll(async () => {
  database = await openSeededDatabase();
  lines = new SilentLines(database.dataSource);
});
afterAll(() => database.close());
beforeEach(() => query('TRUNCATE message, provider_account'));

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);

/** Messages to so many people, sent so long ago; acknowledged a second later, or never. */
function sent(people: number, minutesAgo: number, isAcknowledged: boolean): Promise<unknown> {
  return query(
    `INSERT INTO message (id, notification_id, rung, channel, address, template_version_id, state,
       sent_at, delivered_at)
     SELECT gen_random_uuid(), gen_random_uuid(), 0, 'whatsapp',
       jsonb_build_object('channel', 'whatsapp', 'phone', '+5939900000' || n), gen_random_uuid(),
       CASE WHEN $3 THEN 'delivered' ELSE 'sent' END, at,
       CASE WHEN $3 THEN at + interval '1 s' END
     FROM generate_series(10, 9 + $1::integer) n,
       LATERAL (SELECT clock_timestamp() - $2::integer * interval '1 minute') sending(at)`,
    [people, minutesAgo, isAcknowledged],
  );
}
const states = () => query('SELECT account, state FROM provider_account');

describe('a WhatsApp line', () => {
  test('that takes messages and delivers none is opened, and told once by one process', async () => {
    await sent(3, 60, true);
    await sent(5, 11, false);
    const other = new SilentLines(await database.open(2));
    const told = (await Promise.all([lines.review(), other.review(), lines.review()])).flat();
    expect(told).toMatchObject([
      {
        account: 'whatsapp:house',
        breaker: { state: 'open', lastFailure: { code: 'no_acknowledgements' } },
      },
    ]);
    expect(await lines.review()).toEqual([]);
    expect(await states()).toEqual([{ account: 'whatsapp:house', state: 'open' }]);
  });

  test('is closed by the first acknowledgement that comes, be it late', async () => {
    await sent(3, 60, true);
    await sent(8, 11, false);
    await lines.review();
    await query(`UPDATE message SET state = 'delivered', delivered_at = clock_timestamp()
      WHERE id = (SELECT id FROM message WHERE state = 'sent' LIMIT 1)`);
    expect(await lines.review()).toMatchObject([{ breaker: { state: 'closed' } }]);
    expect(await lines.review()).toEqual([]);
    expect(await states()).toEqual([{ account: 'whatsapp:house', state: 'closed' }]);
  });

  test('is known by acknowledgements of the last month, too', async () => {
    await sent(3, 20 * 24 * 60, true);
    await sent(5, 11, false);
    expect(await lines.review()).toHaveLength(1);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['never answered', () => sent(50, 11, false)],
    ['wrote to few', () => sent(3, 60, true).then(() => sent(4, 11, false))],
    ['has had no time to answer', () => sent(3, 60, true).then(() => sent(50, 9, false))],
    ['answers in between', () => sent(50, 20, false).then(() => sent(1, 12, true))],
  ])('that %s is left alone', async (_what, happened) => {
    await happened();
    expect(await lines.review()).toEqual([]);
    expect(await states()).toEqual([]);
  });
});
