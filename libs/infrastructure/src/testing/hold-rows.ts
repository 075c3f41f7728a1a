import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

/** A transaction that stands still in the middle, so that others run into its locks. */
export interface HeldRows {
  /** Resolves when so many sessions of the database wait for a lock. */
  someoneWaits(count?: number): Promise<void>;
  /** Whether a session of the database waits for a lock now. */
  isWaitedFor(): Promise<boolean>;
  commit(): Promise<void>;
}

/** Runs a statement in a transaction of its own, which stays open. */
export async function holdRows(dataSource: DataSource, sql: string): Promise<HeldRows> {
  const runner = dataSource.createQueryRunner();
  await runner.startTransaction();
  await runner.query(sql);
  const waiting = async () => {
    // Within a transaction Postgres goes on showing the sessions as it first saw them.
    await runner.query('SELECT pg_stat_clear_snapshot()');
    const [{ count }] = await runner.query(
      `SELECT count(*)::int FROM pg_stat_activity
       WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    return count;
  };
  return {
    someoneWaits: async (count = 1) => {
      while ((await waiting()) < count) await pause(10);
    },
    isWaitedFor: async () => (await waiting()) > 0,
    commit: async () => {
      await runner.commitTransaction();
      await runner.release();
    },
  };
}
