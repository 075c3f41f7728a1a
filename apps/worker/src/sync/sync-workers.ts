import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ConnectionOptions } from 'bullmq';
import { type SyncJobV1, syncJobV1 } from '#contracts/queue/sync-job.v1.js';
import { RunSyncTask } from '#infrastructure/persistence/sync/run-sync-task.js';
import { QueueWorker } from '#infrastructure/queue/queue-worker.js';
import { syncQueueName } from '#infrastructure/queue/sync-queue.js';
import { QUEUE_CONNECTION } from '#infrastructure/wiring/tokens.js';

/** Takes wake-ups from the queue `sync` and works on the tasks that they name. */
@Injectable()
export class SyncWorkers {
  private readonly logger = new Logger('SyncWorkers');
  private readonly worker: QueueWorker<SyncJobV1>;

  constructor(runner: RunSyncTask, @Inject(QUEUE_CONNECTION) connection: ConnectionOptions) {
    const work = {
      queueName: syncQueueName,
      // Each task is a transaction over up to a thousand rows; more would keep the pool from
      // the messages.
      concurrency: 2,
      jobs: { [syncJobV1]: ({ id }: SyncJobV1) => runner.execute(id) },
    };
    this.worker = new QueueWorker(connection, work, {
      onTrouble: (error) =>
        this.logger.warn({ msg: 'queue trouble', queue: syncQueueName, error: String(error) }),
      onFailed: (job, error) =>
        this.logger.error({
          msg: 'an attempt at a task failed',
          task: job?.id,
          error: error.message,
          cause: String(error.cause),
        }),
    });
  }

  start(): Promise<void> {
    return this.worker.start();
  }

  /** Takes no new task, and resolves when those under way are recorded. */
  close(): Promise<void> {
    return this.worker.close();
  }
}
