import type { DataSource } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';
import type { Address } from '#domain/customers/recipient.js';
import {
  type AttemptResult,
  type ClaimedMessage,
  DeliveryLedger,
} from '#domain/ports/delivery-ledger.js';
import type { Variables } from '#domain/templates/variables.js';
import { Batcher } from './batcher.js';
import { claimDue, claimLost } from './claim-messages.js';
import { moveToNextRung } from './move-to-next-rung.js';
import { type RecordedAttempt, recordAttempts } from './record-attempts.js';
import { runPrepared } from './run-prepared.js';
import { retryDeadlocks, retryThroughOutage } from './transient-errors.js';
import type { WakeUps } from './wake-ups.js';

/** Attempts on Postgres: claims and records of concurrent messages share statements. */
export class PostgresDeliveryLedger extends DeliveryLedger {
  private readonly records: Batcher<RecordedAttempt, true>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly wakeUps: WakeUps,
  ) {
    super();
    const run = (attempts: RecordedAttempt[]) =>
      retryThroughOutage(() => retryDeadlocks(() => recordAttempts(dataSource, attempts)));
    this.records = new Batcher(run, 200, 2);
  }

  async claim(messageIds: readonly string[], leaseMs: number): Promise<ClaimedMessage[]> {
    const statement = claimDue(messageIds.length);
    const rows = await runPrepared<ClaimedRow>(this.dataSource, statement, [messageIds, leaseMs]);
    return rows.map(toClaimed);
  }

  async takeOverLost(limit: number, leaseMs: number): Promise<ClaimedMessage[]> {
    const rows = await this.dataSource.query<ClaimedRow[]>(claimLost, [limit, leaseMs]);
    return rows.map(toClaimed);
  }

  async record(result: AttemptResult): Promise<void> {
    const { step } = result;
    if (step.kind !== 'next_rung') {
      await this.records.add({ ...result, step });
      return;
    }
    const woken = await retryThroughOutage(() =>
      retryDeadlocks(() => moveToNextRung(this.dataSource, { ...result, step })),
    );
    this.wakeUps.wake(woken);
  }
}

interface ClaimedRow {
  id: string;
  notification_id: string;
  taller_id: string | null;
  channel: Channel;
  rung: number;
  rungs: number;
  address: Address;
  recipient_name: string;
  variables: Variables;
  template_version_id: string;
  priority: 'normal' | 'high';
  attempts: number;
  fence: number;
  valid_for_ms: number | null;
  look_up_since: Date | null;
}

function toClaimed(row: ClaimedRow): ClaimedMessage {
  return {
    id: row.id,
    notificationId: row.notification_id,
    tallerId: row.taller_id,
    channel: row.channel,
    rung: row.rung,
    hasNextRung: row.rung + 1 < row.rungs,
    address: row.address,
    recipientName: row.recipient_name,
    variables: row.variables,
    templateVersionId: row.template_version_id,
    priority: row.priority,
    attempt: row.attempts,
    fence: row.fence,
    validForMs: row.valid_for_ms,
    lookUpSince: row.look_up_since,
  };
}
