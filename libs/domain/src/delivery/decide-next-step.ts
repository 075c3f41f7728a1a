import type { AttemptOutcome } from './attempt-outcome.js';
import { probeEveryMs } from './breaker.js';
import { backoffMs, type DeliveryPolicy } from './delivery-policy.js';

/** What happens to a message after an attempt. */
export type NextStep =
  | { kind: 'done' }
  /** `uncounted`: the attempt used up no retry. */
  | { kind: 'retry'; delayMs: number; lookUpFirst: boolean; uncounted?: boolean }
  | { kind: 'next_rung'; because: NextRungReason };

export type NextRungReason =
  | 'refused_for_good'
  | 'retries_used_up'
  | 'no_time_left'
  | 'channel_misconfigured'
  | 'cannot_be_confirmed'
  | 'poison';

/** Where the message stands when its attempt ended. */
export interface Standing {
  /** The attempt that ended, from 1. */
  attempt: number;
  /** Attempts among them that used up no retry. */
  uncounted: number;
  /** The attempt asked whether a provider is back, which is no fault of the message. */
  probe: boolean;
  /** Processes in a row that ended while they held the message. */
  losses: number;
  /** Whether the ladder has a rung after this one. */
  hasNextRung: boolean;
  /** Milliseconds for which the message is still of use; null without end. */
  validForMs: number | null;
}

/**
 * A lost answer is looked up only after the provider had time to write the message down. A process
 * that died is found by its lease, which is as long, so that no more time is given then.
 */
const settleBeforeLookUpMs = 10_000;
/** A message that so many processes in a row did not outlive is not tried by another one. */
export const poisonousLosses = 3;
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
  const wait = backoffMs(policy, triesOf(standing), random);
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'done' };
    case 'permanent_recipient':
    case 'permanent_message':
      return { kind: 'next_rung', because: 'refused_for_good' };
    case 'misconfigured':
      // Somebody must repair the channel, which takes longer than a retry: another channel
      // serves the person now. Without one, the retries are the only hope left.
      if (standing.hasNextRung) return { kind: 'next_rung', because: 'channel_misconfigured' };
      return retry(standing, policy, wait, false);
    case 'transient':
    case 'rate_limited': {
      const asked = Math.min(outcome.retryAfterMs ?? 0, longestRetryAfterMs);
      return retry(standing, policy, Math.max(wait, asked), false);
    }
    case 'unknown':
      return afterUnknown(outcome.code, standing, policy, wait);
  }
}

function afterUnknown(
  code: string,
  standing: Standing,
  policy: DeliveryPolicy,
  wait: number,
): NextStep {
  const looksUp = policy.unknown === 'look_up';
  if (standing.losses >= poisonousLosses) return { kind: 'next_rung', because: 'poison' };
  // No provider is in trouble, so nothing is gained by waiting.
  if (code === 'worker_lost') return retry(standing, policy, 0, looksUp);
  if (code === 'cannot_be_known') return { kind: 'next_rung', because: 'cannot_be_confirmed' };
  if (code === 'unconfirmed') {
    return standing.probe
      ? retry(standing, policy, wait, looksUp)
      : { kind: 'next_rung', because: 'cannot_be_confirmed' };
  }
  return looksUp
    ? retry(standing, policy, Math.max(wait, settleBeforeLookUpMs), true)
    : retry(standing, policy, wait, false);
}

/** The attempt's number among those that count, from 1. */
function triesOf({ attempt, uncounted }: Standing): number {
  return attempt - uncounted;
}

function retry(
  standing: Standing,
  policy: DeliveryPolicy,
  waitMs: number,
  lookUpFirst: boolean,
): NextStep {
  const { validForMs, probe } = standing;
  const delayMs = probe ? Math.max(waitMs, probeEveryMs) : waitMs;
  // A look-up settles what was already sent, so it is due even when no retry is left (it sends
  // nothing then: `maySend`).
  if (triesOf(standing) > policy.retries && !lookUpFirst && !probe) {
    return { kind: 'next_rung', because: 'retries_used_up' };
  }
  if (validForMs !== null && delayMs >= validForMs) {
    return { kind: 'next_rung', because: 'no_time_left' };
  }
  return { kind: 'retry', delayMs, lookUpFirst, ...(probe ? { uncounted: true } : {}) };
}
