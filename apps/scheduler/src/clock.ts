import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Cron } from 'croner';
import { type Schedule, Schedules } from '#infrastructure/persistence/schedules.js';
import { type DueRun, ScheduledJob } from './jobs/job.js';

/** A run missed for longer than this is not made up for: nobody wants a reminder at midnight. */
const catchUpMs = 12 * 3_600_000;

export const JOBS = Symbol('ScheduledJobs');

/**
 * Fires what is due. Every few seconds it asks, by the database's clock, which due time of each
 * schedule was the last, and takes it if nobody has: any number of schedulers may run, a missed
 * run is made up for once, and a change of the clocks neither skips nor doubles a day's run.
 *
 * The fields of a schedule are meant in its own zone, or in that of every workshop: 08:00 then
 * comes several times a day, once for all zones where it is the same moment.
 */
@Injectable()
export class Clock {
  private readonly logger = new Logger('Clock');
  private ticking: Promise<void> | undefined;
  private lastTickMs = performance.now();

  constructor(
    private readonly schedules: Schedules,
    @Inject(JOBS) private readonly jobs: readonly ScheduledJob[],
  ) {}

  @Interval(5000)
  tick(): Promise<void> {
    this.lastTickMs = performance.now();
    this.ticking ??= this.fireDue()
      .catch((error) => {
        this.logger.warn({ msg: 'the schedules could not be read', error: String(error) });
      })
      .finally(() => {
        this.ticking = undefined;
      });
    return this.ticking;
  }

  /** Whether the clock was asked in the last minute. */
  isTicking(): boolean {
    return performance.now() - this.lastTickMs < 60_000;
  }

  /** Resolves when no run is under way. */
  async settle(): Promise<void> {
    await this.ticking;
  }

  private async fireDue(): Promise<void> {
    const { now, schedules, tallerZones } = await this.schedules.active();
    for (const schedule of schedules) {
      const job = this.jobs.find(({ name }) => name === schedule.name);
      if (!job) continue;
      const zones = job.inEveryZone ? [schedule.timeZone, ...tallerZones] : [schedule.timeZone];
      for (const [dueMs, dueZones] of this.lastDueByMoment(schedule, zones, now)) {
        const due = { now, zones: dueZones, homeZone: schedule.timeZone };
        // A ledger that cannot be written for one must not stop the others.
        await this.fireOnce(job, new Date(dueMs), due).catch((error) => {
          this.warnOfSkipped(schedule.name, error);
        });
      }
    }
  }

  /** The last due time of each zone, the earliest first, with all zones of which it is the last. */
  private lastDueByMoment(
    schedule: Schedule,
    zones: readonly string[],
    now: Date,
  ): [dueMs: number, zones: string[]][] {
    const moments = new Map<number, string[]>();
    for (const timeZone of new Set(zones)) {
      // One zone or schedule that cannot be read must not stop the others.
      try {
        const dueAt = lastDue({ ...schedule, timeZone }, now);
        if (!dueAt || dueAt < schedule.updatedAt) continue;
        moments.set(dueAt.getTime(), [...(moments.get(dueAt.getTime()) ?? []), timeZone]);
      } catch (error) {
        this.warnOfSkipped(schedule.name, error);
      }
    }
    return [...moments].sort(([a], [b]) => a - b);
  }

  private warnOfSkipped(schedule: string, error: unknown): void {
    this.logger.error({ msg: 'schedule skipped', schedule, error: String(error) });
  }

  private async fireOnce(job: ScheduledJob, dueAt: Date, due: DueRun): Promise<void> {
    if (await this.schedules.take(job.name, dueAt)) await this.fire(job, dueAt, due);
  }

  private async fire(job: ScheduledJob, dueAt: Date, due: DueRun): Promise<void> {
    const { now } = due;
    const lateMs = now.getTime() - dueAt.getTime();
    if (lateMs > catchUpMs) {
      await this.schedules.finish(job.name, dueAt, 'missed', { late_ms: lateMs });
      this.logger.warn({ msg: 'a run was missed for too long', schedule: job.name, dueAt, lateMs });
      return;
    }
    try {
      const result = await job.run(due);
      await this.schedules.finish(job.name, dueAt, 'done', result);
      this.logger.log({ msg: 'schedule done', schedule: job.name, dueAt, ...result });
    } catch (error) {
      this.logger.error({
        msg: 'schedule failed',
        schedule: job.name,
        dueAt,
        error: String(error),
      });
      await this.schedules.finish(job.name, dueAt, 'failed', { error: String(error) });
    }
  }
}

/**
 * The latest due time up to now; null when there was none. Throws when the fields or the zone
 * cannot be read.
 */
export function lastDue({ cron, timeZone }: Schedule, now: Date): Date | null {
  const [last] = new Cron(cron, { timezone: timeZone }).previousRuns(1, now);
  return last ?? null;
}
