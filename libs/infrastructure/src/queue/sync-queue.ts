import type { ConnectionOptions, Queue } from 'bullmq';
import { type SyncJobV1, syncJobV1 } from '#contracts/queue/sync-job.v1.js';
import type { SyncWakeUps } from '../persistence/sync/run-sync-task.js';
import { WakeUpLane } from './wake-up-lane.js';

export const syncQueueName = 'sync';

/** Wakes workers for tasks of the core system's records. The sweep finds those that it loses. */
export class SyncQueue implements SyncWakeUps {
  private readonly lane: WakeUpLane;

  /** @param onLost hears of each error, with how many ids were dropped by it */
  constructor(connection: ConnectionOptions, onLost: (error: unknown, count: number) => void) {
    const form = {
      queueName: syncQueueName,
      jobName: syncJobV1,
      // A task is up to a thousand records: each is worth a job, so that workers share them.
      mostIds: 1,
      jobOf: ([id = '']: string[]): SyncJobV1 => ({ id }),
    };
    this.lane = new WakeUpLane(connection, form, onLost);
  }

  wake(taskIds: readonly string[]): void {
    for (const id of taskIds) this.lane.put(id);
    this.lane.drain();
  }

  /** Resolves when the queue's store answered; throws when it does not. */
  probe(): Promise<void> {
    return this.lane.probe();
  }

  /** The queue itself, to be looked at. */
  queues(): Queue<object>[] {
    return [this.lane.queue];
  }

  /** How many workers listen to it now; throws when its store does not answer. */
  workers(): Promise<number> {
    return this.lane.workers();
  }

  /** Writes what is still waiting, as far as the store answers, then lets go of the connection. */
  close(): Promise<void> {
    return this.lane.close();
  }
}
