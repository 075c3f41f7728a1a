import type pg from 'pg';
import { everyTaller, keptInScope } from '#infrastructure/persistence/roll-ups.js';
import type { RunJournals } from '../journals.js';
import type { Evidence } from './evidence.js';

/** What runs queries: a client, or a pool. */
export type Queries = Pick<pg.ClientBase, 'query'>;

/** Reads what a run left behind. All of one moment when `database` is inside a transaction. */
export async function readEvidence(
  database: Queries,
  journals: Pick<RunJournals, 'read'>,
): Promise<Evidence> {
  const rows = async <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    (await database.query(sql, parameters)).rows;
  const [clock] = await rows<{ now: number }>(`SELECT ${ms('clock_timestamp()')} AS now`);
  return {
    now: clock?.now ?? 0,
    events: await rows(events),
    notifications: await rows(notifications),
    messages: await rows(messages),
    timeline: await rows(timeline),
    deadLetters: (await rows<{ id: string }>(deadLetters)).map(({ id }) => id),
    openRuns: await rows(openRuns),
    miscounted: await rows(miscounted, [everyTaller, 'UTC']),
    arrivals: journals.read('arrivals'),
    client: journals.read('client'),
    disruptions: journals.read('disruptions'),
  };
}

const ms = (time: string) => `(extract(epoch FROM ${time}) * 1000)::float8`;

const events = `
  SELECT e.id, k.key FROM event e LEFT JOIN idempotency_key k ON k.event_id = e.id`;

const notifications = `
  SELECT id, event_id AS "eventId", state, state_reason AS "stateReason", ladder FROM notification`;

const messages = `
  SELECT id, notification_id AS "notificationId", rung, channel, address, state,
    state_reason AS "stateReason", attempts, ${ms('created_at')} AS "createdAt",
    ${ms('due_at')} AS "dueAt", ${ms('valid_until')} AS "validUntil",
    ${ms('lease_until')} AS "leaseUntil", ${ms('sent_at')} AS "sentAt",
    provider_message_id AS "providerMessageId"
  FROM message ORDER BY notification_id, rung, id`;

const timeline = `
  SELECT id::float8, notification_id AS "notificationId", message_id AS "messageId",
    ${ms('at')} AS at, kind, attempt, data
  FROM timeline ORDER BY id`;

const deadLetters = `SELECT id FROM dead_letter WHERE kind = 'notification'`;

/** One that a later run of the same schedule has made up for is let lie. */
const openRuns = `
  SELECT schedule_name AS name, ${ms('started_at')} AS "startedAt"
  FROM schedule_run r WHERE state = 'running' AND NOT EXISTS (
    SELECT FROM schedule_run later WHERE later.schedule_name = r.schedule_name
      AND later.due_at > r.due_at AND later.state = 'done')`;

/** Every change of a message is counted by a trigger in its own commit; the sums must agree. */
const miscounted = `
  WITH ${keptInScope}
  SELECT channel, state, coalesce(logged, 0)::integer AS logged,
    coalesce(kept, 0)::integer AS counted
  FROM (SELECT channel, state, count(*) AS logged FROM message GROUP BY channel, state) log
  FULL JOIN (
    SELECT channel, state, sum(messages) AS kept FROM counted GROUP BY channel, state
  ) sums USING (channel, state)
  WHERE coalesce(logged, 0) <> coalesce(kept, 0)`;
