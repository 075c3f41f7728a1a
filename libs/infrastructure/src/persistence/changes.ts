import type { DataSource } from 'typeorm';
import type { IdempotencyClaim } from '#domain/dispatch/dispatch-command.js';
import { type Author, Change } from './change.js';
import { firstAnswer, lockKey } from './idempotency-keys.js';
import { retryDeadlocks } from './transient-errors.js';

/** Thrown when a key was used before with another body. */
export class IdempotencyKeyReused extends Error {}

/** Thrown while the first request under a key still runs, in whichever process. */
export class IdempotencyKeyInUse extends Error {}

/** The one door through which resources are changed: a transaction, with author and audit trail. */
export class Changes {
  constructor(private readonly dataSource: DataSource) {}

  /** All that the work writes is committed when this resolves, or nothing of it. */
  run<T>(author: Author, work: (change: Change) => Promise<T>): Promise<T> {
    return retryDeadlocks(() =>
      this.dataSource.transaction((manager) => work(new Change(manager, author))),
    );
  }

  /**
   * As {@link run}, once for each idempotency key. The key commits with what the work made; a
   * repeat gets the first answer. Throws {@link IdempotencyKeyInUse} for a twin at the same moment,
   * and {@link IdempotencyKeyReused}.
   *
   * @param work resolves with the answer, which must survive JSON
   */
  runOnce<T>(
    author: Author,
    claim: IdempotencyClaim | null,
    work: (change: Change) => Promise<T>,
  ): Promise<{ answer: T; replayed: boolean }> {
    return this.run(author, async (change) => {
      if (!claim) return { answer: await work(change), replayed: false };
      const { caller, operation, key, bodyHash } = claim;
      const own = [caller, operation, key];
      const [taken] = await change.manager.query<unknown[]>(
        `INSERT INTO idempotency_key (caller, operation, key, body_hash, response)
         SELECT $1::text, $2::text, $3::text, $4, 'null'
         WHERE ${lockKey('$1::text', '$2::text', '$3::text')}
         ON CONFLICT DO NOTHING RETURNING key`,
        [...own, bodyHash],
      );
      if (!taken) {
        const first = await firstAnswer<T>(change.manager, claim);
        if (!first) throw new IdempotencyKeyInUse();
        if (Buffer.compare(first.bodyHash, bodyHash) !== 0) throw new IdempotencyKeyReused();
        return { answer: first.response, replayed: true };
      }
      const answer = await work(change);
      await change.manager.query(
        `UPDATE idempotency_key SET response = $4
         WHERE caller = $1 AND operation = $2 AND key = $3`,
        [...own, JSON.stringify(answer ?? null)],
      );
      return { answer, replayed: false };
    });
  }
}
