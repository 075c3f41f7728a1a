import type { DataSource } from 'typeorm';
import type { AttemptResult } from '#domain/ports/delivery-ledger.js';
import { isInState } from './is-in-state.js';
import { type PreparedStatement, runPrepared } from './run-prepared.js';

/** An attempt that ended in success or in a later retry: the two that need no look at others. */
export interface RecordedAttempt extends AttemptResult {
  step: Exclude<AttemptResult['step'], { kind: 'next_rung' }>;
}

/** Writes down many attempts in one statement; those whose claim was lost change nothing. */
export async function recordAttempts(
  dataSource: DataSource,
  attempts: readonly RecordedAttempt[],
): Promise<true[]> {
  await runPrepared(dataSource, recordAll, [
    attempts.map(({ message }) => message.id),
    attempts.map(({ message }) => message.fence),
    attempts.map(({ step }) => (step.kind === 'done' ? 'sent' : 'queued')),
    attempts.map(({ step }) => (step.kind === 'retry' ? step.delayMs : 0)),
    attempts.map(({ step }) => step.kind === 'retry' && step.lookUpFirst),
    attempts.map(({ outcome }) => providerMessageIdOf(outcome)),
    attempts.map((attempt) => JSON.stringify(attemptData(attempt))),
    attempts.map(({ message }) => message.notificationId),
    attempts.flatMap(({ message, step }) => (step.kind === 'retry' ? message.notificationId : [])),
    attempts.map(({ message, outcome }) => (isLoss(outcome) ? message.losses : 0)),
    attempts.map(({ step }) => (step.kind === 'retry' && step.uncounted ? 1 : 0)),
  ]);
  return attempts.map(() => true);
}

/** Whether nobody recorded the attempt; whatever else it came to, the message is innocent. */
function isLoss(outcome: AttemptResult['outcome']): boolean {
  return outcome.kind === 'unknown' && outcome.code === 'worker_lost';
}

function providerMessageIdOf(outcome: AttemptResult['outcome']): string | null {
  return outcome.kind === 'accepted' && outcome.providerMessageId !== null
    ? keepable(outcome.providerMessageId)
    : null;
}

/**
 * A provider's words as Postgres keeps them: it takes no NUL and no half of a surrogate pair, and
 * an attempt that cannot be recorded would be made again.
 */
function keepable(words: string): string {
  return words.replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd');
}

/** What the timeline keeps of an ended attempt. */
export function attemptData({
  outcome,
  step,
  durationMs,
}: Pick<AttemptResult, 'outcome' | 'step' | 'durationMs'>): Record<string, unknown> {
  return {
    outcome: outcome.kind,
    code: outcome.kind === 'accepted' ? undefined : outcome.code,
    detail: keepable(outcome.detail),
    provider_message_id: providerMessageIdOf(outcome) ?? undefined,
    duration_ms: durationMs,
    next: step.kind,
    retry_in_ms: step.kind === 'retry' ? step.delayMs : undefined,
    because: step.kind === 'next_rung' ? step.because : undefined,
  };
}

/**
 * An earlier rung came as far as it was asked to while the message was under way. Looked for where
 * something has arrived at all, and a later rung is tried again: seldom.
 */
const earlierRungArrived = `h.state IN ('sent', 'delivered', 'read') AND m.rung > 0 AND EXISTS (
          SELECT FROM message e WHERE e.notification_id = m.notification_id AND e.rung < m.rung
            AND (e.state = 'read'
              OR e.state = 'delivered' AND coalesce(e.advance_until, 'sent') <> 'read'
              OR e.state = 'sent' AND coalesce(e.advance_until, 'sent') = 'sent'))`;

/**
 * A retry of a message whose notification was stopped meanwhile does not go back to the queue: it
 * takes the notification's state, and one of a rung that is no longer needed is canceled. Its
 * notification is held until the end, so that whoever stops it either is seen here or sees the
 * queued message.
 *
 * The rows come as arrays, because the planner knows their length; it takes json_to_recordset for
 * a hundred rows and reads whole tables (0.8 ms a row at 10,000 messages instead of 0.1).
 */
export const recordAll: PreparedStatement = {
  name: 'record_attempts',
  text: `
  WITH held AS MATERIALIZED (
    SELECT id, state FROM notification WHERE id = ANY($9::uuid[]) ORDER BY id FOR SHARE
  ), recorded AS (
    UPDATE message m SET
      state = CASE WHEN h.state IN ('canceled', 'superseded', 'expired') THEN h.state
        WHEN ${earlierRungArrived} THEN 'canceled' ELSE r.state END,
      state_reason = CASE WHEN ${earlierRungArrived} THEN 'earlier_rung_arrived'
        ELSE m.state_reason END,
      lease_until = NULL,
      enqueued_at = NULL,
      due_at = clock_timestamp() + r.delay_ms * interval '1 ms',
      look_up_first = r.look_up_first,
      losses = r.losses,
      uncounted = m.uncounted + r.uncounted,
      held_by = NULL,
      slot_at = NULL,
      provider_message_id = coalesce(r.provider_message_id, m.provider_message_id),
      sent_at = CASE WHEN r.state = 'sent' THEN clock_timestamp() END
    FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::float8[], $5::boolean[], $6::text[],
        $7::jsonb[], $8::uuid[], $10::smallint[], $11::smallint[])
      AS r(id, fence, state, delay_ms, look_up_first, provider_message_id, data, notification_id,
        losses, uncounted)
      LEFT JOIN held h ON h.id = r.notification_id AND r.state = 'queued'
    WHERE m.id = r.id AND m.fence = r.fence AND ${isInState('m.state', 'sending')}
    RETURNING m.id, m.notification_id, m.attempts, m.state, r.data
  ), told AS (
    INSERT INTO timeline (notification_id, message_id, kind, attempt, data)
    SELECT notification_id, id, 'attempt_ended', attempts, data FROM recorded
  )
  UPDATE notification n SET state = 'sent', ended_at = clock_timestamp()
  FROM recorded r
  WHERE r.state = 'sent' AND n.id = r.notification_id AND n.state = 'in_progress'
`,
};
