import { setTimeout as pause } from 'node:timers/promises';
import { type ConnectionOptions, Queue } from 'bullmq';
import { endsInTime } from '../process/in-time.js';
import { forProducers } from './queue-backend.js';

/** What one queue's jobs look like. */
export interface LaneForm {
  queueName: string;
  jobName: string;
  /** Ids that one job names at most. */
  mostIds: number;
  jobOf(ids: string[]): object;
}

/**
 * Writes wake-ups into one queue. While one is being written, the ids that come meanwhile gather
 * for the next: a job costs about 2 ms of CPU on Postgres, however many ids it names. A wake-up
 * that cannot be written is dropped and told to `onLost`; a sweep finds whatever it named.
 */
export class WakeUpLane {
  readonly queue: Queue<object>;
  private readonly waiting: string[] = [];
  /** The writing under way, to its end. */
  private draining: Promise<void> | null = null;
  private isOffering = false;

  /** @param onLost hears of each error, with how many ids were dropped by it */
  constructor(
    connection: ConnectionOptions,
    private readonly form: LaneForm,
    private readonly onLost: (error: unknown, count: number) => void,
  ) {
    this.queue = new Queue<object>(form.queueName, {
      connection: forProducers(connection),
      // Failed jobs are kept a day to be looked at; what they named is not lost.
      defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: { age: 86_400 } },
    });
    // Without a listener the loss of an idle connection would end the process.
    this.queue.on('error', (error) => onLost(error, 0));
  }

  /** Lets an id wait for the next {@link drain}. */
  put(id: string): void {
    if (this.waiting.length < maximumWaiting) this.waiting.push(id);
  }

  /** Writes what waits, if anything does. */
  drain(): void {
    if (this.waiting.length > 0) void this.write();
  }

  /**
   * Writes ids at once. False where the store does not take them within a second, be it away or
   * silent, or is still silent of those before: they are the caller's again.
   */
  async offer(ids: readonly string[]): Promise<boolean> {
    if (this.isOffering) return false;
    this.isOffering = true;
    const taken = this.writeAll(ids)
      .then(
        () => true,
        (error) => {
          this.onLost(error, 0);
          return false;
        },
      )
      .finally(() => {
        this.isOffering = false;
      });
    return Promise.race([taken, pause(takesWithinMs, false, { ref: false })]);
  }

  /** Resolves when the queue's store answered; throws when it does not. */
  async probe(): Promise<void> {
    await this.queue.getWaitingCount();
  }

  /** How many workers listen to the queue now; throws when its store does not answer. */
  workers(): Promise<number> {
    return this.queue.getWorkersCount();
  }

  /**
   * Writes what is still waiting, then lets go of the connection. A store that does not answer is
   * given a few seconds: Redis' client would wait for as long as it is away.
   */
  async close(): Promise<void> {
    await endsInTime(
      closeWithinMs,
      this.write().then(() => this.queue.close()),
    );
    // A client that was told to go while it reconnects goes on reconnecting, until it is told by
    // force. Not waited for: it says nothing more then.
    this.queue.disconnect().catch(() => undefined);
  }

  private async writeAll(ids: readonly string[]): Promise<void> {
    const { jobName, mostIds, jobOf } = this.form;
    for (let next = 0; next < ids.length; next += mostIds) {
      await this.queue.add(jobName, jobOf(ids.slice(next, next + mostIds)));
    }
  }

  private write(): Promise<void> {
    this.draining ??= this.writeWaiting().finally(() => {
      this.draining = null;
      // Ids that came after the writer's last look and before this turn have no other writer.
      this.drain();
    });
    return this.draining;
  }

  private async writeWaiting(): Promise<void> {
    const { jobName, mostIds, jobOf } = this.form;
    while (this.waiting.length > 0) {
      const ids = this.waiting.splice(0, mostIds);
      await this.queue.add(jobName, jobOf(ids)).catch((error) => this.onLost(error, ids.length));
    }
  }
}

const closeWithinMs = 3000;
const takesWithinMs = 1000;

/** Ids kept while the queue's store does not answer; the sweep finds the rest. */
const maximumWaiting = 20_000;
