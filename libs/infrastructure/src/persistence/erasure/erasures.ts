import type { DataSource, EntityManager } from 'typeorm';
import { forgetUnreadable } from '../dead-letters/dead-webhooks.js';
import { retryDeadlocks } from '../transient-errors.js';
import { type BegunErasure, beginErasure } from './begin-erasure.js';
import { forgetAnswers } from './forget-answers.js';
import type { IdHashes } from './id-hashes.js';
import { scrubEvents } from './scrub-events.js';

/** Events scrubbed by one transaction, so that none holds its locks for long. */
const batchSize = 100;

/** Tables whose rows an erasure changes or takes away. */
const touched = [
  'customer',
  'customer_preference',
  'vehicle',
  'odometer_reading',
  'reminder',
  'reminder_notice',
  'push_subscription',
  'suppressed_address',
  'event',
  'notification',
  'message',
  'timeline',
  'receipt',
  'received_webhook',
  'idempotency_key',
  'sync_task',
  'source_record',
  'erased_record',
  'dead_letter',
  'erasure',
];

/** How far an erasure is. */
export interface ErasureState {
  id: string;
  /** What the log names the person by from now on. */
  pseudonym: string;
  requestedAt: Date;
  /** Null while rows that name him are left. */
  erasedAt: Date | null;
  events: number;
  /** Notifications that were on their way. */
  canceled: number;
}

/** Begins erasures, and brings them to an end in small transactions, whoever dies on the way. */
export class Erasures {
  constructor(
    private readonly dataSource: DataSource,
    private readonly hashes: IdHashes,
  ) {}

  /** As {@link beginErasure}. */
  begin(
    manager: EntityManager,
    scope: string | null,
    customerId: string,
  ): Promise<BegunErasure | null> {
    return beginErasure(manager, this.hashes, scope, customerId);
  }

  /**
   * Scrubs the log until nothing names the person. Several may do it at once.
   *
   * @param isInTime asked between two batches; false leaves the rest to {@link finishOpen}
   */
  async finish(id: string, isInTime: () => boolean = () => true): Promise<ErasureState> {
    let state = await this.scrubBatch(id);
    while (state.erasedAt === null && isInTime()) state = await this.scrubBatch(id);
    return state;
  }

  /**
   * Ends what a process that died has left, and looks once more for what was written by a dispatch
   * that had read the customer just before. Gives back how many erasures are now done with.
   */
  async finishOpen(): Promise<number> {
    const open = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM erasure
       WHERE customer_hash IS NOT NULL AND requested_at < clock_timestamp() - interval '5 seconds'
       ORDER BY requested_at LIMIT 20`,
    );
    for (const { id } of open) {
      await this.finish(id);
      await this.nameStragglers(id);
      await this.finish(id);
      await this.dataSource.query('UPDATE erasure SET customer_hash = NULL WHERE id = $1', [id]);
    }
    if (open.length === 0) return 0;
    await forgetUnreadable(this.dataSource);
    await this.clearDeadRows();
    return open.length;
  }

  /**
   * The rows as they were stand in the tables until they are vacuumed, which of a large table
   * Postgres may not do by itself for months. Best effort: it needs the tables' owner, and leaves
   * out what somebody has locked. Bytes in the free space of pages, in indexes and in the
   * write-ahead log go when they are written over; VACUUM FULL ends those of the tables at once,
   * and keeps everybody out meanwhile.
   */
  private async clearDeadRows(): Promise<void> {
    for (const table of touched) {
      await this.dataSource.query(`VACUUM (SKIP_LOCKED) ${table}`).catch(() => undefined);
    }
  }

  /** Nothing is done to one who is there again: his events are new ones. */
  private async nameStragglers(id: string): Promise<void> {
    const rows = await this.dataSource.query<{ customer_id: string; customer_hash: Buffer }[]>(
      unknownPeople,
      [id],
    );
    const late = rows.find(({ customer_id, customer_hash }) =>
      this.hashes
        .anyOf({ kind: 'customer', id: customer_id })
        .some((hash) => hash.equals(customer_hash)),
    );
    if (!late) return;
    await this.dataSource.query('UPDATE erasure SET customer_id = $2 WHERE id = $1', [
      id,
      late.customer_id,
    ]);
  }

  private async scrubBatch(id: string): Promise<ErasureState> {
    const customerId = await retryDeadlocks(() =>
      this.dataSource.transaction(async (manager) => {
        const [erasure] = await manager.query<{ customer_id: string | null }[]>(
          'SELECT customer_id FROM erasure WHERE id = $1 FOR UPDATE',
          [id],
        );
        if (!erasure || erasure.customer_id === null) return null;
        const done = await scrubEvents(manager, erasure.customer_id, pseudonymOf(id), batchSize);
        await manager.query(
          'UPDATE erasure SET events = events + $2, canceled = canceled + $3 WHERE id = $1',
          [id, done.events, done.canceled],
        );
        return done.events === 0 ? erasure.customer_id : null;
      }),
    );
    if (customerId !== null) {
      await forgetAnswers(this.dataSource, customerId, pseudonymOf(id));
      await this.dataSource.query(
        `UPDATE erasure SET customer_id = NULL, erased_at = coalesce(erased_at, clock_timestamp())
         WHERE id = $1`,
        [id],
      );
    }
    return this.stateOf(id);
  }

  async stateOf(id: string): Promise<ErasureState> {
    const [row] = await this.dataSource.query<Omit<ErasureState, 'pseudonym'>[]>(
      `SELECT id, requested_at AS "requestedAt", events, canceled,
         CASE WHEN customer_id IS NULL THEN erased_at END AS "erasedAt"
       FROM erasure WHERE id = $1`,
      [id],
    );
    if (!row) throw new Error('an erasure was begun and is gone again');
    return { ...row, pseudonym: pseudonymOf(id) };
  }
}

/** Random, so that nothing leads back from it. */
function pseudonymOf(id: string): string {
  return `erased-${id}`;
}

/** Whom events just before and since the erasure name who is not there (again). */
const unknownPeople = `
  SELECT DISTINCT e.customer_id, own.customer_hash FROM event e JOIN erasure own ON own.id = $1
  WHERE e.created_at > own.requested_at - interval '1 minute'
    AND NOT EXISTS (SELECT FROM customer c WHERE c.id = e.customer_id)
`;
