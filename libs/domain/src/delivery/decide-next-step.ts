import type { AttemptOutcome } from './attempt-outcome.js';
import { backoffMs, type DeliveryPolicy } from './delivery-policy.js';

/** What happens to a message after an attempt. */
export type NextStep =
  | { kind: 'done' }
  | { kind: 'retry'; delayMs: number; lookUpFirst: boolean }
  | { kind: 'next_rung'; because: NextRungReason };

export type NextRungReason =
  | 'refused_for_good'
  | 'retries_used_up'
  | 'no_time_left'
  | 'channel_misconfigured'
  | 'cannot_be_confirmed';

/** Where the message stands when its attempt ended. */
export interface Standing {
  /** The attempt that ended, from 1. */
  attempt: number;
  /** Whether the ladder has a rung after this one. */
  hasNextRung: boolean;
  /** Milliseconds for which the message is still of use; null without end. */
  validForMs: number | null;
}

/** A lost answer is looked up only after the provider had time to write the message down. */
const settleBeforeLookUpMs = 10_000;
/** A provider's own waiting time is believed up to a day. */
const longestRetryAfterMs = 86_400_000;

/**
 * The one place that decides what follows an attempt; the queue, the adapters and the database
 * only carry it out.
 *
 * @param random from 0 (included) to 1 (excluded), the jitter
 */
export function decideNextStep(
  outcome: AttemptOutcome,
  standing: Standing,
  policy: DeliveryPolicy,
  random: number,
): NextStep {
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'done' };
    case 'permanent_recipient':
    case 'permanent_message':
      return { kind: 'next_rung', because: 'refused_for_good' };
    case 'misconfigured':
      // Somebody must repair the channel, which takes longer than a retry: another channel
      // serves the person now. Without one, the retries are the only hope left.
      return standing.hasNextRung
        ? { kind: 'next_rung', because: 'channel_misconfigured' }
        : retry(standing, policy, backoffMs(policy, standing.attempt, random), false);
    case 'transient':
    case 'rate_limited': {
      const wait = backoffMs(policy, standing.attempt, random);
      const asked = Math.min(outcome.retryAfterMs ?? 0, longestRetryAfterMs);
      return retry(standing, policy, Math.max(wait, asked), false);
    }
    case 'unknown': {
      if (outcome.code === 'unconfirmed') {
        return { kind: 'next_rung', because: 'cannot_be_confirmed' };
      }
      const wait = backoffMs(policy, standing.attempt, random);
      return policy.unknown === 'look_up'
        ? retry(standing, policy, Math.max(wait, settleBeforeLookUpMs), true)
        : retry(standing, policy, wait, false);
    }
  }
}

function retry(
  { attempt, validForMs }: Standing,
  policy: DeliveryPolicy,
  delayMs: number,
  lookUpFirst: boolean,
): NextStep {
  // A look-up settles what was already sent, so it is due even when no retry is left (it sends
  // nothing then: `maySend`).
  if (attempt > policy.retries && !lookUpFirst) {
    return { kind: 'next_rung', because: 'retries_used_up' };
  }
  if (validForMs !== null && delayMs >= validForMs) {
    return { kind: 'next_rung', because: 'no_time_left' };
  }
  return { kind: 'retry', delayMs, lookUpFirst };
}
