import type { DataSource } from 'typeorm';
import { forgetUnreadable } from '../dead-letters/dead-webhooks.js';

/** Rows deleted by one statement, so that none holds its locks for long. */
const batchSize = 5000;

/** What was forgotten of each kind. */
export interface ForgottenReceipts {
  receipts: number;
  webhooks: number;
}

/**
 * Forgets receipts and webhooks after a week. What was applied stands in the log; what was not is
 * about messages that are none of ours. No provider repeats itself for longer than a day.
 */
export async function forgetReceipts(dataSource: DataSource): Promise<ForgottenReceipts> {
  const inBatches = async (table: 'receipt' | 'received_webhook'): Promise<number> => {
    let forgotten = 0;
    for (;;) {
      const [, count] = await dataSource.query<[unknown, number]>(
        `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
           SELECT ctid FROM ${table}
           WHERE received_at < clock_timestamp() - interval '7 days' LIMIT ${batchSize}))`,
      );
      forgotten += count;
      if (count < batchSize) return forgotten;
    }
  };
  const forgotten = {
    receipts: await inBatches('receipt'),
    webhooks: await inBatches('received_webhook'),
  };
  await forgetUnreadable(dataSource);
  return forgotten;
}
