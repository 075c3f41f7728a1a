import type { ClaimedMessage } from '../ports/delivery-ledger.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { type Breaker, type CallReport, closedBreaker, isWatched } from './breaker.js';
import { emptyLine, type Line, rampMs } from './pace.js';

/**
 * One way out: a workshop's own mail server or WhatsApp number, the house's, or a browser
 * vendor's push service. What it suffers, all its messages share.
 */
export interface ProviderAccount {
  breaker: Breaker;
  line: Line;
  /** The provider asked to be left alone until then; 0: it did not. */
  blockedUntilMs: number;
}

export const freshAccount: ProviderAccount = {
  breaker: closedBreaker,
  line: emptyLine,
  blockedUntilMs: 0,
};

/** A provider's own waiting time is believed up to a day. */
const longestBlockMs = 86_400_000;

/** Until when claims must look at the account; infinite while its breaker is not closed. */
export function gatedUntilMs({ breaker, line, blockedUntilMs }: ProviderAccount): number {
  if (breaker.state !== 'closed') return Number.POSITIVE_INFINITY;
  const rampedUntilMs = line.rampFromMs === null ? 0 : line.rampFromMs + rampMs;
  return Math.max(blockedUntilMs, rampedUntilMs, line.nextAtMs);
}

/** Until when every process writes down how its calls to the account ended. */
export function watchedUntilMs({ breaker }: ProviderAccount, nowMs: number): number {
  return isWatched(breaker, nowMs) ? nowMs + 30_000 : 0;
}

/** Leaves the account alone for as long as its provider asked, and begins slowly after that. */
export function block(account: ProviderAccount, forMs: number, nowMs: number): ProviderAccount {
  const untilMs = nowMs + Math.min(forMs, longestBlockMs);
  if (untilMs <= account.blockedUntilMs) return account;
  const line = { ...account.line, rampFromMs: untilMs, nextAtMs: 0 };
  return { ...account, blockedUntilMs: untilMs, line };
}

/** What an attempt tells about the account it used; null for one that used none. */
export function reportOf(
  message: ClaimedMessage,
  outcome: AttemptOutcome,
): { report: CallReport; blockForMs: number } | null {
  if (message.instead !== null || isOurs(outcome)) return null;
  const failed = isFailureOfProvider(outcome);
  return {
    report: {
      calls: 1,
      failures: failed ? 1 : 0,
      lastFailure:
        failed && outcome.kind !== 'accepted'
          ? { code: outcome.code, detail: outcome.detail }
          : null,
      misconfigured: outcome.kind === 'misconfigured',
    },
    blockForMs:
      outcome.kind === 'rate_limited' && !outcome.ofRecipient ? (outcome.retryAfterMs ?? 0) : 0,
  };
}

export function isFailureOfProvider({ kind }: AttemptOutcome): boolean {
  return kind === 'transient' || kind === 'unknown' || kind === 'misconfigured';
}

export function addReports(sum: CallReport, report: CallReport): CallReport {
  return {
    calls: sum.calls + report.calls,
    failures: sum.failures + report.failures,
    lastFailure: report.lastFailure ?? sum.lastFailure,
    misconfigured: sum.misconfigured || report.misconfigured,
  };
}

/** Codes of outcomes that are about this service, not about a provider. */
const oursAlone = new Set([
  'worker_lost',
  'poison',
  'template_failed',
  'template_unavailable',
  'settings_unavailable',
  'stood_still',
  'not_arrived',
  'cannot_be_known',
]);

function isOurs(outcome: AttemptOutcome): boolean {
  return outcome.kind !== 'accepted' && oursAlone.has(outcome.code);
}
