import type { EntityManager } from 'typeorm';
import type { NotificationState } from '#domain/delivery/climb-ladder.js';

export interface CanceledNotification {
  id: string;
  state: NotificationState;
  /** False where it had ended before. */
  canceled: boolean;
}

/**
 * Stops what an event has not sent yet. A message under way is not called back; should it fail,
 * its notification is already over. Run it in a transaction.
 *
 * Two statements, because the second must see what was committed while the first waited for a
 * notification's row: a retry that went back to the queue, the messages of a next rung.
 */
export async function cancelEvent(
  manager: EntityManager,
  eventId: string,
): Promise<CanceledNotification[]> {
  // Before, so that a replay either is seen by what follows or finds that it may not be; and
  // after, for what failed while the notifications' rows were waited for.
  await manager.query(closeDeadLetters, [eventId]);
  // For what came back or will: a replay locks the dead letter first, and its event then.
  await manager.query(
    'UPDATE event SET canceled_at = clock_timestamp() WHERE id = $1 AND canceled_at IS NULL',
    [eventId],
  );
  const canceled = await manager.query<{ id: string }[]>(cancelNotifications, [eventId]);
  await manager.query(closeDeadLetters, [eventId]);
  const ids = canceled.map(({ id }) => id);
  const goingOn = await lockGoingOn(manager, [eventId]);
  await stopMessages(manager, 'canceled', ids, goingOn);
  const all = await manager.query<{ id: string; state: NotificationState }[]>(
    'SELECT id, state FROM notification WHERE event_id = $1 ORDER BY id',
    [eventId],
  );
  return all.map(({ id, state }) => ({ id, state, canceled: ids.includes(id) }));
}

/**
 * Locks those notifications of events of which something was sent and more may be: a later rung is
 * under way, would start when its time comes, or when what was sent comes back.
 */
export async function lockGoingOn(
  manager: EntityManager,
  eventIds: readonly string[],
): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT id FROM notification n
     WHERE event_id = ANY($1::uuid[]) AND state IN ('sent', 'delivered') AND EXISTS (
       SELECT FROM message m WHERE m.notification_id = n.id
       HAVING max(m.rung) + 1 < jsonb_array_length(n.ladder)
         OR bool_or(m.advance_at IS NOT NULL OR m.state IN ('queued', 'sending')))
     ORDER BY id FOR UPDATE`,
    [eventIds],
  );
  return rows.map(({ id }) => id);
}

/**
 * Lets nothing of notifications leave any more that is in the queue, and no rung start. What is
 * being sent now may end as it will: where its notification has not ended, it is past its use, so
 * that it does not go back to the queue.
 *
 * @param goingOn stay as they are; those of which nothing is left but what came back have failed
 */
export async function stopMessages(
  manager: EntityManager,
  state: 'canceled' | 'superseded',
  ended: readonly string[],
  goingOn: readonly string[],
): Promise<void> {
  await manager.query(
    `UPDATE message SET
       state = CASE state WHEN 'queued' THEN $1 ELSE state END,
       valid_until = CASE state WHEN 'sending' THEN clock_timestamp() ELSE valid_until END,
       advance_at = NULL
     WHERE notification_id = ANY($2::uuid[]) AND state = 'queued'
       OR notification_id = ANY($3::uuid[])
         AND (state IN ('queued', 'sending') OR advance_at IS NOT NULL)`,
    [state, ended, goingOn],
  );
  if (goingOn.length === 0) return;
  await manager.query(cutLadders, [goingOn]);
  await manager.query(failWhatCameBack, [goingOn, state]);
}

/** No rung is left to start: neither by the clock nor when what was sent comes back. */
const cutLadders = `
  UPDATE notification n SET ladder = (
    SELECT jsonb_agg(rung ORDER BY place)
    FROM jsonb_array_elements(n.ladder) WITH ORDINALITY AS planned(rung, place)
    WHERE place <= (SELECT max(m.rung) + 1 FROM message m WHERE m.notification_id = n.id))
  WHERE id = ANY($1::uuid[])
`;

const failWhatCameBack = `
  WITH ended AS (
    UPDATE notification n SET state = 'failed', state_reason = $2, ended_at = clock_timestamp()
    WHERE id = ANY($1::uuid[]) AND state = 'sent' AND NOT EXISTS (
      SELECT FROM message m WHERE m.notification_id = n.id
        AND m.state IN ('queued', 'sending', 'sent', 'delivered', 'read'))
    RETURNING id
  )
  INSERT INTO timeline (notification_id, kind, data)
  SELECT id, 'ended', jsonb_build_object('state', 'failed', 'reason', $2::text) FROM ended
`;

const cancelNotifications = `
  WITH canceled AS (
    UPDATE notification SET state = 'canceled', ended_at = clock_timestamp()
    WHERE event_id = $1 AND state = 'in_progress'
    RETURNING id
  ), told AS (
    INSERT INTO timeline (notification_id, kind, data)
    SELECT id, 'ended', '{"state": "canceled"}' FROM canceled
  )
  SELECT id FROM canceled
`;

/** What failed before is not sent again either. */
const closeDeadLetters = `
  UPDATE dead_letter SET resolved_at = clock_timestamp(), refusal = 'canceled'
  WHERE id IN (SELECT id FROM notification WHERE event_id = $1) AND resolved_at IS NULL
`;
