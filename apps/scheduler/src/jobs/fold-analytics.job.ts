import { Injectable } from '@nestjs/common';
import { RollUps } from '#infrastructure/persistence/roll-ups.js';
import { type RunResult, Schedules } from '#infrastructure/persistence/schedules.js';
import { ScheduledJob } from './job.js';

/**
 * Folds what workers and API have counted since the last time into the roll-ups, and makes those of
 * a workshop anew that has moved to another time zone.
 */
@Injectable()
export class FoldAnalyticsJob extends ScheduledJob {
  readonly name = 'fold_analytics';

  constructor(
    private readonly rollUps: RollUps,
    private readonly schedules: Schedules,
  ) {
    super();
  }

  async run(): Promise<RunResult> {
    const folded = await this.rollUps.fold();
    const built = await this.rollUps.buildMissing();
    // It fires every minute, and nobody reads of half a million runs a year.
    await this.schedules.forgetRuns(this.name);
    return { folded, built };
  }
}
