import type { EntityManager } from 'typeorm';
import { addDeadLetterNotices } from '../inbox/add-notices.js';

/**
 * Puts a task that used up its attempts where people look for it, in the transaction that ends it.
 *
 * @param fault `code` is stable, and dead letters are grouped by it; nothing of a person stands in
 *   either member
 */
export async function addDeadTask(
  manager: EntityManager,
  taskId: string,
  { code, detail }: { code: string; detail: string },
): Promise<void> {
  await manager.query(
    `INSERT INTO dead_letter (id, kind, cause, detail) VALUES ($1, 'sync', $2, $3)`,
    [taskId, code, detail],
  );
  await addDeadLetterNotices(manager, [taskId]);
}

/**
 * Puts a notification that failed where people look for it, in the transaction that ends it. One
 * whose event was canceled is missed by nobody.
 *
 * @param cause why its ladder ended; stable
 * @param detail the last channel and its provider's code
 */
export async function addDeadNotification(
  manager: EntityManager,
  notificationId: string,
  cause: string,
  detail: string,
): Promise<void> {
  await manager.query(
    `INSERT INTO dead_letter (id, kind, cause, detail, taller_id)
     SELECT n.id, 'notification', $2, $3, e.taller_id
     FROM notification n JOIN event e ON e.id = n.event_id
     WHERE n.id = $1 AND e.canceled_at IS NULL`,
    [notificationId, cause, detail],
  );
  await addDeadLetterNotices(manager, [notificationId]);
}
