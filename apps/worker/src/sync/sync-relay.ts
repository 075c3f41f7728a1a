import { Inject, Injectable } from '@nestjs/common';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { RunSyncTask } from '#infrastructure/persistence/sync/run-sync-task.js';
import { SyncTasks } from '#infrastructure/persistence/sync/sync-tasks.js';
import { SyncQueue } from '#infrastructure/queue/sync-queue.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { Sweep } from '../sweep.js';

/** Tasks looked at in one go. */
const batchSize = 100;
/** A wake-up that was not followed by a claim in this time counts as lost. */
const patienceMs = 10_000;

/**
 * Walks the tasks of the core system's records as the outbox is walked: wakes what is due and was
 * not woken, and puts back what a dead process held.
 */
@Injectable()
export class SyncRelay {
  readonly sweep: Sweep;

  constructor(
    private readonly tasks: SyncTasks,
    private readonly queue: SyncQueue,
    private readonly runner: RunSyncTask,
    @Inject(CONFIGURATION) { delivery }: Configuration,
  ) {
    this.sweep = new Sweep('sync', delivery.sweepIntervalMs, () => this.round());
  }

  private async round(): Promise<boolean> {
    const lost = await this.runner.settleLost(batchSize);
    const due = await this.tasks.takeDue(batchSize, patienceMs);
    this.queue.wake(due);
    return [lost, due.length].includes(batchSize);
  }
}
