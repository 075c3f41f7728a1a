import type { DataSource } from 'typeorm';
import type { PageOfRows, PageWindow } from './find-page.js';

export interface ScheduleRunRow {
  due_at: string;
  state: 'asked' | 'running' | 'done' | 'failed' | 'missed';
  started_at: string;
  ended_at: string | null;
  tries: number;
  result: Record<string, unknown> | null;
}

export interface ScheduleRow {
  name: string;
  cron: string;
  time_zone: string;
  is_active: boolean;
  /** The newest first; six at most. Times in UTC. */
  runs: ScheduleRunRow[];
  now: Date;
}

/** Schedules as people look at them. */
export class SchedulesRepository {
  constructor(private readonly dataSource: DataSource) {}

  async page({ offset, limit }: PageWindow): Promise<PageOfRows<ScheduleRow>> {
    const [[counted], rows] = await Promise.all([
      this.dataSource.query<{ count: number }[]>('SELECT count(*)::integer AS count FROM schedule'),
      this.dataSource.query<ScheduleRow[]>(page, [offset, limit]),
    ]);
    return { count: counted?.count ?? 0, rows };
  }
}

const utc = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const page = `
  SELECT s.name, s.cron, s.time_zone, s.is_active, clock_timestamp() AS now,
    (SELECT coalesce(json_agg(json_build_object(
       'due_at', ${utc('r.due_at')}, 'state', r.state, 'started_at', ${utc('r.started_at')},
       'ended_at', ${utc('r.ended_at')}, 'tries', r.tries, 'result', r.result)
       ORDER BY r.due_at DESC), '[]')
     FROM (SELECT * FROM schedule_run WHERE schedule_name = s.name
           ORDER BY due_at DESC LIMIT 6) r) AS runs
  FROM schedule s ORDER BY s.name
  OFFSET $1 LIMIT $2
`;
