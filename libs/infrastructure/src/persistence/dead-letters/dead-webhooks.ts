import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { addDeadLetterNotices } from '../inbox/add-notices.js';
import type { ReplayOutcome } from './settle-dead-letter.js';

/**
 * Puts webhooks that nobody could read where people look for what failed for good, in the
 * transaction that gives them up. Their bodies stay for as long as they may be replayed, which is
 * until anybody is erased: whose they are cannot be told.
 */
export async function addDeadWebhooks(
  manager: EntityManager,
  ids: readonly string[],
  cause: 'unreadable' | 'readers_died',
): Promise<void> {
  if (ids.length === 0) return;
  await manager.query(
    `INSERT INTO dead_letter (id, kind, cause, detail)
     SELECT id, 'webhook', $2, source FROM received_webhook WHERE id = ANY($1::uuid[])`,
    [ids, cause],
  );
  await addDeadLetterNotices(manager, ids);
}

/**
 * Empties the webhooks that nobody could read and that came before the last erasure, and closes the
 * dead letters of which nothing is left to replay.
 */
export async function forgetUnreadable(database: Pick<EntityManager, 'query'>): Promise<void> {
  await database.query(
    `UPDATE received_webhook SET body = NULL
     WHERE state = 'unreadable' AND body IS NOT NULL
       AND received_at <= (SELECT max(requested_at) FROM erasure)`,
  );
  await database.query(
    `UPDATE dead_letter d SET resolved_at = clock_timestamp(), refusal = 'nothing_left'
     WHERE kind = 'webhook' AND resolved_at IS NULL AND NOT EXISTS (
       SELECT FROM received_webhook w WHERE w.id = d.id AND w.body IS NOT NULL)`,
  );
}

/** Lets a webhook be read again, as another one that came at the same time. */
export async function replayWebhook(manager: EntityManager, id: string): Promise<ReplayOutcome> {
  const as = uuidv7();
  const [made] = await manager.query<unknown[]>(
    `INSERT INTO received_webhook (id, source, body, received_at)
     SELECT $2, source, body, received_at FROM received_webhook
     WHERE id = $1 AND body IS NOT NULL
     RETURNING id`,
    [id, as],
  );
  if (!made) return { kind: 'refused', reason: 'nothing_left' };
  await manager.query('UPDATE received_webhook SET body = NULL WHERE id = $1', [id]);
  return { kind: 'replayed', as, wake: { tasks: [], messages: [] } };
}
