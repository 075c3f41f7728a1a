import type { CallReport } from '#domain/delivery/breaker.js';
import { addReports, reportOf } from '#domain/delivery/provider-account.js';
import type { AttemptResult, ClaimedMessage } from '#domain/ports/delivery-ledger.js';

/** What tells the account of a call, before the database has been asked whose it is. */
export interface AccountKey {
  channel: string;
  tallerId: string | null;
  /** Of a push message. */
  endpointOrigin: string | null;
}

/** What a process knows of an account's calls and has not written down. */
export interface Count {
  key: AccountKey;
  report: CallReport;
  /** For how long the provider asked to be left alone, at most; 0: it did not. */
  blockForMs: number;
  sinceMs: number;
}

/**
 * What went well is forgotten after so long, while nothing fails: written down with the first
 * failure, it would all count for the second of that.
 */
const forgetAfterMs = 1000;

/** How the calls of this process end, by account; nothing is written while all is well. */
export class CallCounts {
  private counts = new Map<string, Count>();

  /** Gives back whether the account must hear of it at once. */
  add({ message, outcome }: AttemptResult): boolean {
    const told = reportOf(message, outcome);
    if (!told) return false;
    const key = keyOf(message);
    const name = JSON.stringify(key);
    const nowMs = performance.now();
    const known = this.counts.get(name);
    const count =
      known && (known.report.failures > 0 || nowMs - known.sinceMs < forgetAfterMs)
        ? known
        : { key, report: nothing, blockForMs: 0, sinceMs: nowMs };
    count.report = addReports(count.report, told.report);
    count.blockForMs = Math.max(count.blockForMs, told.blockForMs);
    this.counts.set(name, count);
    return count.blockForMs > 0 || count.report.misconfigured || count.report.failures >= 5;
  }

  /** Takes out those that are worth writing down: with failures, or of channels that are watched. */
  take(watchedChannels: ReadonlySet<string>): Count[] {
    const taken = [...this.counts].filter(
      ([, { key, report, blockForMs }]) =>
        report.failures > 0 || blockForMs > 0 || watchedChannels.has(key.channel),
    );
    for (const [name] of taken) this.counts.delete(name);
    return taken.map(([, count]) => count);
  }

  /** Puts back what could not be written down. */
  putBack(counts: readonly Count[]): void {
    for (const count of counts) {
      const name = JSON.stringify(count.key);
      const newer = this.counts.get(name);
      const report = newer ? addReports(count.report, newer.report) : count.report;
      const blockForMs = Math.max(count.blockForMs, newer?.blockForMs ?? 0);
      this.counts.set(name, { ...count, report, blockForMs });
    }
  }
}

const nothing: CallReport = { calls: 0, failures: 0, lastFailure: null, misconfigured: false };

export function keyOf({ channel, tallerId, address }: ClaimedMessage): AccountKey {
  if (address.channel !== 'push') return { channel, tallerId, endpointOrigin: null };
  // As the database reads it: up to the first character that ends a host.
  const [endpointOrigin = ''] = /^[a-z]+:\/\/[^/?#]+/.exec(address.endpoint) ?? [];
  return { channel, tallerId: null, endpointOrigin };
}
