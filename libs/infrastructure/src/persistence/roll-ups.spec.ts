import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { anyDay, anyStep, write } from '../testing/log-history.js';
import {
  addUp,
  insertMessages,
  insertZonedTalleres,
  messageParameters,
  type NewMessages,
  readLog,
  zonedTalleres,
} from '../testing/message-log.js';
import { createTestDatabase } from '../testing/test-database.js';
import { AnalyticsRepository, type Period } from './analytics.repository.js';
import { createDataSource } from './data-source.js';
import { defaultTimeZone, everyTaller, keptInScope, RollUps } from './roll-ups.js';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
/** Its own connections for every writer. */
let processes: DataSource[];
let dataSource: DataSource;
let rollUps: RollUps;
let analytics: AnalyticsRepository;

beforeAll(async () => {
  database = await createTestDatabase();
  const open = () =>
    createDataSource({ url: database.url, poolSize: 2 }, { applicationName: 'spec' }).initialize();
  dataSource = await open();
  processes = [dataSource, await open(), await open(), await open()];
  rollUps = new RollUps(dataSource);
  analytics = new AnalyticsRepository(dataSource, rollUps);
  await query(insertZonedTalleres);
});
afterAll(async () => {
  await Promise.all(processes.map((process) => process.destroy()));
  await database.drop();
});
beforeEach(() => query('TRUNCATE event, notification, message'));

const aMessage: NewMessages = {
  count: 1,
  createdAt: new Date('2026-05-10T12:00:00Z'),
  tallerId: null,
  channel: 'email',
  eventType: 'vehicle_ready',
  scheduledInHours: null,
};

const query = (sql: string, parameters?: unknown[]) => dataSource.query(sql, parameters);
const make = (changes: Partial<NewMessages> = {}) =>
  query(insertMessages, messageParameters({ ...aMessage, ...changes }));
const scopes = [{ id: null, zone: defaultTimeZone }, ...zonedTalleres];
const whole: Period = { from: '2026-01-01', to: '2026-12-31' };
const totals = async (tallerId: string | null = null, period = whole) =>
  Object.fromEntries(
    [...(await analytics.summary(tallerId, () => period)).all].map(([state, { messages }]) => [
      state,
      messages,
    ]),
  );

/** Both as one: a summary, and what the log says of the same. */
async function compare(tallerId: string | null, zone: string, period: Period): Promise<void> {
  const summary = await analytics.summary(tallerId, () => period);
  const log = (await readLog(dataSource, tallerId, zone)).filter(
    ({ day }) => day >= period.from && day <= period.to,
  );
  expect(summary.timeZone).toBe(zone);
  expect(summary.all).toEqual(addUp(log));
  for (const [groups, member] of [
    [summary.byDay, 'day'],
    [summary.byChannel, 'channel'],
    [summary.byEventType, 'event_type'],
  ] as const) {
    expect([...groups.keys()].sort()).toEqual([...new Set(log.map((row) => row[member]))].sort());
    for (const [key, counts] of groups) {
      expect(counts).toEqual(addUp(log.filter((row) => row[member] === key)));
    }
  }
}

/** What the roll-ups and the log disagree on, seen at one moment. */
const differences = `
  WITH ${keptInScope}, kept AS (
    SELECT day, channel, event_type, state, sum(messages) AS messages, sum(timed) AS timed,
      sum(delivery_ms) AS delivery_ms
    FROM counted GROUP BY day, channel, event_type, state
    HAVING sum(messages) <> 0 OR sum(timed) <> 0 OR sum(delivery_ms) <> 0
  ), log AS (
    SELECT (created_at AT TIME ZONE $2)::date, channel, event_type, state, count(*), count(sent_at),
      coalesce(sum(round(1000 *
        date_part('epoch', sent_at - greatest(created_at, scheduled_for)))::bigint), 0)
    FROM message WHERE $1::uuid = '${everyTaller}' OR taller_id = $1::uuid GROUP BY 1, 2, 3, 4
  )
  (TABLE kept EXCEPT TABLE log) UNION ALL (TABLE log EXCEPT TABLE kept)`;
const timeDifferences = `
  WITH ${keptInScope}, kept AS (
    SELECT day, channel, bucket, sum(messages) AS messages FROM took
    GROUP BY day, channel, bucket HAVING sum(messages) <> 0
  ), log AS (
    SELECT (created_at AT TIME ZONE $2)::date, channel, floor(4 / ln(2) * ln(greatest(1, round(1000 *
        date_part('epoch', sent_at - greatest(created_at, scheduled_for))))))::smallint, count(*)
    FROM message WHERE ($1::uuid = '${everyTaller}' OR taller_id = $1::uuid)
      AND sent_at IS NOT NULL AND state IN ('sent', 'delivered', 'read') GROUP BY 1, 2, 3
  )
  (TABLE kept EXCEPT TABLE log) UNION ALL (TABLE log EXCEPT TABLE kept)`;
const disagreements = async ({ id, zone }: (typeof scopes)[number]) => {
  const scope = [id ?? everyTaller, zone];
  return [...(await query(differences, scope)), ...(await query(timeDifferences, scope))];
};

/** Compares again and again until something is done, and once after it. */
async function agreeUntil(done: Promise<unknown>): Promise<void> {
  let isDone = false;
  const ending = done.finally(() => {
    isDone = true;
  });
  for (let last = false; !last; ) {
    last = isDone;
    for (const scope of scopes) expect(await disagreements(scope)).toEqual([]);
  }
  await ending;
}

describe('roll-ups', () => {
  test('say what the log says, at every moment of any history of concurrent writers', async () => {
    const anyHistory = fc.array(fc.array(anyStep, { minLength: 1, maxLength: 15 }), {
      minLength: 3,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(anyHistory, anyDay, anyDay, async (history, one, other) => {
        await query('TRUNCATE event, notification, message');
        const writers = history.map((steps, place) =>
          write(processes[place + 1] ?? dataSource, steps),
        );
        await agreeUntil(Promise.all(writers));
        const [from = one, to = one] = [one, other].sort();
        for (const { id, zone } of scopes) {
          await compare(id, zone, whole);
          await compare(id, zone, { from, to });
        }
        await rollUps.fold();
        await agreeUntil(Promise.resolve());
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test('are folded once, by however many at once', async () => {
    for (let count = 0; count < 20; count += 1) await make();
    const folded = await Promise.all(processes.map((process) => new RollUps(process).fold()));
    expect(folded.reduce((sum, count) => sum + count)).toBe(20);
    expect(await query('SELECT FROM analytics_delta')).toEqual([]);
    expect(await totals()).toEqual({ queued: 20 });
  });

  test('let no writer wait for another, nor for the folding', async () => {
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query(insertMessages, messageParameters(aMessage));
    await make();
    expect(await new RollUps(processes[1] ?? dataSource).fold()).toBe(1);
    expect(await totals()).toEqual({ queued: 1 });
    await runner.commitTransaction();
    await runner.release();
    expect(await totals()).toEqual({ queued: 2 });
  });

  test('are empty again with the log', async () => {
    await make({ count: 3 });
    await rollUps.fold();
    await make({ count: 2 });
    await query('TRUNCATE event, notification, message');
    expect(await totals()).toEqual({});
    await make();
    expect(await totals()).toEqual({ queued: 1 });
  });

  test('follow a workshop to another zone, while others write', async () => {
    const [mexico] = zonedTalleres;
    const moveTo = async (zone: string) => {
      await query('UPDATE taller SET time_zone = $2 WHERE id = $1', [mexico.id, zone]);
      await analytics.scope(mexico.id);
    };
    const anyMakes = fc.array(anyStep, { minLength: 30, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(anyMakes, anyMakes, async (some, others) => {
        await query('TRUNCATE event, notification, message');
        const writers = Promise.all(
          [some, others].map((steps, place) => write(processes[place + 1] ?? dataSource, steps)),
        );
        for (const zone of ['Asia/Tokyo', 'America/Tijuana', 'Asia/Kathmandu']) await moveTo(zone);
        await writers;
        await compare(mexico.id, 'Asia/Kathmandu', whole);
        await moveTo(mexico.zone);
        await compare(mexico.id, mexico.zone, whole);
        await compare(null, defaultTimeZone, whole);
        await agreeUntil(Promise.resolve());
      }),
      { numRuns: 5 },
    );
  }, 60_000);

  test('are made from a log that is older than they', async () => {
    await make({ count: 3, tallerId: zonedTalleres[1].id });
    await query('TRUNCATE analytics_scope, analytics_day, analytics_delta');
    await make({ count: 2, tallerId: zonedTalleres[1].id });
    expect(await rollUps.buildMissing()).toBe(scopes.length);
    expect(await rollUps.buildMissing()).toBe(0);
    for (const { id, zone } of scopes) await compare(id, zone, whole);
    await query('TRUNCATE analytics_scope, analytics_day, analytics_delta');
    expect(await totals()).toEqual({ queued: 5 });
    await query(`UPDATE message SET state = 'sent', sent_at = created_at + interval '3 seconds'`);
    await query('TRUNCATE analytics_scope, analytics_day, delivery_time_day, analytics_delta');
    expect(await rollUps.buildMissing()).toBe(scopes.length);
    for (const scope of scopes) expect(await disagreements(scope)).toEqual([]);
  });

  test('take the default zone where Postgres does not know that of a workshop', async () => {
    const id = '0190aaaa-0000-7000-8000-00000000000d';
    await query(`INSERT INTO taller (id, slug, name, time_zone)
      VALUES ('${id}', 'mars', 'Taller Marte', 'Mars/Olympus_Mons')`);
    await make({ tallerId: id });
    await rollUps.fold();
    await compare(id, defaultTimeZone, whole);
    await query(`DELETE FROM taller WHERE id = '${id}'`);
  });

  test('know the event of a message that does not say it', async () => {
    await make({ tallerId: zonedTalleres[2].id, scheduledInHours: 3 });
    await query(
      `INSERT INTO message (id, notification_id, rung, channel, address, template_version_id)
       SELECT gen_random_uuid(), id, 1, 'push', '{}', id FROM notification`,
    );
    const rows = await query('SELECT event_type, taller_id FROM message WHERE rung = 1');
    expect(rows).toEqual([{ event_type: 'vehicle_ready', taller_id: zonedTalleres[2].id }]);
  });
});
