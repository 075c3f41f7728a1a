import { Injectable } from '@nestjs/common';
import { IdempotencyKeys } from '#infrastructure/persistence/idempotency-keys.js';
import type { RunResult } from '#infrastructure/persistence/schedules.js';
import { ScheduledJob } from './job.js';

/** Forgets idempotency keys when the time is over for which their answers are kept. */
@Injectable()
export class ForgetIdempotencyKeysJob extends ScheduledJob {
  readonly name = 'forget_idempotency_keys';

  constructor(private readonly keys: IdempotencyKeys) {
    super();
  }

  async run(): Promise<RunResult> {
    return { forgotten: await this.keys.forgetOld() };
  }
}
