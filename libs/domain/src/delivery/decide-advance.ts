import {
  type AdvanceGoal,
  type ClimbableRung,
  type Climber,
  hasSucceeded,
  type NotificationState,
  rungAfter,
  statesOn,
  topOf,
} from './climb-ladder.js';

/** What becomes of a rung whose time is over. */
export type AdvanceStep =
  /** Nothing starts any more: the rung's goal has come, or a later rung is there. */
  | { kind: 'close' }
  /** The provider is being called: its answer may be what was asked for. */
  | { kind: 'wait' }
  | {
      kind: 'start_rung';
      rung: number;
      because: AdvanceReason;
      /** Whether what is still queued on the rung does not leave any more. */
      givesUpQueued: boolean;
    };

/** Why the next rung starts, by what did not come in time. */
const reasons = {
  sent: 'too_late',
  delivered: 'not_delivered_in_time',
  read: 'not_read_in_time',
} as const satisfies Record<AdvanceGoal, string>;
export type AdvanceReason = (typeof reasons)[AdvanceGoal];

/** A notification of which something arrived may still ask for more. */
const goesOn: readonly NotificationState[] = ['in_progress', 'sent', 'delivered'];

/**
 * What follows when a rung's time is over. A message that has not left by then does not leave any
 * more where only that was asked; where a receipt was asked for, it stays, and may yet arrive.
 *
 * @param messages all that the ladder has made
 * @param rung whose time is over, from 0
 */
export function decideAdvance(
  state: NotificationState,
  ladder: readonly ClimbableRung[],
  messages: readonly Climber[],
  rung: number,
): AdvanceStep {
  const next = rungAfter(ladder, rung);
  const isOver = !goesOn.includes(state) || hasSucceeded(ladder, messages);
  if (isOver || next === undefined || topOf(messages) > rung) return { kind: 'close' };
  const goal = ladder[rung]?.advanceUntil ?? 'sent';
  const givesUpQueued = goal === 'sent';
  if (givesUpQueued && statesOn(rung, messages).includes('sending')) return { kind: 'wait' };
  return { kind: 'start_rung', rung: next, because: reasons[goal], givesUpQueued };
}
