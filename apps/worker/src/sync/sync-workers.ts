import { Inject, Injectable, Logger } from '@nestjs/common';
import { type ConnectionOptions, Worker } from 'bullmq';
import { type SyncJobV1, syncJobV1 } from '#contracts/queue/sync-job.v1.js';
import { RunSyncTask } from '#infrastructure/persistence/sync/run-sync-task.js';
import { syncQueueName } from '#infrastructure/queue/sync-queue.js';
import { QUEUE_CONNECTION } from '#infrastructure/wiring/tokens.js';

/** Takes wake-ups from the queue `sync` and works on the tasks that they name. */
@Injectable()
export class SyncWorkers {
  private readonly logger = new Logger('SyncWorkers');
  private worker: Worker<SyncJobV1> | undefined;

  constructor(
    private readonly runner: RunSyncTask,
    @Inject(QUEUE_CONNECTION) private readonly connection: ConnectionOptions,
  ) {}

  async start(): Promise<void> {
    this.worker = new Worker<SyncJobV1>(
      syncQueueName,
      async ({ name, data }) => {
        // Another version's job: its task is found by the sweep of whoever knows it.
        if (name === syncJobV1) await this.runner.execute(data.id);
      },
      {
        connection: this.connection,
        // Each task is a transaction over up to a thousand rows; more would keep the pool from
        // the messages.
        concurrency: 2,
        // A wake-up is only a hint, so a crashed worker's may be given again as often as it wants.
        maxStalledCount: 1000,
        lockDuration: 30_000,
      },
    );
    this.worker.on('error', (error) =>
      this.logger.warn({ msg: 'queue trouble', queue: syncQueueName, error: String(error) }),
    );
    this.worker.on('failed', (job, error) =>
      this.logger.error({
        msg: 'an attempt at a task failed',
        task: job?.data.id,
        error: error.message,
        cause: String(error.cause),
      }),
    );
    await this.worker.waitUntilReady();
  }

  /** Takes no new task, and resolves when those under way are recorded. */
  async close(): Promise<void> {
    await this.worker?.close();
  }
}
