import { setTimeout as pause } from 'node:timers/promises';
import { runMigrations } from 'bullmq';
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';

/** Any number of our own, the same in every version: it keeps two processes from migrating at once. */
const advisoryLock = 7_213_094_511;

/** How often a process that waits for another's migration looks. */
const lookEveryMs = 250;

/** The schema of BullMQ's tables, beside ours in `public`. */
const queueSchemaName = 'bullmq';

/**
 * Brings the schema up to this program's, and with `queueSchema` BullMQ's too. Several processes
 * may call it at once: one works, the others wait and find nothing to do.
 *
 * A step that cannot get its lock on a table within 2 s lets the waiting queries pass and is
 * tried again, up to ten times; then the last error is thrown. Steps done before stay done. None
 * may run for more than 15 minutes.
 *
 * @param dataSource on a connection that keeps its session; behind a pooler by transaction the
 *   lock and the timeouts would be anybody's
 */
export async function migrate(
  dataSource: DataSource,
  options: { queueSchema: boolean },
): Promise<{ applied: string[] }> {
  const runner = dataSource.createQueryRunner();
  try {
    await waitForTurn(runner);
    await runner.query(`SET lock_timeout = '2s'; SET statement_timeout = '15min'`);
    const applied = await runOwnSteps(dataSource, runner);
    if (options.queueSchema) {
      const client = await runner.connect();
      await retryLockTimeouts(() => runMigrations(client, queueSchemaName));
    }
    return { applied };
  } finally {
    // The connection goes back to the pool; a broken one has lost lock and settings with it.
    await runner
      .query(`SELECT pg_advisory_unlock_all(); RESET lock_timeout; SET statement_timeout = '30s'`)
      .catch(() => undefined);
    await runner.release();
  }
}

/** The names of the steps that {@link migrate} would make, oldest first. */
export async function pendingMigrations(dataSource: DataSource): Promise<string[]> {
  const known = dataSource.migrations.map((step) => step.name ?? step.constructor.name);
  const [{ exists }] = await dataSource.query(
    `SELECT to_regclass('public.migrations') IS NOT NULL AS exists`,
  );
  if (!exists) return known;
  const done: { name: string }[] = await dataSource.query('SELECT name FROM public.migrations');
  return known.filter((name) => !done.some((step) => step.name === name));
}

/**
 * Takes the lock that one migrating process has. Asked for again and again: a session that waits
 * inside Postgres holds a snapshot, for which the other's CREATE INDEX CONCURRENTLY would wait.
 */
async function waitForTurn(runner: QueryRunner): Promise<void> {
  for (;;) {
    const [row] = await runner.query('SELECT pg_try_advisory_lock($1) AS ours', [advisoryLock]);
    if (row.ours) return;
    await pause(lookEveryMs);
  }
}

async function runOwnSteps(dataSource: DataSource, runner: QueryRunner): Promise<string[]> {
  const applied: string[] = [];
  await retryLockTimeouts(async () => {
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    for (const step of await executor.executePendingMigrations()) applied.push(step.name);
  });
  return applied;
}

async function retryLockTimeouts(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      // lock_not_available
      if ((error as { code?: string }).code !== '55P03' || attempt === 10) throw error;
      await pause(200 * attempt);
    }
  }
}
