import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase } from '../testing/test-database.js';
import { createDataSource } from './data-source.js';
import { eventConditions } from './event-conditions.js';
import { type EventFilter, EventsRepository } from './events.repository.js';

/** As many as a busy workshop's log has after a few years. */
const many = 100_000;
/** Four times what the slowest takes on a machine that is busy with other things. */
const stallMs = 5000;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let dataSource: DataSource;
let events: EventsRepository;

beforeAll(async () => {
  database = await createTestDatabase();
  const options = { applicationName: 'spec' };
  dataSource = await createDataSource({ url: database.url, poolSize: 2 }, options).initialize();
  events = new EventsRepository(dataSource);
  await dataSource.query(
    `INSERT INTO customer (id, name, email, phone)
     SELECT 'c' || n, 'Íñigo Núñez ' || n, 'c' || n || '@example.com', '+59398' || 1000000 + n
     FROM generate_series(1, 5000) n`,
  );
  await dataSource.query(fill, [many]);
  await dataSource.query('VACUUM ANALYZE customer, event, notification');
}, 120_000);
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

/** A second apart, the newest last; of each event one notification. */
const fill = `
  WITH input AS MATERIALIZED (
    SELECT n, gen_random_uuid() AS id, 'c' || 1 + n % 5000 AS customer_id,
      timestamptz '2026-01-01' + n * interval '1 second' AS at
    FROM generate_series(1, $1::integer) n
  ), events AS (
    INSERT INTO event (id, event_type, service_type_id, phase_id, target, customer_id, context,
      business_key, created_at)
    SELECT id, CASE n % 3 WHEN 0 THEN 'vehicle_ready' ELSE 'vehicle_received' END, id, id, 'clients',
      customer_id, '{}', CASE WHEN n % 10 = 0 THEN 'OT-2026-' || n END, at
    FROM input
  )
  INSERT INTO notification (id, event_id, recipient_kind, recipient_id, recipient_name, variables,
    ladder, decision, state, created_at)
  SELECT gen_random_uuid(), id, 'customer', customer_id, 'Íñigo Núñez',
    jsonb_build_object('Placa', 'PBX-' || n, 'Orden', 'OP ' || n),
    CASE n % 4 WHEN 0 THEN '[{"channel": "push"}]'::jsonb ELSE '[{"channel": "email"}]' END, '[]',
    CASE WHEN n % 500 = 0 THEN 'failed' ELSE 'sent' END, at
  FROM input
`;

const newestFirst = { column: 'created_at', descending: true } as const;
const page = (filter: EventFilter, offset = 0) =>
  events.page(null, filter, newestFirst, { offset, limit: 25 });

/** The page's and the count's own time in the database, in ms. */
async function timeOf(filter: EventFilter, offset = 0): Promise<number> {
  const { where, parameters } = eventConditions(null, filter);
  const explain = async (sql: string) => {
    const [row] = await dataSource.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, parameters);
    return Number(row['QUERY PLAN'][0]['Execution Time']);
  };
  const counted = await explain(`SELECT count(*) FROM event e ${where}`);
  const read = await explain(`SELECT e.* FROM event e ${where}
    ORDER BY e.created_at DESC, e.id DESC LIMIT 25 OFFSET ${offset}`);
  return counted + read;
}

describe('the log of a hundred thousand events', () => {
  test.each([
    ['a plate', { search: 'pbx 99999' }, 1],
    ['the beginning of a plate', { search: 'PBX-999' }, 111],
    ['an order', { search: 'op-77777' }, 1],
    ['a business key', { search: 'ot 2026 5000' }, 2],
    ['a name', { search: 'nunez 4321' }, 20],
    ['an e-mail address', { search: 'c77@example.com' }, 20],
    ['a telephone number', { search: '098 100-4321' }, 20],
    ['a customer’s id', { search: 'c4321' }, 20],
    ['what there is not', { search: 'nadie' }, 0],
    ['a plate among the failed', { search: 'pbx-500', state: 'failed' }, 3],
    ['a channel', { channel: 'push' as const }, many / 4],
    ['a state', { state: 'failed' }, many / 500],
    ['a type', { eventType: 'vehicle_ready' }, Math.floor(many / 3)],
    [
      'a time',
      { createdAfter: '2026-01-01T05:00:00Z', createdBefore: '2026-01-01T06:00:00Z' },
      3600,
    ],
    ['a name of all', { search: 'inigo' }, many],
    ['nothing', {}, many],
  ])('is searched by %s without a stall', async (_, filter, count) => {
    expect((await page(filter)).count).toBe(count);
    expect(await timeOf(filter)).toBeLessThan(stallMs);
  });

  test('shows its last page as it shows its first', async () => {
    const { events: last } = await page({}, many - 25);
    expect(last).toHaveLength(25);
    expect(await timeOf({}, many - 25)).toBeLessThan(stallMs);
  });

  test('is not read whole for a plate, an order or a person', async () => {
    for (const search of ['pbx99999', 'op 77777', 'c77@example.com']) {
      const { where, parameters } = eventConditions(null, { search });
      const plan = JSON.stringify(
        await dataSource.query(
          `EXPLAIN (FORMAT JSON) SELECT e.* FROM event e ${where}`,
          parameters,
        ),
      );
      expect(plan).not.toMatch(/"Seq Scan"[^}]*"Relation Name":"(?:event|notification|customer)"/);
    }
  });
});
