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

/** States of a notification. `sent` and `delivered` may still become better, or bounce. */
export type NotificationState =
  | 'in_progress'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'expired'
  | 'canceled'
  | 'superseded';

/** What a rung may be asked to reach before its ladder counts as climbed. */
export const advanceGoals = ['sent', 'delivered', 'read'] as const;
export type AdvanceGoal = (typeof advanceGoals)[number];

export type LadderStep =
  /** A message is still on its way, or one arrived: nothing starts. */
  { kind: 'stay' } | { kind: 'start_rung'; rung: number } | { kind: 'give_up' };

/** What a climb looks at of a rung. */
export interface ClimbableRung {
  /** None are left of a person who was erased, and the rung is passed over. */
  addresses: readonly unknown[];
  /** `sent` where absent. */
  advanceUntil?: AdvanceGoal;
}

/** A message of the ladder: the place of its rung, from 0, and its state. */
export interface Climber {
  rung: number;
  state: MessageState;
}

const arrived: readonly MessageState[] = ['sent', 'delivered', 'read'];
const open: readonly MessageState[] = ['queued', 'sending'];

/**
 * What follows when a message ended without success. A rung has failed only when all its messages
 * have: a push that one device refused may still reach another. A ladder is given up only when
 * nothing of it arrived and nothing is on its way; one of which something was sent, and not
 * delivered as its rung asked, stays as it is where no rung is left.
 *
 * @param messages all that the ladder has made, at least one
 */
export function decideClimb(
  ladder: readonly ClimbableRung[],
  messages: readonly Climber[],
): LadderStep {
  if (hasSucceeded(ladder, messages)) return { kind: 'stay' };
  const top = topOf(messages);
  const stands = (states: readonly MessageState[]) =>
    states.some((state) => arrived.includes(state) || open.includes(state));
  if (stands(statesOn(top, messages))) return { kind: 'stay' };
  const next = rungAfter(ladder, top);
  if (next !== undefined) return { kind: 'start_rung', rung: next };
  return stands(messages.map(({ state }) => state)) ? { kind: 'stay' } : { kind: 'give_up' };
}

/** What follows when a message of the rung ended and no later rung was started before. */
export function climbLadder(
  rung: number,
  rungs: number,
  siblings: readonly MessageState[],
): LadderStep {
  const ladder = Array.from({ length: rungs }, () => ({ addresses: [rung] }));
  return decideClimb(
    ladder,
    siblings.map((state) => ({ rung, state })),
  );
}

/** Whether a message came as far as its own rung asks. */
export function hasSucceeded(
  ladder: readonly ClimbableRung[],
  messages: readonly Climber[],
): boolean {
  return messages.some(({ rung, state }) => {
    const goal = ladder[rung]?.advanceUntil ?? 'sent';
    return arrived.indexOf(state) >= arrived.indexOf(goal);
  });
}

/** Whether anything left for the person, be it less than its rung asks. */
export function hasArrived(messages: readonly Climber[]): boolean {
  return messages.some(({ state }) => arrived.includes(state));
}

/** The highest rung that was started. */
export function topOf(messages: readonly Climber[]): number {
  return Math.max(0, ...messages.map(({ rung }) => rung));
}

/** The next rung on which anybody can be reached; undefined where there is none. */
export function rungAfter(ladder: readonly ClimbableRung[], rung: number): number | undefined {
  const next = ladder.findIndex(({ addresses }, place) => place > rung && addresses.length > 0);
  return next === -1 ? undefined : next;
}

export function statesOn(rung: number, messages: readonly Climber[]): MessageState[] {
  return messages.filter((message) => message.rung === rung).map(({ state }) => state);
}
