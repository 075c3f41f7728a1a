import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { type Schedule, Schedules } from '#infrastructure/persistence/schedules.js';
import { DueTimes, isTooLate } from './due-times.js';
import { type DueRun, ScheduledJob } from './jobs/job.js';

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
  private readonly dueTimes = new DueTimes();
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
    await this.schedules.giveUpLost();
    const { now, schedules, tallerZones } = await this.schedules.active();
    for (const schedule of schedules) {
      const job = this.jobs.find(({ name }) => name === schedule.name);
      if (!job) continue;
      const zones = job.inEveryZone ? [schedule.timeZone, ...tallerZones] : [schedule.timeZone];
      const skip = (error: unknown) => this.warnOfSkipped(schedule.name, error);
      for (const { dueAt, zones: dueZones } of this.dueTimes.lastOf(schedule, zones, now, skip)) {
        const due = { now, zones: dueZones, homeZone: schedule.timeZone };
        // A ledger that cannot be written for one must not stop the others.
        await this.fireOnce(job, dueAt, due).catch(skip);
      }
    }
    await this.fireAsked(now, schedules);
  }

  /** The runs that staff asked to be made again, after one had used up its tries. */
  private async fireAsked(now: Date, schedules: readonly Schedule[]): Promise<void> {
    for (const { name, dueAt, zones } of await this.schedules.asked()) {
      const job = this.jobs.find((one) => one.name === name);
      const homeZone = schedules.find((one) => one.name === name)?.timeZone;
      if (!job || homeZone === undefined) continue;
      const skip = (error: unknown) => this.warnOfSkipped(name, error);
      await this.fireOnce(job, dueAt, { now, zones, homeZone }).catch(skip);
    }
  }

  private warnOfSkipped(schedule: string, error: unknown): void {
    this.logger.error({ msg: 'schedule skipped', schedule, error: String(error) });
  }

  private async fireOnce(job: ScheduledJob, dueAt: Date, due: DueRun): Promise<void> {
    if (await this.schedules.take(job.name, dueAt, due.zones)) await this.fire(job, dueAt, due);
  }

  private async fire(job: ScheduledJob, dueAt: Date, due: DueRun): Promise<void> {
    const { now } = due;
    if (isTooLate(dueAt, now)) {
      const lateMs = now.getTime() - dueAt.getTime();
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
