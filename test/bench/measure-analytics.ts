import pg from 'pg';
import { AnalyticsRepository } from '#infrastructure/persistence/analytics.repository.js';
import { RollUps } from '#infrastructure/persistence/roll-ups.js';
import type { Instance } from './instance.js';
import { percentile } from './load.js';

/** Milliseconds of one summary, over one connection: until it is there, and of CPU. */
export interface SummaryTimes {
  p50Ms: number;
  p95Ms: number;
  cpuMsEach: number;
}

/** How long a summary of 30 days takes. */
export interface AnalyticsResult {
  messages: number;
  /** Of the scope of all, in these days: what a summary reads, however many messages there are. */
  rollUpRows: number;
  folded: SummaryTimes;
  oneTaller: SummaryTimes;
  /** With `differences` not yet folded, as 10 s of 1,000 messages a second leave them. */
  unfolded: SummaryTimes & { differences: number };
  /** The same totals by a plain query over the log. */
  plainMs: number;
}

const rounds = 60;
const perInsert = 50_000;
const ever = { from: '2000-01-01', to: '2099-12-31' };

/** In place of the log one of so many messages of 30 days, counted by the triggers as it is written. */
export async function measureAnalytics(
  instance: Instance,
  messages: number,
): Promise<AnalyticsResult> {
  const { database } = instance;
  const rollUps = new RollUps(database);
  const analytics = new AnalyticsRepository(database, rollUps);
  // It would try to send what waits in the invented log.
  await instance.stopWorker();
  await database.query('TRUNCATE message');
  await database.query(insertTalleres);
  for (let made = 0; made < messages; made += perInsert) {
    await database.query(insertMessages, [made, Math.min(messages, made + perInsert) - 1]);
    await rollUps.fold();
  }
  await vacuum(instance);
  const [{ rows }] = await database.query(
    `SELECT count(*)::integer AS rows FROM analytics_day
     WHERE scope_id = '00000000-0000-0000-0000-000000000000'`,
  );
  const summarise = (tallerId: string | null) => () => analytics.summary(tallerId, () => ever);
  const folded = await timesOf(instance, summarise(null));
  const oneTaller = await timesOf(instance, summarise(tallerId(1)));
  const plainMs = await timeOf(() =>
    database.transaction(async (manager) => {
      await manager.query('SET LOCAL statement_timeout = 0');
      await manager.query(plainQuery);
    }),
  );
  const differences = 4000;
  await database.query(insertDifferences, [differences]);
  const unfolded = { differences, ...(await timesOf(instance, summarise(null))) };
  await database.query('TRUNCATE message');
  await instance.startWorker();
  return { messages, rollUpRows: rows, folded, oneTaller, unfolded, plainMs };
}

/** As Postgres does by itself within a minute; of 10 million messages it takes longer than 30 s. */
async function vacuum({ databaseUrl }: Instance): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('VACUUM ANALYZE message');
  await client.query('VACUUM ANALYZE analytics_day, delivery_time_day');
  await client.query('VACUUM analytics_delta');
  await client.end();
}

const tallerId = (number: number) =>
  `0190bbbb-0000-7000-8000-${number.toString().padStart(12, '0')}`;

const insertTalleres = `
  INSERT INTO taller (id, slug, name)
  SELECT ('0190bbbb-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'bench-' || n, 'Taller ' || n
  FROM generate_series(0, 9) n ON CONFLICT DO NOTHING
`;

/** Ten workshops, eight kinds of event, three channels; most were sent, within 1 to 55 s, and every state is there. */
const insertMessages = `
  INSERT INTO message (id, notification_id, event_type, taller_id, rung, channel, address,
    template_version_id, state, created_at, sent_at)
  SELECT (lpad(to_hex((1000 * date_part('epoch', at))::bigint), 12, '0') || '7'
      || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid,
    gen_random_uuid(), 'event_type_' || n / 10 % 8,
    ('0190bbbb-0000-7000-8000-' || lpad((n % 10)::text, 12, '0'))::uuid, 0,
    (ARRAY['email', 'whatsapp', 'push'])[1 + n / 80 % 3],
    '{"channel": "email", "email": "cliente@example.com"}', gen_random_uuid(), state, at,
    CASE WHEN state IN ('sent', 'delivered', 'read', 'bounced') 
      THEN at + exp(4 * random()) * interval '1 s' END
  FROM (
    SELECT n, now() - random() * interval '29 days' AS at,
      (ARRAY['queued', 'failed', 'bounced', 'expired', 'canceled', 'superseded', 'read', 'read',
        'delivered', 'sent', 'sent', 'sent', 'sent'])[1 + floor(random() * 13)::integer] AS state
    FROM generate_series($1::integer, $2::integer) n
  ) invented
`;

const insertDifferences = `
  INSERT INTO analytics_delta
  SELECT now(), ('0190bbbb-0000-7000-8000-' || lpad((n % 10)::text, 12, '0'))::uuid,
    (ARRAY['email', 'whatsapp', 'push'])[1 + n % 3], 'event_type_' || n % 8,
    (ARRAY['queued', 'sending', 'sent'])[1 + n % 3], 1, 0, 0,
    CASE WHEN n % 3 = 2 THEN 40 + n % 24 END
  FROM generate_series(1, $1::integer) n
`;

const plainQuery = `
  SELECT (created_at AT TIME ZONE 'America/Guayaquil')::date AS day, channel, event_type, state,
    count(*), avg(sent_at - created_at)
  FROM message
  GROUP BY GROUPING SETS ((state), (day, state), (channel, state), (event_type, state))
`;

async function timesOf(instance: Instance, work: () => Promise<unknown>): Promise<SummaryTimes> {
  // The first ones fill caches.
  for (let round = 0; round < 10; round += 1) await work();
  const timesMs: number[] = [];
  const cpuBeforeMs = instance.cpuMs();
  for (let round = 0; round < rounds; round += 1) timesMs.push(await timeOf(work));
  const cpuMsEach = (instance.cpuMs() - cpuBeforeMs) / rounds;
  const sorted = timesMs.sort((a, b) => a - b);
  return { p50Ms: percentile(sorted, 50), p95Ms: percentile(sorted, 95), cpuMsEach };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
