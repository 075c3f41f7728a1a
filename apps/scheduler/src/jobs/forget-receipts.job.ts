import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { forgetReceipts } from '#infrastructure/persistence/receipts/forget-receipts.js';
import type { RunResult } from '#infrastructure/persistence/schedules.js';
import { ScheduledJob } from './job.js';

/** Forgets what providers said of messages a week ago. */
@Injectable()
export class ForgetReceiptsJob extends ScheduledJob {
  readonly name = 'forget_receipts';

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  async run(): Promise<RunResult> {
    return { ...(await forgetReceipts(this.dataSource)) };
  }
}
