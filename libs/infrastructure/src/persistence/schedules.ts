import type { DataSource } from 'typeorm';

export interface Schedule {
  name: string;
  /** Five fields: minute, hour, day of month, month, day of week. */
  cron: string;
  /** IANA zone in which the fields are meant. */
  timeZone: string;
  /** When it was made or last changed; due times before it never fire. */
  updatedAt: Date;
}

/** How a run ended; kept with it. */
export type RunResult = Record<string, unknown>;

/** Ten minutes apart; one that fails as often as this fails for a reason that time does not cure. */
const mostTries = 4;

/** The schedules and the ledger of their runs, one row for each due time. */
export class Schedules {
  constructor(private readonly dataSource: DataSource) {}

  /** The active schedules, the database's clock by which they fire, and the workshops' zones. */
  async active(): Promise<{ now: Date; schedules: Schedule[]; tallerZones: string[] }> {
    const rows = await this.dataSource.query<(Schedule & { now: Date; tallerZones: string[] })[]>(
      `SELECT clock_timestamp() AS now, name, cron, time_zone AS "timeZone",
         updated_at AS "updatedAt",
         array(SELECT DISTINCT time_zone FROM taller WHERE is_active) AS "tallerZones"
       FROM schedule WHERE is_active ORDER BY name`,
    );
    const [first] = rows;
    return {
      now: first?.now ?? new Date(0),
      schedules: rows,
      tallerZones: first?.tallerZones ?? [],
    };
  }

  /**
   * Takes a due time for this scheduler. False when another has it, or had it: of any number of
   * schedulers one wins. A run that failed 10 minutes ago, or that its scheduler left unfinished
   * for so long, may be taken again up to {@link mostTries} times, so every job must bear being
   * run twice.
   */
  async take(name: string, dueAt: Date): Promise<boolean> {
    const rows = await this.dataSource.query<{ taken: boolean }[]>(
      `INSERT INTO schedule_run AS r (schedule_name, due_at) VALUES ($1, $2)
       ON CONFLICT (schedule_name, due_at) DO UPDATE
         SET state = 'running', started_at = clock_timestamp(), tries = r.tries + 1
         WHERE r.state IN ('running', 'failed') AND r.tries < $3
           AND r.started_at < clock_timestamp() - interval '10 minutes'
       RETURNING true AS taken`,
      [name, dueAt, mostTries],
    );
    return rows.length > 0;
  }

  async finish(
    name: string,
    dueAt: Date,
    state: 'done' | 'failed' | 'missed',
    result: RunResult,
  ): Promise<void> {
    await this.dataSource.query(
      `UPDATE schedule_run SET state = $3, result = $4, ended_at = clock_timestamp()
       WHERE schedule_name = $1 AND due_at = $2`,
      [name, dueAt, state, JSON.stringify(result)],
    );
  }

  /** Forgets a schedule's runs of more than a day ago. None as old as that can fire again. */
  async forgetRuns(name: string): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM schedule_run
       WHERE schedule_name = $1 AND due_at < clock_timestamp() - interval '1 day'`,
      [name],
    );
  }
}
