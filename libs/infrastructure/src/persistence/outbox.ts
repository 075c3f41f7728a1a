import type { DataSource } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';
import { addDeadLetterNotices } from './inbox/add-notices.js';

/** The waiting messages, as the sweep sees them. */
export class Outbox {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Messages that are due and that no wake-up of the last `patienceMs` named, marked as woken now.
   * This finds first tries whose wake-up was lost, retries, and messages scheduled for later,
   * and fills an emptied queue again.
   */
  takeDue(limit: number, patienceMs: number): Promise<{ id: string; channel: Channel }[]> {
    return this.dataSource
      .query<[{ id: string; channel: Channel }[], number]>(takeDue, [limit, patienceMs])
      .then(([rows]) => rows);
  }

  /** Forgets the wake-ups of messages overdue by a minute or more; gives back how many. */
  async putBackOverdue(): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `UPDATE message SET enqueued_at = NULL
       WHERE state = 'queued' AND due_at < clock_timestamp() - interval '1 minute'
         AND enqueued_at IS NOT NULL`,
    );
    return count;
  }

  /**
   * Ends messages that are past their use; gives back how many there were. Their notifications
   * are locked first, as whoever gives up a message does: of two that end a notification's last
   * messages at once, the second sees that there is no other.
   */
  expire(limit: number): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const held = await manager.query<{ id: string }[]>(holdPast, [limit]);
      if (held.length === 0) return 0;
      const ids = held.map(({ id }) => id);
      const [row] = await manager.query<{ count: number; dead: string[] }[]>(expire, [ids]);
      if (row && row.dead.length > 0) await addDeadLetterNotices(manager, row.dead);
      return row?.count ?? 0;
    });
  }
}

const takeDue = `
  UPDATE message m SET enqueued_at = clock_timestamp()
  FROM (
    SELECT id FROM message
    WHERE state = 'queued' AND due_at <= clock_timestamp() AND losses < 2
      AND (enqueued_at IS NULL OR enqueued_at < clock_timestamp() - $2 * interval '1 ms')
    ORDER BY due_at LIMIT $1
    FOR UPDATE SKIP LOCKED
  ) due
  WHERE m.id = due.id
  RETURNING m.id, m.channel
`;

/** Notifications that somebody else is changing now are left for the next time. */
const holdPast = `
  SELECT id FROM notification WHERE id IN (
    SELECT notification_id FROM message WHERE state = 'queued' AND due_at <= clock_timestamp()
      AND valid_until <= clock_timestamp()
    ORDER BY due_at LIMIT $1)
  FOR UPDATE SKIP LOCKED
`;

/**
 * A notification expires with its last open message; nothing of it is sent late. One that rested at
 * sent, and of which all that was sent came back, has failed.
 */
const expire = `
  WITH expired AS (
    UPDATE message SET state = 'expired'
    WHERE notification_id = ANY($1::uuid[]) AND state = 'queued' AND due_at <= clock_timestamp()
      AND valid_until <= clock_timestamp()
    RETURNING id, notification_id
  ), ended AS (
    UPDATE notification n SET state = 'expired', ended_at = clock_timestamp()
    WHERE n.id IN (SELECT notification_id FROM expired) AND n.state = 'in_progress'
      AND NOT EXISTS (
        SELECT FROM message other WHERE other.notification_id = n.id
          AND other.state IN ('queued', 'sending') AND other.id NOT IN (SELECT id FROM expired))
    RETURNING n.id
  ), came_back AS (
    UPDATE notification n SET state = 'failed', state_reason = 'bounced',
      ended_at = clock_timestamp()
    WHERE n.id IN (SELECT notification_id FROM expired) AND n.state = 'sent'
      AND NOT EXISTS (
        SELECT FROM message other WHERE other.notification_id = n.id
          AND other.state IN ('queued', 'sending', 'sent', 'delivered', 'read')
          AND other.id NOT IN (SELECT id FROM expired))
    RETURNING n.id, n.event_id
  ), dead AS (
    INSERT INTO dead_letter (id, kind, cause, detail, taller_id)
    SELECT c.id, 'notification', 'bounced', 'expired', e.taller_id
    FROM came_back c JOIN event e ON e.id = c.event_id WHERE e.canceled_at IS NULL
  ), told AS (
    INSERT INTO timeline (notification_id, kind, data)
    SELECT id, 'ended', '{"state": "expired"}'::jsonb FROM ended
    UNION ALL
    SELECT id, 'ended', '{"state": "failed", "reason": "bounced"}' FROM came_back
  )
  SELECT count(*)::integer AS count, array(SELECT id FROM came_back) AS dead FROM expired
`;
