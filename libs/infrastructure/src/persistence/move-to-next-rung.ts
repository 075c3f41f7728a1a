import type { DataSource } from 'typeorm';
import type { AttemptResult } from '#domain/ports/delivery-ledger.js';
import { isInState } from './is-in-state.js';
import { attemptData } from './record-attempts.js';
import { climb, lockNotification, type MadeMessage } from './start-rung.js';
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
  { message, outcome, step, durationMs }: FailedAttempt,
): Promise<MadeMessage[]> {
  return dataSource.transaction(async (manager) => {
    const notification = await lockNotification(manager, message.notificationId);
    const code = outcome.kind === 'accepted' ? step.because : outcome.code;
    const [, given] = await manager.query<[unknown, number]>(giveUp, [
      message.id,
      message.fence,
      code,
    ]);
    if (!notification || given === 0) return [];
    await manager.query(
      `INSERT INTO timeline (notification_id, message_id, kind, attempt, data)
       VALUES ($1, $2, 'attempt_ended', $3, $4)`,
      [
        message.notificationId,
        message.id,
        message.attempt,
        JSON.stringify(attemptData({ outcome, step, durationMs })),
      ],
    );
    if (outcome.kind === 'permanent_recipient') {
      await suppressAddress(manager, message.address, outcome.code);
    }
    const last = outcome.kind === 'accepted' ? outcome.kind : outcome.code;
    return climb(manager, notification, message, {
      because: step.because,
      detail: `${message.channel}: ${last}`,
    });
  });
}

const giveUp = `
  UPDATE message SET state = 'failed', state_reason = $3, lease_until = NULL, advance_at = NULL
  WHERE id = $1 AND fence = $2 AND ${isInState('state', 'sending')}
`;
