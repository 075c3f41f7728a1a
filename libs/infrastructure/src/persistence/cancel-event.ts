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
  const canceled = await manager.query<{ id: string }[]>(cancelNotifications, [eventId]);
  await manager.query(closeDeadLetters, [eventId]);
  const ids = canceled.map(({ id }) => id);
  await manager.query(
    `UPDATE message SET state = 'canceled'
     WHERE notification_id = ANY($1::uuid[]) AND state = 'queued'`,
    [ids],
  );
  const all = await manager.query<{ id: string; state: NotificationState }[]>(
    'SELECT id, state FROM notification WHERE event_id = $1 ORDER BY id',
    [eventId],
  );
  return all.map(({ id, state }) => ({ id, state, canceled: ids.includes(id) }));
}

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
