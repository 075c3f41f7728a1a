import type { DataSource } from 'typeorm';

/** Rows deleted by one statement, so that none holds its locks for long. */
const batchSize = 1000;

/** What was forgotten of each kind. */
export interface Forgotten {
  tasks: number;
  dead_letters: number;
  records: number;
  /** Of schedules. */
  runs: number;
}

/**
 * Forgets what nobody asks for any more: tasks a week after they were done, what failed for good
 * after three months (by then nobody replays it), the runs of schedules as well, and a month after
 * the core system deleted a customer the vehicles that would have come back with him. Versions
 * stay, a few bytes each: a late record is known to be late for ever.
 */
export async function forgetSyncTasks(dataSource: DataSource): Promise<Forgotten> {
  const inBatches = async (statement: string): Promise<number> => {
    let forgotten = 0;
    for (;;) {
      const [, count] = await dataSource.query<[unknown, number]>(statement, [batchSize]);
      forgotten += count;
      if (count < batchSize) return forgotten;
    }
  };
  return {
    dead_letters: await inBatches(deadLetters),
    tasks: await inBatches(tasks),
    records: await inBatches(records),
    runs: await inBatches(runs),
  };
}

const deadLetters = `
  DELETE FROM dead_letter WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM dead_letter WHERE at < clock_timestamp() - interval '90 days' LIMIT $1))
`;

/** One whose dead letter is still there may be replayed. */
const tasks = `
  DELETE FROM sync_task WHERE ctid = ANY(ARRAY(
    SELECT t.ctid FROM sync_task t WHERE t.ended_at < clock_timestamp() - interval '7 days'
      AND NOT EXISTS (SELECT FROM dead_letter d WHERE d.id = t.id AND d.resolved_at IS NULL)
    LIMIT $1))
`;

/** A scheduler looks through them every few seconds. */
const runs = `
  DELETE FROM schedule_run WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM schedule_run WHERE due_at < clock_timestamp() - interval '90 days' LIMIT $1))
`;

const records = `
  UPDATE source_record SET waiting = NULL WHERE ctid = ANY(ARRAY(
    SELECT v.ctid FROM source_record v
    JOIN source_record c ON c.kind = 'customer' AND c.id = v.waiting->>'customer_id'
    WHERE v.kind = 'vehicle' AND v.waiting IS NOT NULL
      AND c.deleted AND c.said_at < clock_timestamp() - interval '30 days'
    LIMIT $1))
`;
