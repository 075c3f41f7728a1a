import type { EntityManager } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';

/**
 * Takes a workshop's messages out of the lines that they wait in without a turn: what they leave by
 * has changed, and the account that held them may never be heard of again. The next claim looks at
 * the one that is theirs now.
 */
export async function leaveLines(
  manager: EntityManager,
  tallerId: string,
  channel: Channel,
): Promise<void> {
  await manager.query(
    `UPDATE message SET due_at = clock_timestamp(), held_by = NULL, enqueued_at = NULL
     WHERE state = 'queued' AND held_by IN ($1, $2) AND slot_at IS NULL AND taller_id = $3`,
    [`${channel}:house`, `${channel}:${tallerId}`, tallerId],
  );
}
