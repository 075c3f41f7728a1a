import type { Channel } from '../catalog/channels.js';
import {
  type Admission,
  admitMessages,
  type Candidate,
  parkMs,
} from '../delivery/admit-messages.js';
import type { AttemptOutcome } from '../delivery/attempt-outcome.js';
import { afterCalls, afterProbe, takeProbe } from '../delivery/breaker.js';
import { type Pace, pairHeldMs, takeTurns, unpaced } from '../delivery/pace.js';
import {
  block,
  freshAccount,
  isFailureOfProvider,
  type ProviderAccount,
  reportOf,
} from '../delivery/provider-account.js';
import type { AccountToProbe, ClaimedMessage } from '../ports/delivery-ledger.js';

/** Provider accounts by the domain's rules, told of every call at once. One for each channel. */
export class InMemoryAccounts {
  readonly pairs = new Map<string, number>();
  readonly accounts = new Map<string, ProviderAccount>();
  readonly paces: Partial<Record<Channel, Pace>> = {};

  admit(candidates: readonly Candidate[], nowMs: number): Map<string, Admission> {
    const [first] = candidates;
    if (!first) return new Map();
    return admitMessages(candidates, this, this.paceOf(first.account), nowMs);
  }

  /** Whether somebody may be written to now; if so, nothing else writes to them for a while. */
  reserve(name: string, pair: string | null, nowMs: number): boolean {
    const pace = this.paceOf(name);
    if (pair === null || pace.pairIntervalMs === 0) return true;
    if ((this.pairs.get(pair) ?? 0) > nowMs) return false;
    this.pairs.set(pair, nowMs + pairHeldMs(pace));
    return true;
  }

  note(name: string, message: ClaimedMessage, outcome: AttemptOutcome, nowMs: number): void {
    const told = reportOf(message, outcome);
    if (!told) return;
    const account = this.accounts.get(name) ?? freshAccount;
    const before = account.breaker.state;
    const breaker = message.probe
      ? afterProbe(
          account.breaker,
          isFailureOfProvider(outcome) ? 'failed' : 'succeeded',
          told.report.lastFailure,
          nowMs,
        )
      : afterCalls(account.breaker, told.report, nowMs);
    const closed = before !== 'closed' && breaker.state === 'closed';
    const line = closed ? { ...account.line, rampFromMs: nowMs, nextAtMs: nowMs } : account.line;
    const changed = { ...account, breaker, line };
    this.accounts.set(name, told.blockForMs > 0 ? block(changed, told.blockForMs, nowMs) : changed);
  }

  takeProbes(waitedFor: ReadonlySet<string>, nowMs: number): AccountToProbe[] {
    return [...this.accounts].flatMap(([name, account]) => {
      const breaker = waitedFor.has(name) ? takeProbe(account.breaker, nowMs) : null;
      if (!breaker) return [];
      this.accounts.set(name, { ...account, breaker });
      return { account: name, channel: this.channelOf(name), isHouse: false };
    });
  }

  /** Until when a due message of the account is parked; null where it is not. */
  parkUntil(name: string, nowMs: number): number | null {
    const breaker = this.accounts.get(name)?.breaker;
    return breaker && breaker.state !== 'closed' ? nowMs + parkMs : null;
  }

  /** Accounts whose messages may have turns again. */
  released(): string[] {
    const closed = [...this.accounts].filter(([, { breaker }]) => breaker.state === 'closed');
    return closed.map(([name]) => name);
  }

  takeTurns(name: string, count: number, nowMs: number): number[] {
    const account = this.accounts.get(name) ?? freshAccount;
    const { atMs, line } = takeTurns(account.line, this.paceOf(name), count, nowMs);
    this.accounts.set(name, { ...account, line });
    return atMs;
  }

  private paceOf(name: string): Pace {
    return this.paces[this.channelOf(name)] ?? unpaced;
  }

  private channelOf(name: string): Channel {
    return name.split(':')[0] as Channel;
  }
}
