import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';

/** A round that takes longer hangs, and so does what it is for. */
const longestRoundMs = 60_000;

/** Does the same round of work again and again, whatever becomes of one of them. */
export class Sweep {
  private readonly logger = new Logger('Sweep');
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private lastTurnMs = performance.now();

  /**
   * @param name for the log
   * @param intervalMs the pause between two rounds
   * @param round resolves with true when more may be waiting; the next follows without a pause
   */
  constructor(
    private readonly name: string,
    private readonly intervalMs: number,
    private readonly round: () => Promise<boolean>,
    private readonly turnsWithinMs = longestRoundMs,
  ) {}

  start(): void {
    this.running = this.run();
  }

  /** Whether it came round in the last minute and a pause, be it with a failure. */
  isTurning(): boolean {
    return performance.now() - this.lastTurnMs < this.turnsWithinMs + this.intervalMs;
  }

  /** Resolves when the round under way has ended. */
  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.lastTurnMs = performance.now();
      const more = await this.round().catch((error) => {
        this.logger.warn({
          msg: 'a sweep failed and is tried again',
          sweep: this.name,
          error: String(error),
        });
        return false;
      });
      if (!more) await pause(this.intervalMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
