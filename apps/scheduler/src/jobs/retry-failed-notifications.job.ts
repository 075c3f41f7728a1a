import { Injectable } from '@nestjs/common';
import { Outbox } from '#infrastructure/persistence/outbox.js';
import type { RunResult } from '#infrastructure/persistence/schedules.js';
import { ScheduledJob } from './job.js';

/**
 * Puts messages that are overdue back in front of the sweep, whoever claims to have woken a worker
 * for them. It decides nothing: how often and when a message is tried again stands in its due time.
 */
@Injectable()
export class RetryFailedNotificationsJob extends ScheduledJob {
  readonly name = 'retry_failed_notifications';

  constructor(private readonly outbox: Outbox) {
    super();
  }

  async run(): Promise<RunResult> {
    return { put_back: await this.outbox.putBackOverdue() };
  }
}
