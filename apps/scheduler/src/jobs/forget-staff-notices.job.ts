import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { forgetNotices } from '#infrastructure/persistence/inbox/forget-notices.js';
import type { RunResult } from '#infrastructure/persistence/schedules.js';
import { ScheduledJob } from './job.js';

/** Forgets what staff were told in the console a month ago. */
@Injectable()
export class ForgetStaffNoticesJob extends ScheduledJob {
  readonly name = 'forget_staff_notices';

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  async run(): Promise<RunResult> {
    return { forgotten: await forgetNotices(this.dataSource) };
  }
}
