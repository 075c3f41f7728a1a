import type { DataSource } from 'typeorm';
import { addDeadRuns, settleByRun } from './dead-letters/dead-runs.js';

export interface Schedule {
  name: string;
  /** Five fields: minute, hour, day of month, month, day of week. */
  cron: string;
  /** IANA zone in which the fields are meant. */
  timeZone: string;
  /** When it was made or last changed; due times before it never fire. */
  updatedAt: Date;
}

/** A run that was asked for, because one of before has failed. */
export interface AskedRun {
  name: string;
  /** When it was asked for. */
  dueAt: Date;
  /** The zones of the run that has failed. */
  zones: string[];
}

/** A run that this scheduler makes. */
export interface TakenRun {
  name: string;
  dueAt: Date;
  /** Which try it is: whoever takes it over has a later one, and this one ends nothing any more. */
  tries: number;
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

  /** Runs that were asked for and have not come to an end, the oldest first. */
  asked(): Promise<AskedRun[]> {
    return this.dataSource.query(
      `SELECT r.schedule_name AS name, r.due_at AS "dueAt",
         coalesce(r.zones, array[s.time_zone]) AS zones
       FROM schedule_run r JOIN schedule s ON s.name = r.schedule_name AND s.is_active
       WHERE r.state = 'asked'
         OR (r.replay_of IS NOT NULL AND r.state IN ('running', 'failed') AND r.tries < $1)
       ORDER BY r.due_at`,
      [mostTries],
    );
  }

  /**
   * Takes a due time for this scheduler. Null when another has it, or had it: of any number of
   * schedulers one wins. A run that failed 10 minutes ago, or that its scheduler left unfinished
   * for so long, may be taken again up to {@link mostTries} times, so every job must bear being
   * run twice. One that was asked for may be taken at once.
   *
   * @param zones where its time has come; kept with it, should it be asked for again
   */
  async take(name: string, dueAt: Date, zones: readonly string[]): Promise<TakenRun | null> {
    const [taken] = await this.dataSource.query<{ tries: number }[]>(
      `INSERT INTO schedule_run AS r (schedule_name, due_at, zones) VALUES ($1, $2, $4)
       ON CONFLICT (schedule_name, due_at) DO UPDATE
         SET state = 'running', started_at = clock_timestamp(), tries = r.tries + 1,
           zones = coalesce(r.zones, excluded.zones)
         WHERE r.state = 'asked' OR (r.state IN ('running', 'failed') AND r.tries < $3
           AND r.started_at < clock_timestamp() - interval '10 minutes')
       RETURNING tries`,
      [name, dueAt, mostTries, zones],
    );
    return taken ? { name, dueAt, tries: taken.tries } : null;
  }

  /**
   * Writes down how a run ended, unless another scheduler has taken it over meanwhile. One that has
   * used up its tries is a dead letter from then on, and one that is done makes up for those of
   * before in the same zones.
   */
  async finish(
    { name, dueAt, tries }: TakenRun,
    state: 'done' | 'failed' | 'missed',
    result: RunResult,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [ended] = await manager.query<[{ id: string }[], number]>(
        `UPDATE schedule_run SET state = $3, result = $4, ended_at = clock_timestamp()
         WHERE schedule_name = $1 AND due_at = $2 AND state = 'running' AND tries = $5
         RETURNING id`,
        [name, dueAt, state, JSON.stringify(result), tries],
      );
      for (const { id } of ended) {
        if (state === 'failed') await addDeadRuns(manager, [id], 'run_failed', mostTries);
        if (state === 'done') await settleByRun(manager, id);
      }
    });
  }

  /**
   * Ends the runs that their schedulers left unfinished for ten minutes, so that they count as
   * failed, whether they are tried again or not; gives back how many there were.
   */
  giveUpLost(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const [lost] = await manager.query<[{ id: string }[], number]>(
        `UPDATE schedule_run r SET state = 'failed', ended_at = clock_timestamp(),
           result = '{"error": "its scheduler died"}'
         WHERE state = 'running' AND started_at < clock_timestamp() - interval '10 minutes'
         RETURNING id`,
      );
      const ids = lost.map(({ id }) => id);
      if (ids.length > 0) await addDeadRuns(manager, ids, 'run_lost', mostTries);
      return ids.length;
    });
  }

  /**
   * Forgets a schedule's runs of more than a day ago. None as old as that can fire again, save by a
   * replay.
   */
  async forgetRuns(name: string): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM schedule_run r
       WHERE schedule_name = $1 AND due_at < clock_timestamp() - interval '1 day'
         AND NOT EXISTS (SELECT FROM dead_letter d WHERE d.id = r.id AND d.resolved_at IS NULL)`,
      [name],
    );
  }
}
