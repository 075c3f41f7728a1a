/** What a process tells of an account's calls since it told the last time. */
export interface CallReport {
  calls: number;
  /** Calls that failed by the provider's fault, not by the message's or the person's. */
  failures: number;
  /** The last of them. */
  lastFailure: { code: string; detail: string } | null;
  /** The account itself is wrong: credentials, settings. */
  misconfigured: boolean;
}

/** What came of a call that asked whether a provider is back. */
export type ProbeResult = 'succeeded' | 'failed';

export interface Breaker {
  state: 'closed' | 'open' | 'half_open';
  /** Since when it is in this state; null for one that was never open. */
  sinceMs: number | null;
  /** Why it opened, or what failed last. */
  lastFailure: { code: string; detail: string } | null;
  /** Somebody must repair the account: waiting alone will not help. */
  misconfigured: boolean;
  /** It takes messages and delivers none, so that taking one proves nothing. */
  silent?: boolean;
  /** When the next probe may be made, while it is not closed. */
  probeAtMs: number;
  successes: number;
  /** Seconds of the last half minute in which calls ended. */
  seconds: { at: number; calls: number; failures: number }[];
}

export const closedBreaker: Breaker = {
  state: 'closed',
  sinceMs: null,
  lastFailure: null,
  misconfigured: false,
  probeAtMs: 0,
  successes: 0,
  seconds: [],
};

/** Between two probes of an account, over all processes. */
export const probeEveryMs = 30_000;
/** A message to a line that delivers nothing may be lost, so that few are risked. */
const probeSilentEveryMs = 10 * 60_000;
const windowSeconds = 30;
const successesToClose = 3;
/** How long after its closing a breaker is quick to open again. */
const fragileMs = 60_000;

/**
 * The breaker after a process' report. It opens when, in the last second or in any longer stretch
 * up to half a minute, ten calls ended and half of them failed, five at least; at once for an
 * account that is misconfigured; and for a minute after it closed when two calls and a fifth of
 * all have failed since. A provider that comes and goes would else be met with full hands each
 * time that it goes.
 */
export function afterCalls(breaker: Breaker, report: CallReport, nowMs: number): Breaker {
  // Calls that were under way when it opened tell nothing new, and prove nothing.
  if (breaker.state !== 'closed') return breaker;
  const second = Math.floor(nowMs / 1000);
  const { calls, failures } = report;
  const seconds = [...breaker.seconds, { at: second, calls, failures }]
    .filter(({ at }) => at > second - windowSeconds)
    .reduce(mergeSeconds, []);
  const counted = { ...breaker, seconds, lastFailure: report.lastFailure ?? breaker.lastFailure };
  if (!report.misconfigured && !isFailing(seconds) && !isRelapse(counted, nowMs)) return counted;
  return {
    ...counted,
    state: 'open',
    sinceMs: nowMs,
    misconfigured: report.misconfigured,
    probeAtMs: nowMs + probeEveryMs,
    successes: 0,
  };
}

/** Takes the one probe that is due; null when none is. */
export function takeProbe(breaker: Breaker, nowMs: number): Breaker | null {
  if (breaker.state === 'closed' || breaker.probeAtMs > nowMs) return null;
  const everyMs = breaker.silent ? probeSilentEveryMs : probeEveryMs;
  return { ...breaker, probeAtMs: nowMs + everyMs };
}

/** After a success the next probe may follow at once; the third in a row closes the breaker. */
export function afterProbe(
  breaker: Breaker,
  result: ProbeResult,
  failure: Breaker['lastFailure'],
  nowMs: number,
): Breaker {
  if (breaker.state === 'closed') return breaker;
  if (breaker.silent && result === 'succeeded') return breaker;
  if (result === 'failed') {
    const sinceMs = breaker.state === 'open' ? breaker.sinceMs : nowMs;
    const lastFailure = failure ?? breaker.lastFailure;
    return { ...breaker, state: 'open', sinceMs, lastFailure, successes: 0 };
  }
  const successes = breaker.successes + 1;
  if (successes >= successesToClose) return closeBreaker(breaker, nowMs);
  const sinceMs = breaker.state === 'half_open' ? breaker.sinceMs : nowMs;
  return { ...breaker, state: 'half_open', sinceMs, successes, probeAtMs: nowMs };
}

/**
 * The breaker of a line that was judged by its acknowledgements. Only a line that is heard again
 * is believed to deliver again.
 */
export function afterSigns(
  breaker: Breaker,
  verdict: 'silent' | 'speaks' | 'cannot_tell',
  nowMs: number,
): Breaker {
  if (verdict === 'speaks' && breaker.silent) return closeBreaker(breaker, nowMs);
  if (verdict !== 'silent' || breaker.state !== 'closed') return breaker;
  return {
    ...breaker,
    state: 'open',
    sinceMs: nowMs,
    lastFailure: {
      code: 'no_acknowledgements',
      detail: 'the line takes messages, but no phone has acknowledged one for ten minutes',
    },
    misconfigured: true,
    silent: true,
    probeAtMs: nowMs + probeSilentEveryMs,
    successes: 0,
  };
}

export function closeBreaker(breaker: Breaker, nowMs: number): Breaker {
  return { ...closedBreaker, sinceMs: nowMs, lastFailure: breaker.lastFailure };
}

/** Whether calls of the last half minute failed, so that those of every process count. */
export function isWatched({ seconds }: Breaker, nowMs: number): boolean {
  const second = Math.floor(nowMs / 1000);
  return seconds.some(({ at, failures }) => failures > 0 && at > second - windowSeconds);
}

function isFailing(seconds: Breaker['seconds']): boolean {
  let calls = 0;
  let failures = 0;
  for (const second of seconds.toReversed()) {
    calls += second.calls;
    failures += second.failures;
    if (failures >= 5 && calls >= 10 && failures * 2 >= calls) return true;
  }
  return false;
}

function isRelapse({ sinceMs, seconds }: Breaker, nowMs: number): boolean {
  if (sinceMs === null || nowMs >= sinceMs + fragileMs) return false;
  const failures = seconds.reduce((sum, second) => sum + second.failures, 0);
  const calls = seconds.reduce((sum, second) => sum + second.calls, 0);
  return failures >= 2 && failures * 5 >= calls;
}

function mergeSeconds(
  merged: Breaker['seconds'],
  second: Breaker['seconds'][number],
): Breaker['seconds'] {
  const last = merged.at(-1);
  if (last?.at !== second.at) return [...merged, second];
  const calls = last.calls + second.calls;
  const failures = last.failures + second.failures;
  return [...merged.slice(0, -1), { at: second.at, calls, failures }];
}
