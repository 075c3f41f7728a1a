import type { EntityManager } from 'typeorm';
import type { CoreVehicle } from '#domain/sync/core-record.js';
import type { TaskStep } from '#domain/sync/decide-task-step.js';
import { addDeadTask } from '../dead-letters/add-dead-letter.js';
import type { ClaimedTask } from './sync-tasks.js';

/** Thrown when somebody else has taken the task over: what was done is to be undone. */
export class ClaimLost extends Error {}

/** What an attempt at a task came to. */
export interface TaskRecord {
  step: TaskStep;
  applied: number;
  unchanged: number;
  /** Too old to bring back who was erased. */
  ignored: number;
  /** What is left to apply; null: all that there was, because nothing could be. */
  waiting: readonly CoreVehicle[] | null;
  /** Why it is not done. */
  fault: { code: string; detail: string } | null;
}

/**
 * Writes an attempt at a task down, within the transaction that applied its records, or one of its
 * own where they could not be. Personal data does not outlive its use: the payload goes with the
 * last record, and shrinks to what waits.
 */
export async function recordTask(
  manager: EntityManager,
  task: ClaimedTask,
  { step, applied, unchanged, ignored, waiting, fault }: TaskRecord,
): Promise<void> {
  const [, count] = await manager.query<[unknown, number]>(record, [
    task.id,
    task.fence,
    { done: 'done', retry: 'queued', give_up: 'failed' }[step.kind],
    step.kind === 'retry' ? step.delayMs : null,
    applied,
    unchanged,
    waiting === null ? null : JSON.stringify(waiting),
    waiting && [...new Set(waiting.flatMap(({ body }) => body?.customer_id ?? []))],
    fault?.code,
    fault?.detail,
    ignored,
  ]);
  if (count === 0) throw new ClaimLost('the task was taken over');
  if (step.kind === 'give_up' && fault) await addDeadTask(manager, task.id, fault);
}

const record = `
  UPDATE sync_task SET state = $3, lease_until = NULL, enqueued_at = NULL,
    due_at = clock_timestamp() + coalesce($4::float8, 0) * interval '1 ms',
    applied = applied + $5, unchanged = unchanged + $6, ignored = ignored + $11,
    payload = CASE WHEN $3 = 'done' THEN NULL ELSE coalesce($7::jsonb, payload) END,
    waiting_for = CASE WHEN $3 = 'done' THEN NULL ELSE coalesce($8::text[], waiting_for) END,
    error_code = $9, error = $10,
    ended_at = CASE WHEN $3 IN ('done', 'failed') THEN clock_timestamp() END
  WHERE id = $1 AND fence = $2 AND state = 'running'
`;
