import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import {
  type RunResult,
  type Schedule,
  Schedules,
  type TakenRun,
} from '#infrastructure/persistence/schedules.js';
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
    await this.schedules.giveUpLost().catch((error) => this.warnOfSkipped('all', error));
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

  /** The runs that staff asked to be made again, after one had used up its tries; however late. */
  private async fireAsked(now: Date, schedules: readonly Schedule[]): Promise<void> {
    for (const { name, dueAt, zones } of await this.schedules.asked()) {
      const job = this.jobs.find((one) => one.name === name);
      const homeZone = schedules.find((one) => one.name === name)?.timeZone;
      if (!job || homeZone === undefined) continue;
      const skip = (error: unknown) => this.warnOfSkipped(name, error);
      await this.fireHoweverLate(job, dueAt, { now, zones, homeZone }).catch(skip);
    }
  }

  private warnOfSkipped(schedule: string, error: unknown): void {
    this.logger.error({ msg: 'schedule skipped', schedule, error: String(error) });
  }

  private async fireOnce(job: ScheduledJob, dueAt: Date, due: DueRun): Promise<void> {
    const run = await this.schedules.take(job.name, dueAt, due.zones);
    if (!run) return;
    if (isTooLate(dueAt, due.now)) await this.miss(run, due.now);
    else await this.fire(job, run, due);
  }

  private async fireHoweverLate(job: ScheduledJob, dueAt: Date, due: DueRun): Promise<void> {
    const run = await this.schedules.take(job.name, dueAt, due.zones);
    if (run) await this.fire(job, run, due);
  }

  private async miss(run: TakenRun, now: Date): Promise<void> {
    const { name: schedule, dueAt } = run;
    const lateMs = now.getTime() - dueAt.getTime();
    await this.schedules.finish(run, 'missed', { late_ms: lateMs });
    this.logger.warn({ msg: 'a run was missed for too long', schedule, dueAt, lateMs });
  }

  /** Where the ledger cannot be written after the work, the run is left, and taken over later. */
  private async fire(job: ScheduledJob, run: TakenRun, due: DueRun): Promise<void> {
    const { name: schedule, dueAt } = run;
    let result: RunResult;
    try {
      result = await job.run(due);
    } catch (error) {
      this.logger.error({ msg: 'schedule failed', schedule, dueAt, error: String(error) });
      await this.schedules.finish(run, 'failed', { error: String(error) });
      return;
    }
    await this.schedules.finish(run, 'done', result);
    this.logger.log({ msg: 'schedule done', schedule, dueAt, ...result });
  }
}
