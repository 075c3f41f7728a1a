import type { DataSource, EntityManager } from 'typeorm';
import { decideTaskStep } from '#domain/sync/decide-task-step.js';
import { holdErasures } from '../erasure/erased-records.js';
import type { IdHashes } from '../erasure/id-hashes.js';
import { isFaultOfData, isOutage, retryDeadlocks } from '../transient-errors.js';
import { applyCustomers } from './apply-customers.js';
import { applyVehicles, removeWaitingVehicles } from './apply-vehicles.js';
import { ClaimLost, recordTask } from './record-task.js';
import { siftCustomers, siftVehicles } from './sift-erased.js';
import type { ClaimedTask, SyncPayload, SyncTasks } from './sync-tasks.js';

/**
 * How long a claim holds. The work of a payload is one transaction of some tenths of a second; a
 * statement may take 30 s at most.
 */
const leaseMs = 60_000;

/** Wakes workers for tasks. A lost call is found by the sweep. */
export interface SyncWakeUps {
  wake(taskIds: readonly string[]): void;
}

/**
 * An attempt at a task failed, and that was written down. The message tells the kind of the error
 * alone, because the queue keeps it; the cause is for the log, which masks what is personal.
 */
export class TaskFailed extends Error {}

/** Applies what the core system sent, and writes down what came of it. */
export class RunSyncTask {
  constructor(
    private readonly dataSource: DataSource,
    private readonly tasks: SyncTasks,
    private readonly wakeUps: SyncWakeUps,
    private readonly hashes: IdHashes,
    /** From 0 (included) to 1 (excluded). */
    private readonly random: () => number,
  ) {}

  /**
   * Works on a task if it is due and nobody else has it. Its records and the word that they are
   * applied are committed together, so that they are applied once, whoever dies when. Throws
   * {@link TaskFailed} when they could not be.
   */
  async execute(taskId: string): Promise<void> {
    const task = await this.tasks.claim(taskId, leaseMs);
    if (!task) return;
    try {
      const wakened = await retryDeadlocks(() =>
        this.dataSource.transaction((manager) => this.apply(manager, task)),
      );
      this.wakeUps.wake(wakened);
    } catch (error) {
      if (error instanceof ClaimLost) return;
      const { code, detail } = faultOf(error);
      await this.leave(task, 'failed', code, detail);
      throw new TaskFailed(`${code}: ${detail}`, { cause: error });
    }
  }

  /** Puts back what dead processes held, or gives it up; gives back how many tasks there were. */
  async settleLost(limit: number): Promise<number> {
    const lost = await this.tasks.takeOverLost(limit, leaseMs);
    const detail = 'the process that had the task ended before it recorded anything';
    for (const task of lost) await this.leave(task, 'lost', 'worker_lost', detail);
    return lost.length;
  }

  private async apply(manager: EntityManager, task: ClaimedTask): Promise<string[]> {
    await holdErasures(manager);
    const { changed, waiting, wakened, ignored } = await this.applyRecords(manager, task.payload);
    const outcome = waiting.length > 0 ? 'incomplete' : 'applied';
    const step = decideTaskStep(outcome, task.attempt, this.random());
    if (step.kind === 'give_up') {
      await removeWaitingVehicles(
        manager,
        waiting.map(({ id }) => id),
      );
    }
    const settled = task.payload.records.length - waiting.length - ignored;
    // What waited and waits no more was applied, be it with the customer when he came.
    const applied = task.hasWaited ? settled : changed;
    await recordTask(manager, task, {
      step,
      applied,
      unchanged: settled - applied,
      ignored,
      waiting,
      fault:
        waiting.length > 0 ? { code: 'customer_missing', detail: waitersOf(waiting.length) } : null,
    });
    return wakened;
  }

  private async applyRecords(manager: EntityManager, { kind, records }: SyncPayload) {
    if (kind === 'customers') {
      const sifted = await siftCustomers(manager, this.hashes, records);
      const applied = await applyCustomers(manager, sifted.records);
      return { ...applied, waiting: [], ignored: sifted.ignored };
    }
    const sifted = await siftVehicles(manager, this.hashes, records);
    const applied = await applyVehicles(manager, sifted.records);
    return { ...applied, wakened: [], ignored: sifted.ignored };
  }

  private leave(
    task: ClaimedTask,
    outcome: 'failed' | 'lost',
    code: string,
    detail: string,
  ): Promise<void> {
    const step = decideTaskStep(outcome, task.attempt, this.random());
    const nothing = { applied: 0, unchanged: 0, ignored: 0, waiting: null };
    const record = { step, ...nothing, fault: { code, detail } };
    return this.dataSource
      .transaction((manager) => recordTask(manager, task, record))
      .catch((error) => {
        if (!(error instanceof ClaimLost)) throw error;
      });
  }
}

function waitersOf(count: number): string {
  return count === 1
    ? '1 vehicle waits for its customer'
    : `${count} vehicles wait for their customers`;
}

/** What is told of an error: its kind. Its words may hold what belongs to a person. */
function faultOf(error: unknown): { code: string; detail: string } {
  const code = isFaultOfData(error)
    ? 'data_refused'
    : isOutage(error)
      ? 'database_unavailable'
      : 'internal_error';
  const state = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return { code, detail: `${error instanceof Error ? error.name : 'Error'} ${state}`.trim() };
}
