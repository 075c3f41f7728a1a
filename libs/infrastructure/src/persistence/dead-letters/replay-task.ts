import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { ReplayOutcome } from './settle-dead-letter.js';

/**
 * Makes a new task of what a failed one had left to apply. The records' order is their own, so
 * however late they come, they overwrite nothing that is newer.
 */
export async function replayTask(manager: EntityManager, taskId: string): Promise<ReplayOutcome> {
  const id = uuidv7();
  const [made] = await manager.query<unknown[]>(
    `INSERT INTO sync_task (id, kind, payload, records, request_id, replay_of, enqueued_at)
     SELECT $2, kind, payload, jsonb_array_length(payload), request_id, id, clock_timestamp()
     FROM sync_task WHERE id = $1 AND jsonb_array_length(payload) > 0
     RETURNING id`,
    [taskId, id],
  );
  if (!made) return { kind: 'refused', reason: 'nothing_left' };
  await manager.query('UPDATE sync_task SET payload = NULL, waiting_for = NULL WHERE id = $1', [
    taskId,
  ]);
  return { kind: 'replayed', as: id, wake: { tasks: [id], messages: [] } };
}
