import { isInState } from './is-in-state.js';
import { type PreparedStatement, preparedForCount } from './run-prepared.js';

/** SQL: what a sender needs of a message claimed as `c`, beside what the claim itself changed. */
const claimedColumns = `
  c.id, c.notification_id, c.channel, c.rung, jsonb_array_length(n.ladder) AS rungs, c.address,
  n.recipient_name, n.variables, c.taller_id, c.template_version_id, c.priority, c.attempts, c.fence,
  c.uncounted,
  (extract(epoch FROM c.valid_until - clock_timestamp()) * 1000)::float8 AS valid_for_ms`;

/** The notification of each claimed message; LATERAL with LIMIT keeps to the index. */
const itsNotification = `
  CROSS JOIN LATERAL (
    SELECT ladder, recipient_name, variables FROM notification
    WHERE notification.id = c.notification_id LIMIT 1
  ) n`;

/**
 * SQL: the message `wanted.id`, locked, if it is due and of use, and no more than $3 processes in a
 * row did not outlive it. SKIP LOCKED, because two wake-ups for one message are normal, and the
 * second must not wait for the first.
 */
export const lockDue = `
  FROM message
  WHERE message.id = wanted.id AND ${isInState('state', 'queued')}
    AND due_at <= clock_timestamp()
    AND (valid_until IS NULL OR valid_until > clock_timestamp())
    AND (quiet_from IS NULL OR quiet_from > clock_timestamp()) AND losses <= $3
  LIMIT 1
  FOR UPDATE SKIP LOCKED`;

/** SQL: an attempt of the message `m` begins, for a lease of $2 ms. */
export const beginAttempt = `state = 'sending', attempts = m.attempts + 1, fence = m.fence + 1,
      lease_until = clock_timestamp() + $2 * interval '1 ms'`;

/** SQL: the timeline is told of the attempts that began. */
export const tellAttempts = `
    INSERT INTO timeline (notification_id, message_id, kind, attempt)
    SELECT notification_id, id, 'attempt_started', attempts FROM c`;

/**
 * SQL: the messages whose attempts began. A look-up goes back to the first attempt: the last one
 * may itself have been a look-up whose process died.
 */
export const claimedMessages = `
  SELECT ${claimedColumns}, c.losses,
    CASE WHEN c.look_up_first THEN (
      SELECT min(t.at) FROM timeline t
      WHERE t.notification_id = c.notification_id AND t.message_id = c.id
        AND t.kind = 'attempt_started') END AS look_up_since
  FROM c ${itsNotification}`;

/**
 * Claims due messages by id ($1) for a lease ($2, ms) and writes down that an attempt begins: in
 * one statement, so that no call is ever made without a record of it.
 *
 * Row by row by the primary key, then by place (ctid): a plain join made the planner read whole
 * tables, 0.3 ms a row at 10,000 messages instead of 0.08.
 */
export const claimDue = preparedForCount(
  'claim_due_messages',
  (given) => `
  WITH c AS (
    UPDATE message m SET ${beginAttempt}
    WHERE m.ctid = ANY(ARRAY(
      SELECT due.ctid FROM unnest(${given('$1::uuid[]')}) AS wanted(id)
      CROSS JOIN LATERAL (SELECT ctid ${lockDue}) due))
    RETURNING m.*
  ), told AS (${tellAttempts}
  )
  ${claimedMessages}
`,
);

/**
 * Takes over at most $1 messages whose lease of $2 ms ran out, for $3 ms, with a new fence. What was
 * claimed or renewed before Postgres last started counts from its start: while it was away nobody
 * could renew, and a short outage would make every call under way \`unknown\`.
 */
export const claimLost = `
  WITH lost AS (
    SELECT id FROM message WHERE state = 'sending' AND lease_until < clock_timestamp()
      AND pg_postmaster_start_time() < clock_timestamp() - $2 * interval '1 ms'
    ORDER BY lease_until LIMIT $1
    FOR UPDATE SKIP LOCKED
  ), c AS (
    UPDATE message m SET fence = m.fence + 1,
      lease_until = clock_timestamp() + $3 * interval '1 ms'
    FROM lost WHERE m.id = lost.id
    RETURNING m.*
  )
  SELECT ${claimedColumns}, c.losses + 1 AS losses, NULL AS look_up_since
  FROM c ${itsNotification}
`;

/** Lets the claims of these messages ($1) with these fences ($2) run on for $3 ms. */
export const renewClaims: PreparedStatement = {
  name: 'renew_claims',
  text: `
  UPDATE message m SET lease_until = clock_timestamp() + $3 * interval '1 ms'
  FROM unnest($1::uuid[], $2::integer[]) AS held(id, fence)
  WHERE m.id = held.id AND m.fence = held.fence AND ${isInState('m.state', 'sending')}
  RETURNING m.id
`,
};
