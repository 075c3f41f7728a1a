import { type ConnectionOptions, DelayedError, type Job, Worker } from 'bullmq';
import { endsInTime } from '../process/in-time.js';

/** One queue's work, as this version of the program knows it. */
export interface QueueWork<Data> {
  queueName: string;
  /** Jobs under way at once. */
  concurrency: number;
  /** By the job's name, which holds its version: what is done about it. */
  jobs: Readonly<Record<string, (data: Data) => Promise<void>>>;
}

export interface QueueWorkListener<Data> {
  /** The queue's store does not answer, or not as it should. */
  onTrouble(error: unknown): void;
  /** The work on a job threw. The job is not tried again: the sweep finds what it named. */
  onFailed(data: Data | undefined, error: Error): void;
}

/** How long a job that this version does not know rests until it is offered again. */
const parkedForMs = 5000;
/** After so long nobody here seems to know it; the sweep of whoever does finds what it names. */
const parkedAtMostMs = 600_000;
/** How long the store may take to hear of a farewell. */
const farewellMs = 3000;

/**
 * Takes jobs from one queue. A job of another version is put back for whoever knows it: it
 * neither fails nor is it lost, so that versions may work side by side.
 */
export class QueueWorker<Data> {
  private readonly underWay = new Set<Promise<void>>();
  private worker: Worker<Data> | undefined;
  private closing = false;
  private lastEndMs = performance.now();

  constructor(
    private readonly connection: ConnectionOptions,
    private readonly work: QueueWork<Data>,
    private readonly listener: QueueWorkListener<Data>,
  ) {}

  /** Resolves when the queue's store answered. */
  async start(): Promise<void> {
    const { queueName, concurrency } = this.work;
    const worker = new Worker<Data>(queueName, (job, token) => this.take(job, token), {
      connection: this.connection,
      concurrency,
      // A job is only a hint, so a crashed worker's may be given again as often as it wants.
      maxStalledCount: 1000,
      lockDuration: 30_000,
    });
    this.worker = worker;
    worker.on('error', (error) => this.listener.onTrouble(error));
    worker.on('failed', (job, error) => this.listener.onFailed(job?.data, error));
    await worker.waitUntilReady();
  }

  /**
   * Takes no new job, and resolves when those under way have ended. The store is told so if it
   * answers within 3 s: one that is away would be waited for as long as it is (BullMQ 6.7.0).
   */
  async close(): Promise<void> {
    const { worker } = this;
    if (!worker) return;
    this.closing = true;
    const closed = worker.close();
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
    if (await endsInTime(farewellMs, closed)) return;
    worker.disconnect().catch((error) => this.listener.onTrouble(error));
  }

  /** How long no job has ended well, in ms; before the first one, since the worker was made. */
  silentForMs(): number {
    return performance.now() - this.lastEndMs;
  }

  private take(job: Job<Data>, token: string | undefined): Promise<void> {
    const known = this.work.jobs[job.name];
    if (!known) return this.park(job, token);
    // BullMQ gives out a job that it was fetching when it was told to go (6.7.0).
    if (this.closing) return this.putBack(job, token, 0);
    const working: Promise<void> = known(job.data)
      .then(() => {
        this.lastEndMs = performance.now();
      })
      .finally(() => this.underWay.delete(working));
    this.underWay.add(working);
    return working;
  }

  private async park(job: Job<Data>, token: string | undefined): Promise<void> {
    if (Date.now() - job.timestamp > parkedAtMostMs) return;
    await this.putBack(job, token, parkedForMs);
  }

  private async putBack(job: Job<Data>, token: string | undefined, delayMs: number): Promise<void> {
    await job.moveToDelayed(Date.now() + delayMs, token);
    throw new DelayedError();
  }
}
