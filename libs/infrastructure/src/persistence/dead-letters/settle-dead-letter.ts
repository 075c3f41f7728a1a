import type { EntityManager } from 'typeorm';
import type { DeadLetterRow } from '../schema/dead-letter.schema.js';

/** What came of asking for a replay. */
export type ReplayOutcome =
  | {
      kind: 'replayed';
      /** The new notification, task, webhook or run. */
      as: string;
      /** What is due now, to be woken once it is committed. */
      wake: { tasks: string[]; messages: { id: string; channel: string }[] };
    }
  /** It may not go any more; nothing was sent. */
  | { kind: 'refused'; reason: string };

/**
 * Lets one of any number who ask at once settle a dead letter, and gives all of them what came of
 * it. Whoever comes later waits for the row, and finds it settled. Null when there is none.
 */
export async function settleDeadLetter(
  manager: EntityManager,
  id: string,
  replay: () => Promise<ReplayOutcome>,
): Promise<ReplayOutcome | null> {
  const [letter] = await manager.query<DeadLetterRow[]>(
    'SELECT * FROM dead_letter WHERE id = $1 FOR UPDATE',
    [id],
  );
  if (!letter) return null;
  const { replayed_as: as, refusal, resolved_at } = letter;
  if (as !== null) return { kind: 'replayed', as, wake: { tasks: [], messages: [] } };
  if (resolved_at !== null) return { kind: 'refused', reason: refusal ?? 'settled' };
  const outcome = await replay();
  await manager.query(
    `UPDATE dead_letter SET resolved_at = clock_timestamp(), refusal = $2, replayed_as = $3
     WHERE id = $1`,
    [
      id,
      outcome.kind === 'refused' ? outcome.reason : null,
      outcome.kind === 'replayed' ? outcome.as : null,
    ],
  );
  return outcome;
}
