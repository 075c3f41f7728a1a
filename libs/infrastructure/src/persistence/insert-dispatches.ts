import type { DataSource, EntityManager } from 'typeorm';
import { doorbellV1, maximumRings } from '#contracts/queue/doorbell.v1.js';
import { inboxBellV1 } from '#contracts/queue/inbox-bell.v1.js';
import type { Receipt } from '#domain/dispatch/receipt.js';
import type { EarlierAnswer } from '#domain/ports/dispatch-store.js';
import type { AcceptedDispatch } from './accept-dispatch.js';
import { lockGoingOn, stopMessages } from './cancel-event.js';
import { firstAnswer, lockKey } from './idempotency-keys.js';
import { nobodyRang } from './inbox/add-notices.js';
import { keepsSessions } from './poolers.js';
import { type PreparedStatement, runPrepared, urlOf } from './run-prepared.js';
import { retryDeadlocks } from './transient-errors.js';

/** `rang`: a listening worker has heard of the messages with the commit. */
export type InsertOutcome =
  | { kind: 'inserted'; rang: boolean }
  | ({ kind: 'overtaken' } & EarlierAnswer)
  /** Another request with the same idempotency key is being written now. */
  | { kind: 'in_use' };

interface InsertedRow {
  id: string;
  rang: boolean;
}

/**
 * Writes several accepted events in one commit. An event whose idempotency key another request
 * took first is not written; it gets that request's answer, if there is one by now.
 *
 * @param ring whether the doorbell rings with the commit, if they are few messages and listening is
 *   possible at all. Commits that ring wait for each other, so only what comes alone should.
 */
export async function insertDispatches(
  dataSource: DataSource,
  accepted: readonly AcceptedDispatch[],
  ring: boolean,
): Promise<InsertOutcome[]> {
  const parameters = [
    JSON.stringify(
      accepted.map(({ event, key, receipt }) => (key ? { ...event, ...key, receipt } : event)),
    ),
    JSON.stringify(accepted.flatMap(({ notifications }) => notifications)),
    JSON.stringify(accepted.flatMap(({ messages }) => messages)),
    ring && keepsSessions(urlOf(dataSource)),
  ];
  const businessKeys = accepted.flatMap(({ event }) => event.business_key ?? []);
  const held = accepted.flatMap(({ messages }) => messages.filter((message) => message.held));
  const inserted = await retryDeadlocks(() =>
    businessKeys.length === 0 && held.length === 0
      ? runPrepared<InsertedRow>(dataSource, insertAll, parameters)
      : dataSource.transaction(async (manager) => {
          await manager.query(lockBusinessKeys, [businessKeys]);
          const rows = await manager.query<InsertedRow[]>(insertAll.text, parameters);
          await supersedeOlder(
            manager,
            rows.map(({ id }) => id),
          );
          await tellHeld(manager, held);
          return rows;
        }),
  );
  const fresh = new Map(inserted.map(({ id, rang }) => [id, rang]));
  return Promise.all(
    accepted.map(({ event, key }) =>
      fresh.has(event.id) || !key
        ? { kind: 'inserted' as const, rang: fresh.get(event.id) ?? false }
        : earlier(dataSource, key),
    ),
  );
}

async function earlier(
  dataSource: DataSource,
  key: NonNullable<AcceptedDispatch['key']>,
): Promise<InsertOutcome> {
  const first = await firstAnswer<Receipt>(dataSource, key);
  if (!first) return { kind: 'in_use' };
  return { kind: 'overtaken', bodyHash: first.bodyHash, receipt: first.response };
}

/**
 * The key is inserted first, under its lock: a twin does not get the lock while the first request
 * is under way, afterwards finds the key taken, and in either case its event is left out.
 */
const insertAll: PreparedStatement = {
  name: 'insert_dispatches',
  text: `
  WITH input AS (
    SELECT * FROM json_to_recordset($1::json) AS e(
      id uuid, event_type text, service_type_id uuid, subtype_id uuid, phase_id uuid,
      taller_id uuid, target text, customer_id text, vehicle_id text, context jsonb,
      business_key text, priority text, critical boolean, valid_until timestamptz,
      scheduled_for timestamptz, request_id text,
      caller text, operation text, key text, body_hash text, receipt json)
  ), taken AS (
    INSERT INTO idempotency_key (caller, operation, key, body_hash, event_id, response)
    SELECT caller, operation, key, decode(body_hash, 'hex'), id, receipt
    FROM input WHERE key IS NOT NULL AND ${lockKey('caller', 'operation', 'key')}
    ON CONFLICT DO NOTHING
    RETURNING event_id
  ), fresh AS (
    INSERT INTO event (id, event_type, service_type_id, subtype_id, phase_id, taller_id, target,
      customer_id, vehicle_id, context, business_key, priority, critical, valid_until,
      scheduled_for, request_id)
    SELECT id, event_type, service_type_id, subtype_id, phase_id, taller_id, target,
      customer_id, vehicle_id, context, business_key, priority, critical, valid_until,
      scheduled_for, request_id
    FROM input WHERE key IS NULL OR id IN (SELECT event_id FROM taken)
    RETURNING id, event_type, taller_id, phase_id, target
  ), told AS (
    INSERT INTO staff_notice (id, kind, taller_id, phase_id, event_id)
    SELECT id, 'event', taller_id, phase_id, id FROM fresh WHERE target = 'staff'
    RETURNING id
  ), notified AS (
    INSERT INTO notification (id, event_id, recipient_kind, recipient_id, recipient_name,
      variables, ladder, decision, state, state_reason, ended_at)
    SELECT n.id, n.event_id, n.recipient_kind, n.recipient_id, n.recipient_name, n.variables,
      n.ladder, n.decision, n.state, n.state_reason,
      CASE WHEN n.state <> 'in_progress' THEN clock_timestamp() END
    FROM json_to_recordset($2::json) AS n(
      id uuid, event_id uuid, recipient_kind text, recipient_id text, recipient_name text,
      variables jsonb, ladder jsonb, decision jsonb, state text, state_reason text)
    JOIN fresh ON fresh.id = n.event_id
    RETURNING id, event_id
  ), queued AS (
    INSERT INTO message (id, notification_id, event_type, taller_id, rung, channel, address,
      template_version_id, priority, due_at, scheduled_for, enqueued_at, valid_until, advance_at,
      advance_until, quiet_from)
    SELECT m.id, m.notification_id, fresh.event_type, fresh.taller_id, 0, m.channel, m.address,
      m.template_version_id, m.priority, coalesce(m.due_at, clock_timestamp()), m.due_at,
      CASE WHEN m."wakeNow" THEN clock_timestamp() END, m.valid_until,
      coalesce(m.due_at, clock_timestamp()) + m.advance_after_ms * interval '1 ms',
      m.advance_until, m.quiet_from
    FROM json_to_recordset($3::json) AS m(
      id uuid, notification_id uuid, channel text, address jsonb, template_version_id uuid,
      priority text, due_at timestamptz, "wakeNow" boolean, valid_until timestamptz,
      advance_after_ms float8, advance_until text, quiet_from timestamptz)
    JOIN notified ON notified.id = m.notification_id
    JOIN fresh ON fresh.id = notified.event_id
    RETURNING id, channel, enqueued_at
  )
  SELECT id, (
    SELECT pg_notify('${doorbellV1}', string_agg(channel || ':' || id, ','))
    FROM queued WHERE enqueued_at IS NOT NULL AND $4::boolean
    HAVING count(*) BETWEEN 1 AND ${maximumRings}
  ) IS NOT NULL AS rang, (
    SELECT pg_notify('${inboxBellV1}', '') FROM told
    HAVING count(*) > 0 AND ${nobodyRang}
  ) IS NOT NULL AS told
  FROM fresh
`,
};

/** Of messages whose event was not written there are none, and nothing is told. */
export async function tellHeld(
  manager: EntityManager,
  messages: AcceptedDispatch['messages'],
): Promise<void> {
  const held = messages.filter((message) => message.held);
  if (held.length === 0) return;
  await manager.query(
    `INSERT INTO timeline (notification_id, message_id, kind, data)
     SELECT m.notification_id, m.id, 'held', told.data
     FROM unnest($1::uuid[], $2::jsonb[]) AS told(id, data) JOIN message m USING (id)`,
    [held.map(({ id }) => id), held.map((message) => JSON.stringify(message.held))],
  );
}

/**
 * Stops what older events of the same appointment or work order have not sent yet. A message
 * under way is not called back; should it fail, its notification is already over.
 *
 * Two statements, because the second must see what was committed while the first waited for a
 * notification's row: a retry that went back to the queue, the messages of a next rung.
 */
async function supersedeOlder(manager: EntityManager, fresh: readonly string[]): Promise<void> {
  const older = await manager.query<{ id: string; event_id: string; ended: boolean }[]>(endOlder, [
    fresh,
  ]);
  if (older.length === 0) return;
  const ended = older.filter((one) => one.ended).map(({ id }) => id);
  const goingOn = older.filter((one) => !one.ended).map(({ event_id }) => event_id);
  const held = goingOn.length === 0 ? [] : await lockGoingOn(manager, goingOn);
  if (ended.length + held.length > 0) await stopMessages(manager, 'superseded', ended, held);
}

/**
 * Whoever writes an event of a business key next sees this one: of two at once, neither would see
 * the other, and both would be sent. In order, so that no two wait for each other.
 */
export const lockBusinessKeys = `
  SELECT pg_advisory_xact_lock(lock) FROM (
    SELECT DISTINCT hashtextextended(key, 0) AS lock FROM unnest($1::text[]) AS given(key)
    ORDER BY lock
  ) locks
`;

/** The keys are locked, so all that is there came before, whatever its process' clock said. */
const endOlder = `
  WITH newest AS (
    SELECT DISTINCT ON (business_key, target) id, business_key, target FROM event
    WHERE id = ANY($1::uuid[]) AND business_key IS NOT NULL
    ORDER BY business_key, target, id DESC
  ), older AS (
    UPDATE notification n SET state = 'superseded', ended_at = clock_timestamp(),
      state_reason = 'event ' || newest.id
    FROM newest
    JOIN event o ON o.business_key = newest.business_key AND o.target = newest.target
      AND o.id <> newest.id
    WHERE n.event_id = o.id AND n.state = 'in_progress'
    RETURNING n.id, n.event_id
  ), told AS (
    INSERT INTO timeline (notification_id, kind, data)
    SELECT id, 'ended', '{"state": "superseded"}' FROM older
  )
  SELECT id, event_id, true AS ended FROM older
  UNION ALL
  SELECT n.id, n.event_id, false FROM newest
  JOIN event o ON o.business_key = newest.business_key AND o.target = newest.target
    AND o.id <> newest.id
  JOIN notification n ON n.event_id = o.id AND n.state IN ('sent', 'delivered')
`;
