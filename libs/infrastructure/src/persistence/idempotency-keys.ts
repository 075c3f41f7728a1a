import type { DataSource, EntityManager } from 'typeorm';

/** Rows deleted by one statement, so that none holds its locks for long. */
const batchSize = 5000;

/**
 * SQL: takes a key's lock until the transaction ends, or is false while another has it. Without it
 * a twin in another process would wait on the key's unique index for as long as the first one runs.
 *
 * @param columns of caller, operation and key
 */
export const lockKey = (...columns: [caller: string, operation: string, key: string]) =>
  `pg_try_advisory_xact_lock(hashtextextended(concat_ws(chr(10), ${columns.join(', ')}), 7))`;

/**
 * The answer that was kept under a key that another request took first; null while that one still
 * runs, or when it has failed since.
 */
export async function firstAnswer<T>(
  database: Pick<EntityManager, 'query'>,
  { caller, operation, key }: { caller: string; operation: string; key: string },
): Promise<{ bodyHash: Uint8Array; response: T } | null> {
  const [row] = await database.query<{ bodyHash: Uint8Array; response: T }[]>(
    `SELECT body_hash AS "bodyHash", response FROM idempotency_key
     WHERE caller = $1 AND operation = $2 AND key = $3`,
    [caller, operation, key],
  );
  return row ?? null;
}

/** The answers that are kept for callers who ask again. They are written with their events. */
export class IdempotencyKeys {
  constructor(private readonly dataSource: DataSource) {}

  /** Deletes keys older than the 7 days that callers are promised; gives back how many. */
  async forgetOld(): Promise<number> {
    let forgotten = 0;
    for (;;) {
      const [, count] = await this.dataSource.query<[unknown, number]>(
        `DELETE FROM idempotency_key WHERE ctid = ANY(ARRAY(
           SELECT ctid FROM idempotency_key
           WHERE created_at < clock_timestamp() - interval '7 days' LIMIT ${batchSize}))`,
      );
      forgotten += count;
      if (count < batchSize) return forgotten;
    }
  }
}
