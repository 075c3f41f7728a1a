/** States of a message; the last six are final. */
export type MessageState =
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'bounced'
  | 'expired'
  | 'canceled'
  | 'superseded';

/** States of a notification; all but `in_progress` are final. */
export type NotificationState =
  | 'in_progress'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'expired'
  | 'canceled'
  | 'superseded';

export type LadderStep =
  /** Another message of the rung is still on its way, or one arrived: nothing starts. */
  { kind: 'stay' } | { kind: 'start_rung'; rung: number } | { kind: 'give_up' };

const arrived: readonly MessageState[] = ['sent', 'delivered', 'read'];
const open: readonly MessageState[] = ['queued', 'sending'];

/**
 * What follows when a message of a rung ended without success. A rung has failed only when all
 * its messages have: a push that one device refused may still reach another.
 *
 * @param rung the rung that the message stood on, from 0
 * @param rungs how many the ladder has
 * @param siblings states of all messages of the rung, the ended one among them
 */
export function climbLadder(
  rung: number,
  rungs: number,
  siblings: readonly MessageState[],
): LadderStep {
  if (siblings.some((state) => arrived.includes(state) || open.includes(state))) {
    return { kind: 'stay' };
  }
  return rung + 1 < rungs ? { kind: 'start_rung', rung: rung + 1 } : { kind: 'give_up' };
}
