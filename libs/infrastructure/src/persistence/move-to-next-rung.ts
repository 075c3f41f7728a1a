import type { DataSource, EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import {
  climbLadder,
  type MessageState,
  type NotificationState,
} from '#domain/delivery/climb-ladder.js';
import type { Rung } from '#domain/dispatch/plan.js';
import type { AttemptResult, ClaimedMessage } from '#domain/ports/delivery-ledger.js';
import { addDeadNotification } from './dead-letters/add-dead-letter.js';
import { attemptData } from './record-attempts.js';
import { suppressAddress } from './suppress-address.js';

/** An attempt after which the message is given up. */
export interface FailedAttempt extends AttemptResult {
  step: Extract<AttemptResult['step'], { kind: 'next_rung' }>;
}

/**
 * Gives a message up and climbs its notification's ladder: makes the next rung's messages, or
 * ends the notification as failed, among the dead letters. The notification's row is locked
 * first, so that two devices of one push rung that fail together do not both start the next one.
 *
 * Gives back the new messages, to be woken once the transaction has committed.
 */
export function moveToNextRung(
  dataSource: DataSource,
  failed: FailedAttempt,
): Promise<{ id: string; channel: string }[]> {
  const { message, outcome, step } = failed;
  return dataSource.transaction(async (manager) => {
    const [notification] = await manager.query<{ state: NotificationState; ladder: Rung[] }[]>(
      'SELECT state, ladder FROM notification WHERE id = $1 FOR UPDATE',
      [message.notificationId],
    );
    const [, given] = await manager.query<[unknown, number]>(giveUp, [
      message.id,
      message.fence,
      outcome.kind === 'accepted' ? step.because : outcome.code,
    ]);
    if (!notification || given === 0) return [];
    await tell(manager, message, 'attempt_ended', attemptData(failed));
    if (outcome.kind === 'permanent_recipient') {
      await suppressAddress(manager, message.address, outcome.code);
    }
    if (notification.state !== 'in_progress') return [];
    return climb(manager, failed, notification.ladder);
  });
}

async function climb(
  manager: EntityManager,
  { message, outcome, step }: FailedAttempt,
  ladder: readonly Rung[],
): Promise<{ id: string; channel: string }[]> {
  const siblings = await manager.query<{ state: MessageState }[]>(
    'SELECT state FROM message WHERE notification_id = $1 AND rung = $2',
    [message.notificationId, message.rung],
  );
  const states = siblings.map(({ state }) => state);
  const next = climbLadder(message.rung, ladder.length, states);
  const rung = next.kind === 'start_rung' ? ladder[next.rung] : undefined;
  if (next.kind === 'start_rung' && rung) {
    const { because } = step;
    await tell(manager, message, 'next_rung', { from: message.channel, to: rung.channel, because });
    const ids = rung.addresses.map(() => uuidv7());
    await manager.query(insertRung, [
      ids,
      message.id,
      next.rung,
      rung.channel,
      rung.addresses.map((address) => JSON.stringify(address)),
      rung.templateVersionId,
    ]);
    return ids.map((id) => ({ id, channel: rung.channel }));
  }
  if (next.kind === 'give_up') {
    await manager.query(
      `UPDATE notification SET state = 'failed', state_reason = $2, ended_at = clock_timestamp()
       WHERE id = $1`,
      [message.notificationId, step.because],
    );
    await tell(manager, message, 'ended', { state: 'failed', reason: step.because });
    const last = outcome.kind === 'accepted' ? outcome.kind : outcome.code;
    const detail = `${message.channel}: ${last}`;
    await addDeadNotification(manager, message.notificationId, step.because, detail);
  }
  return [];
}

function tell(
  manager: EntityManager,
  message: ClaimedMessage,
  kind: string,
  data: Record<string, unknown>,
): Promise<unknown> {
  return manager.query(
    `INSERT INTO timeline (notification_id, message_id, kind, attempt, data)
     VALUES ($1, $2, $3, $4, $5)`,
    [message.notificationId, message.id, kind, message.attempt, JSON.stringify(data)],
  );
}

const giveUp = `
  UPDATE message SET state = 'failed', state_reason = $3, lease_until = NULL
  WHERE id = $1 AND fence = $2 AND state = 'sending'
`;

const insertRung = `
  INSERT INTO message (id, notification_id, event_type, taller_id, rung, channel, address,
    template_version_id, priority, enqueued_at, valid_until)
  SELECT fresh.id, failed.notification_id, failed.event_type, failed.taller_id, $3, $4,
    fresh.address, $6, failed.priority, clock_timestamp(), failed.valid_until
  FROM message failed, unnest($1::uuid[], $5::jsonb[]) AS fresh(id, address)
  WHERE failed.id = $2
`;
