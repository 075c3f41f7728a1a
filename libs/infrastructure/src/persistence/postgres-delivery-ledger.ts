import type { DataSource } from 'typeorm';
import { pairHeldMs } from '#domain/delivery/pace.js';
import {
  type AccountToProbe,
  type AttemptResult,
  type ClaimedMessage,
  DeliveryLedger,
} from '#domain/ports/delivery-ledger.js';
import { AccountLine } from './accounts/account-line.js';
import { claimAdmitted, type Gate } from './accounts/claim-admitted.js';
import { type AloneTimes, claimForProbe, claimSuspect } from './accounts/claim-alone.js';
import { claimFreePairs } from './accounts/claim-free-pairs.js';
import { ProviderAccounts } from './accounts/provider-accounts.js';
import { Batcher } from './batcher.js';
import { claimDue, claimLost, renewClaims } from './claim-messages.js';
import { type ClaimedRow, toClaimed } from './claimed-row.js';
import { moveToNextRung } from './move-to-next-rung.js';
import { type RecordedAttempt, recordAttempts } from './record-attempts.js';
import { runPrepared } from './run-prepared.js';
import { retryDeadlocks, retryThroughOutage } from './transient-errors.js';
import type { WakeUps } from './wake-ups.js';

/** A message with more losses is a suspect, and claimed alone. */
const innocentLosses = 1;

/** Attempts on Postgres: claims and records of concurrent messages share statements. */
export class PostgresDeliveryLedger extends DeliveryLedger {
  private readonly records: Batcher<RecordedAttempt, true>;
  private readonly line: AccountLine;

  constructor(
    private readonly dataSource: DataSource,
    private readonly wakeUps: WakeUps,
    private readonly accounts: ProviderAccounts = new ProviderAccounts(dataSource),
  ) {
    super();
    const run = (attempts: RecordedAttempt[]) =>
      retryThroughOutage(() => retryDeadlocks(() => recordAttempts(dataSource, attempts)));
    this.records = new Batcher(run, 200, 2);
    this.line = new AccountLine(dataSource, accounts);
  }

  async claim(
    messageIds: readonly string[],
    leaseMs: number,
    channel?: ClaimedMessage['channel'],
  ): Promise<ClaimedMessage[]> {
    const gate = channel === undefined ? null : this.accounts.gateOf(channel);
    if (gate?.hasTurns || gate?.hasGatedAccount) return this.claimBehind(gate, messageIds, leaseMs);
    if (gate) return this.claimInPairs(gate, messageIds, leaseMs);
    const statement = claimDue(messageIds.length);
    const values = [messageIds, leaseMs, innocentLosses];
    const rows = await runPrepared<ClaimedRow>(this.dataSource, statement, values);
    return rows.map((row) => toClaimed(row));
  }

  claimSuspect(leaseMs: number): Promise<ClaimedMessage | null> {
    return retryDeadlocks(() => claimSuspect(this.dataSource, this.aloneFor(leaseMs)));
  }

  takeProbes(): Promise<AccountToProbe[]> {
    return this.line.takeProbes();
  }

  claimProbe({ account }: AccountToProbe, leaseMs: number): Promise<ClaimedMessage | null> {
    return retryDeadlocks(() => claimForProbe(this.dataSource, account, this.aloneFor(leaseMs)));
  }

  async renew(messages: readonly ClaimedMessage[], leaseMs: number): Promise<string[]> {
    const rows = await runPrepared<{ id: string }>(this.dataSource, renewClaims, [
      messages.map(({ id }) => id),
      messages.map(({ fence }) => fence),
      leaseMs,
    ]);
    return rows.map(({ id }) => id);
  }

  async takeOverLost(limit: number, leaseMs: number, settleMs: number): Promise<ClaimedMessage[]> {
    const rows = await this.dataSource.query<ClaimedRow[]>(claimLost, [limit, leaseMs, settleMs]);
    return rows.map((row) => toClaimed(row));
  }

  async record(result: AttemptResult): Promise<void> {
    const { step } = result;
    if (step.kind !== 'next_rung') {
      await this.records.add({ ...result, step });
    } else {
      const woken = await retryThroughOutage(() =>
        retryDeadlocks(() => moveToNextRung(this.dataSource, { ...result, step })),
      );
      this.wakeUps.wake(woken);
    }
    await this.accounts.note(result);
  }

  private async claimInPairs(gate: Gate, messageIds: readonly string[], leaseMs: number) {
    const limits = { leaseMs, mostLosses: innocentLosses, pairHeldMs: pairHeldMs(gate.pace) };
    const { claimed, tooSoon } = await retryDeadlocks(() =>
      claimFreePairs(this.dataSource, messageIds, limits),
    );
    if (tooSoon.length > 0) {
      // What cannot be held stays in the queue, and the sweep brings it again; what is claimed
      // must be sent.
      const later = await this.claimBehind(gate, tooSoon, leaseMs).catch(() => []);
      return [...claimed.map((row) => toClaimed(row)), ...later];
    }
    return claimed.map((row) => toClaimed(row));
  }

  private claimBehind(gate: Gate, messageIds: readonly string[], leaseMs: number) {
    return retryDeadlocks(() => claimAdmitted(this.dataSource, gate, messageIds, leaseMs));
  }

  /** WhatsApp alone keeps a pause between two messages to one person. */
  private aloneFor(leaseMs: number): AloneTimes {
    const pace = this.accounts.paceOf('whatsapp');
    return { leaseMs, personHeldMs: pace.pairIntervalMs > 0 ? pairHeldMs(pace) : 0 };
  }
}
