import type { ClaimedMessage } from '../ports/delivery-ledger.js';

/**
 * How long a claim holds without being renewed. When a process dies, its messages are free again
 * after this time, whatever its calls were allowed to take.
 */
export const leaseMs = 10_000;

/**
 * How long a process holds what it takes over from a dead one: it calls nobody and only writes down.
 * In a storm of kills one process in four died meanwhile, and its messages waited for a whole lease
 * once more.
 */
export const settleMs = 3000;

/** How often the claims of calls that take longer are renewed; two may fail in a row. */
export const renewEveryMs = 3000;

/**
 * A call begins only while its claim has this long to live: a process may stand still between
 * the look at the clock and the first byte on its way.
 */
const marginMs = 2000;

/**
 * The claims of this process, on its monotonic clock. A lease begins on the database's clock while
 * the claim is under way, so one that is counted from before the claim ends no later there.
 */
export class Leases {
  private readonly heldUntilMs = new Map<ClaimedMessage, number>();

  constructor(private readonly monotonicMs: () => number) {}

  /** @param sinceMs the moment before the claim was asked for */
  hold(message: ClaimedMessage, sinceMs: number): void {
    this.heldUntilMs.set(message, sinceMs + leaseMs);
  }

  letGo(message: ClaimedMessage): void {
    this.heldUntilMs.delete(message);
  }

  /** Whether nobody else can have the message, for long enough to begin a call. */
  isFresh(message: ClaimedMessage): boolean {
    const heldUntilMs = this.heldUntilMs.get(message) ?? 0;
    return this.monotonicMs() <= heldUntilMs - marginMs;
  }

  /**
   * Renews claims that are as old as the interval between two renewals: the many calls that are
   * quicker never cost one.
   *
   * @param renew gives back the ids of the messages that are still held
   */
  async renew(renew: (messages: readonly ClaimedMessage[]) => Promise<string[]>): Promise<void> {
    const startedMs = this.monotonicMs();
    const aged = [...this.heldUntilMs]
      .filter(([, heldUntilMs]) => heldUntilMs - leaseMs <= startedMs - renewEveryMs)
      .map(([message]) => message);
    if (aged.length === 0) return;
    const kept = new Set(await renew(aged));
    for (const message of aged) {
      // Ended meanwhile, or taken over: a call that is under way cannot be recorded any more.
      if (!this.heldUntilMs.has(message)) continue;
      if (kept.has(message.id)) this.heldUntilMs.set(message, startedMs + leaseMs);
      else this.heldUntilMs.delete(message);
    }
  }
}
