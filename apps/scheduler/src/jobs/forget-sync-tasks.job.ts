import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { RunResult } from '#infrastructure/persistence/schedules.js';
import { forgetSyncTasks } from '#infrastructure/persistence/sync/forget-sync-tasks.js';
import { ScheduledJob } from './job.js';

/** Forgets tasks, dead letters and runs of schedules when nobody asks for them any more. */
@Injectable()
export class ForgetSyncTasksJob extends ScheduledJob {
  readonly name = 'forget_sync_tasks';

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  async run(): Promise<RunResult> {
    return { ...(await forgetSyncTasks(this.dataSource)) };
  }
}
