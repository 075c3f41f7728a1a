import type { DataSource } from 'typeorm';

/** Rows deleted by one statement, so that none holds its locks for long. */
const batchSize = 5000;

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
