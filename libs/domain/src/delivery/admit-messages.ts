import { type AttemptOutcome, maximumDetailLength } from './attempt-outcome.js';
import { type Breaker, takeProbe } from './breaker.js';
import { isPaced, type Pace, pairHeldMs, takeTurn } from './pace.js';
import { freshAccount, type ProviderAccount } from './provider-account.js';

/** A due message in front of its account; all times in milliseconds since 1970. */
export interface Candidate {
  id: string;
  account: string;
  /** Whom it goes to, where the account must not hurry one person; null: nobody counts. */
  pair: string | null;
  /** The turn that it was given before, if any. */
  slotAtMs: number | null;
  validUntilMs: number | null;
  hasNextRung: boolean;
}

export type HoldReason =
  | 'provider_down'
  | 'provider_misconfigured'
  | 'provider_asked'
  | 'pace'
  | 'one_per_person';

export type Admission =
  /** `probe`: the account is not known to work, and this message finds out. */
  | { kind: 'go'; probe: boolean }
  /** Stays queued and uses up no attempt. `slotMs`: its turn, null where nobody can tell one. */
  | { kind: 'hold'; untilMs: number; slotMs: number | null; because: HoldReason }
  /** Ends its attempt without a call. */
  | { kind: 'instead'; outcome: AttemptOutcome };

/** What admitting changes: accounts by name, and when each pair may be written to again. */
export interface Gates {
  accounts: Map<string, ProviderAccount>;
  pairs: Map<string, number>;
}

/** A turn is as good as its time; after so long a new one is asked for. */
const turnHoldsMs = 10_000;
/** Long: an account that is back, and a workshop that leaves by another, let out what is parked. */
export const parkMs = 15 * 60_000;

/**
 * Which of the due messages may call their provider now, in the order in which they are given.
 * The gates that are given are changed.
 */
export function admitMessages(
  candidates: readonly Candidate[],
  gates: Gates,
  pace: Pace,
  nowMs: number,
): Map<string, Admission> {
  const behind = new Map<string, number>();
  return new Map(
    candidates.map((candidate) => {
      const admission = admitOne(candidate, gates, pace, nowMs, behind);
      if (admission.kind !== 'hold' || candidate.validUntilMs === null) {
        return [candidate.id, admission];
      }
      // Held no longer than it is of use, so that it expires on time.
      const untilMs = Math.min(admission.untilMs, candidate.validUntilMs);
      return [candidate.id, { ...admission, untilMs }];
    }),
  );
}

function admitOne(
  candidate: Candidate,
  gates: Gates,
  pace: Pace,
  nowMs: number,
  behind: Map<string, number>,
): Admission {
  const account = gates.accounts.get(candidate.account) ?? freshAccount;
  const { breaker, blockedUntilMs } = account;
  if (breaker.state !== 'closed') {
    const taken = takeProbe(breaker, nowMs);
    if (!taken) return whileOpen(candidate, breaker, nowMs);
    // Nobody is hurried by a probe; somebody else's message asks, or this one in a moment.
    const tooSoon = afterOneToTheSame(candidate, gates, pace, nowMs, behind);
    if (tooSoon) return tooSoon;
    gates.accounts.set(candidate.account, { ...account, breaker: taken });
    return go(candidate, gates, pace, nowMs, true);
  }
  if (blockedUntilMs > nowMs) {
    return { kind: 'hold', untilMs: blockedUntilMs, slotMs: null, because: 'provider_asked' };
  }
  return (
    afterOneToTheSame(candidate, gates, pace, nowMs, behind) ??
    inLine(candidate, account, gates, pace, nowMs) ??
    go(candidate, gates, pace, nowMs, false)
  );
}

/** Holds a message to somebody who has just been written to, behind those that wait already. */
function afterOneToTheSame(
  { pair }: Candidate,
  { pairs }: Gates,
  { pairIntervalMs }: Pace,
  nowMs: number,
  behind: Map<string, number>,
): Admission | null {
  const freeMs = pair === null ? 0 : (pairs.get(pair) ?? 0);
  if (pair === null || freeMs <= nowMs) return null;
  const before = behind.get(pair) ?? 0;
  behind.set(pair, before + 1);
  const untilMs = freeMs + before * pairIntervalMs;
  return { kind: 'hold', untilMs, slotMs: null, because: 'one_per_person' };
}

/** Gives a message its turn where the account's messages have to take turns. */
function inLine(
  { account: name, slotAtMs, validUntilMs, hasNextRung }: Candidate,
  account: ProviderAccount,
  { accounts }: Gates,
  pace: Pace,
  nowMs: number,
): Admission | null {
  const hasTurn = slotAtMs !== null && slotAtMs <= nowMs && nowMs - slotAtMs <= turnHoldsMs;
  if (hasTurn || !isPaced(account.line, pace, nowMs)) return null;
  const { atMs, line } = takeTurn(account.line, pace, nowMs);
  if (validUntilMs !== null && atMs >= validUntilMs) {
    return hasNextRung
      ? { kind: 'instead', outcome: noTurn(atMs - nowMs) }
      : { kind: 'hold', untilMs: atMs, slotMs: null, because: 'pace' };
  }
  accounts.set(name, { ...account, line });
  return atMs > nowMs ? { kind: 'hold', untilMs: atMs, slotMs: atMs, because: 'pace' } : null;
}

function go(
  { pair }: Candidate,
  { pairs }: Gates,
  pace: Pace,
  nowMs: number,
  probe: boolean,
): Admission {
  if (pair !== null) pairs.set(pair, nowMs + pairHeldMs(pace));
  return { kind: 'go', probe };
}

function whileOpen({ hasNextRung }: Candidate, breaker: Breaker, nowMs: number): Admission {
  const { misconfigured, lastFailure } = breaker;
  // Somebody must repair the account, which takes its time: another channel serves the person now.
  if (misconfigured && hasNextRung) {
    const code = lastFailure?.code ?? 'channel_misconfigured';
    const said = `not called: ${lastFailure?.detail ?? 'the account is known to be wrong'}`;
    const detail = said.slice(0, maximumDetailLength);
    return { kind: 'instead', outcome: { kind: 'misconfigured', code, detail } };
  }
  const because = misconfigured ? 'provider_misconfigured' : 'provider_down';
  return { kind: 'hold', untilMs: nowMs + parkMs, slotMs: null, because };
}

function noTurn(waitMs: number): AttemptOutcome {
  const detail = 'not called: its turn would come too late';
  return { kind: 'rate_limited', code: 'no_turn_in_time', detail, retryAfterMs: waitMs };
}
