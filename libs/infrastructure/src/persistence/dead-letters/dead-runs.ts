import type { EntityManager } from 'typeorm';
import { maximumDetailLength } from '#domain/delivery/attempt-outcome.js';
import { addDeadLetterNotices } from '../inbox/add-notices.js';
import type { ReplayOutcome } from './settle-dead-letter.js';

/**
 * Puts runs of schedules where people look for what failed for good, in the transaction that ends
 * them: those that have used up their tries. Of a schedule that comes by more often than failed
 * runs are tried again the tries of all runs of the last hour in a row count, and one letter tells
 * of them.
 *
 * @param cause stable, and dead letters are grouped by it
 */
export async function addDeadRuns(
  manager: EntityManager,
  runIds: readonly string[],
  cause: 'run_failed' | 'run_lost',
  mostTries: number,
): Promise<void> {
  const added = await manager.query<{ id: string }[]>(add, [
    runIds,
    cause,
    mostTries,
    maximumDetailLength,
  ]);
  const ids = added.map(({ id }) => id);
  if (ids.length > 0) await addDeadLetterNotices(manager, ids);
}

/** Settles the dead letters that a run which is done makes up for: those of zones that it was for. */
export async function settleByRun(manager: EntityManager, runId: string): Promise<void> {
  await manager.query(settle, [runId]);
}

/**
 * Makes a run that the next scheduler to look takes, for the zones of the one that failed; once its
 * schedule is active, should it be paused.
 */
export async function replayRun(manager: EntityManager, runId: string): Promise<ReplayOutcome> {
  const [made] = await manager.query<{ id: string }[]>(replay, [runId]);
  return made
    ? { kind: 'replayed', as: made.id, wake: { tasks: [], messages: [] } }
    : { kind: 'refused', reason: 'nothing_left' };
}

const add = `
  INSERT INTO dead_letter (id, kind, cause, detail)
  SELECT r.id, 'schedule', $2, left(concat(r.schedule_name, ': ', r.result->>'error'), $4)
  FROM schedule_run r
  WHERE r.id = ANY($1::uuid[]) AND (r.tries >= $3 OR (
    r.replay_of IS NULL
    AND NOT EXISTS (SELECT FROM schedule_run later WHERE later.id = ANY($1::uuid[])
      AND later.schedule_name = r.schedule_name AND later.due_at > r.due_at)
    AND (SELECT sum(f.tries) FROM schedule_run f
     WHERE f.schedule_name = r.schedule_name AND f.state = 'failed' AND f.replay_of IS NULL
       AND f.started_at > clock_timestamp() - interval '1 hour'
       AND f.due_at > coalesce((SELECT max(due_at) FROM schedule_run done
         WHERE done.schedule_name = r.schedule_name AND done.state = 'done'), '-infinity')
    ) >= $3
    AND NOT EXISTS (
      SELECT FROM dead_letter d JOIN schedule_run o ON o.id = d.id
      WHERE o.schedule_name = r.schedule_name AND d.kind = 'schedule' AND d.resolved_at IS NULL)))
  ON CONFLICT (id) DO NOTHING
  RETURNING id
`;

const settle = `
  UPDATE dead_letter d SET resolved_at = clock_timestamp(), replayed_as = r.id
  FROM schedule_run r JOIN schedule_run o ON o.schedule_name = r.schedule_name
  WHERE r.id = $1 AND d.id = o.id AND d.kind = 'schedule' AND d.resolved_at IS NULL
    AND o.zones <@ r.zones
`;

/** By milliseconds, which is what a scheduler can name a time by. */
const replay = `
  INSERT INTO schedule_run (schedule_name, due_at, state, tries, zones, replay_of)
  SELECT schedule_name, date_trunc('milliseconds', clock_timestamp()), 'asked', 0, zones, id
  FROM schedule_run WHERE id = $1
  RETURNING id
`;
