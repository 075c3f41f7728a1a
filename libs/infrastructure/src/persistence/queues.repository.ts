import type { DataSource } from 'typeorm';

/** What waits in one queue, as the database knows it. */
export interface QueueCounts {
  name: string;
  waiting: number;
  active: number;
  delayed: number;
  held: number;
  failed: number;
  oldest: Date | null;
}

export interface CountedQueues {
  now: Date;
  schedulerSeenAt: Date | null;
  queues: QueueCounts[];
}

/** Counts what waits where the truth about it is: jobs of the queue's store are only wake-ups. */
export class QueuesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Queues where nothing ever waited are left out. A workshop counts its own messages. */
  async count(tallerId: string | null): Promise<CountedQueues> {
    const [queues, [clock]] = await Promise.all([
      this.dataSource.query<QueueCounts[]>(counts, [tallerId]),
      this.dataSource.query<{ now: Date; schedulerSeenAt: Date | null }[]>(
        `SELECT clock_timestamp() AS now,
           (SELECT max(started_at) FROM schedule_run WHERE state <> 'asked') AS "schedulerSeenAt"`,
      ),
    ]);
    if (!clock) throw new Error('a query without a table gave no row');
    return { ...clock, queues };
  }
}

/** Each part rides on the partial index of its state. Tasks belong to no workshop. */
const counts = `
  WITH lines AS (
    SELECT channel AS name, 0 AS active, 0 AS failed, due_at,
      held_by IS NOT NULL AS held, due_at <= clock_timestamp() AS due
    FROM message WHERE state = 'queued' AND ($1::uuid IS NULL OR taller_id = $1)
    UNION ALL
    SELECT channel, 1, 0, NULL, false, false
    FROM message WHERE state = 'sending' AND ($1::uuid IS NULL OR taller_id = $1)
    UNION ALL
    SELECT m.channel, 0, 1, NULL, false, false
    FROM dead_letter d JOIN message m ON m.notification_id = d.id
    WHERE d.resolved_at IS NULL AND m.state IN ('failed', 'bounced')
      AND ($1::uuid IS NULL OR d.taller_id = $1)
    UNION ALL
    SELECT 'sync', 0, 0, due_at, false, due_at <= clock_timestamp()
    FROM sync_task WHERE state = 'queued' AND $1::uuid IS NULL
    UNION ALL
    SELECT 'sync', 1, 0, NULL, false, false
    FROM sync_task WHERE state = 'running' AND $1::uuid IS NULL
    UNION ALL
    SELECT 'sync', 0, 1, NULL, false, false
    FROM dead_letter WHERE kind = 'sync' AND resolved_at IS NULL AND $1::uuid IS NULL
  )
  SELECT name,
    count(*) FILTER (WHERE due AND NOT held)::integer AS waiting,
    sum(active)::integer AS active,
    count(*) FILTER (WHERE due_at IS NOT NULL AND NOT due AND NOT held)::integer AS delayed,
    count(*) FILTER (WHERE held)::integer AS held,
    sum(failed)::integer AS failed,
    min(due_at) FILTER (WHERE due AND NOT held) AS oldest
  FROM lines GROUP BY name
`;
