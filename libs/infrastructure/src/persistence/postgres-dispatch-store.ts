import type { DataSource } from 'typeorm';
import { findByReference } from '#domain/catalog/catalog.js';
import type { Recipient } from '#domain/customers/recipient.js';
import type { DispatchCommand, IdempotencyClaim } from '#domain/dispatch/dispatch-command.js';
import type { DispatchPlan } from '#domain/dispatch/plan.js';
import type { DispatchFacts } from '#domain/dispatch/plan-dispatch.js';
import type { Setup } from '#domain/orchestration/setup.js';
import { DispatchStore, type EarlierAnswer } from '#domain/ports/dispatch-store.js';
import { type AcceptedDispatch, acceptDispatch } from './accept-dispatch.js';
import { Batcher } from './batcher.js';
import {
  type FactsNeed,
  type FactsRow,
  factsParameters,
  type PersonRow,
  readFacts,
  readStaff,
  toCustomer,
  toRecipient,
  toVehicle,
} from './dispatch-facts.js';
import { type InsertOutcome, insertDispatches } from './insert-dispatches.js';
import { runPrepared } from './run-prepared.js';
import type { SetupCache } from './setup-cache.js';
import type { WakeUps } from './wake-ups.js';

/**
 * The queue's wake-up would take the cores from the delivery that the doorbell began: 0.9 ms of
 * its way on two cores. By then the message is at its provider as a rule.
 */
const afterDoorbellMs = 10;

/** Reads and writes of concurrent dispatches share statements (design: one read, one write). */
export class PostgresDispatchStore extends DispatchStore {
  private readonly reads: Batcher<FactsNeed, FactsRow>;
  private readonly writes: Batcher<AcceptedDispatch, InsertOutcome>;
  private writing = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly setups: SetupCache,
    private readonly adminEmails: readonly string[],
    private readonly wakeUps: WakeUps,
  ) {
    super();
    const runReads = (needs: FactsNeed[]) =>
      runPrepared<FactsRow>(dataSource, readFacts(needs.length), factsParameters(needs));
    this.reads = new Batcher(runReads, 200, 2);
    this.writes = new Batcher((accepted) => this.write(accepted), 200, 2);
  }

  async read(
    command: DispatchCommand,
    claim: IdempotencyClaim | null,
  ): Promise<{ facts: DispatchFacts; earlier: EarlierAnswer | null }> {
    const { customerId, vehicleId } = command;
    const row = await this.reads.add({ customerId, vehicleId, claim });
    const setup = await this.setups.atVersion(row.configuration_version);
    const customer = toCustomer(row);
    const staff =
      command.target === 'staff'
        ? await this.staffFor(command, setup, customer?.tallerId ?? null)
        : [];
    return {
      facts: { setup, now: row.now, customer, vehicle: toVehicle(row), staff },
      earlier:
        row.response && row.body_hash ? { bodyHash: row.body_hash, receipt: row.response } : null,
    };
  }

  async commit(
    command: DispatchCommand,
    plan: DispatchPlan,
    claim: IdempotencyClaim | null,
  ): ReturnType<DispatchStore['commit']> {
    const accepted = acceptDispatch(command, plan, claim);
    const outcome = await this.writes.add(accepted);
    if (outcome.kind !== 'inserted') return outcome;
    this.wakeUps.wake(
      accepted.messages.filter(({ wakeNow }) => wakeNow),
      outcome.rang ? afterDoorbellMs : 0,
    );
    return { kind: 'committed', receipt: accepted.receipt };
  }

  /** A dispatch that comes alone rings; of those under load, some five a second still do. */
  private async write(accepted: readonly AcceptedDispatch[]): Promise<InsertOutcome[]> {
    const alone = accepted.length === 1 && this.writing === 0;
    this.writing += 1;
    try {
      return await insertDispatches(this.dataSource, accepted, alone);
    } finally {
      this.writing -= 1;
    }
  }

  // Few dispatches are for staff, so theirs is a round trip of its own.
  private async staffFor(
    command: DispatchCommand,
    setup: Setup,
    customerTallerId: string | null,
  ): Promise<Recipient[]> {
    const reference = command.tallerId ?? customerTallerId;
    const taller = reference === null ? undefined : findByReference(setup.talleres, reference);
    const phase = findByReference(setup.phases, command.phase);
    const rows =
      taller && phase
        ? await this.dataSource.query<(PersonRow & { id: string })[]>(readStaff, [
            taller.id,
            phase.id,
          ])
        : [];
    if (rows.length > 0) return rows.map((row) => toRecipient('staff', row.id, row));
    return this.adminEmails.map((email) => ({
      kind: 'admin',
      id: email,
      name: email,
      addresses: [{ channel: 'email', email }],
      preferences: {},
      suppressed: [],
    }));
  }
}
