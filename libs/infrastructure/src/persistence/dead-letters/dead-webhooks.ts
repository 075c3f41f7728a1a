import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { addDeadLetterNotices } from '../inbox/add-notices.js';
import type { ReplayOutcome } from './settle-dead-letter.js';

/**
 * Puts webhooks that nobody could read where people look for what failed for good, in the
 * transaction that gives them up. Their bodies stay for as long as they may be replayed.
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

/** Lets a webhook be read again, as another one that has just come. */
export async function replayWebhook(manager: EntityManager, id: string): Promise<ReplayOutcome> {
  const as = uuidv7();
  const [made] = await manager.query<unknown[]>(
    `INSERT INTO received_webhook (id, source, body)
     SELECT $2, source, body FROM received_webhook WHERE id = $1 AND body IS NOT NULL
     RETURNING id`,
    [id, as],
  );
  if (!made) return { kind: 'refused', reason: 'nothing_left' };
  await manager.query('UPDATE received_webhook SET body = NULL WHERE id = $1', [id]);
  return { kind: 'replayed', as, wake: { tasks: [], messages: [] } };
}
