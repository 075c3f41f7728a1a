import { setTimeout as pause } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Erasures } from '#infrastructure/persistence/erasure/erasures.js';

/** Well within the minute in which a person is to be forgotten. */
const intervalMs = 10_000;

/** Ends erasures whose process died, and forgets what came in while they were begun. */
@Injectable()
export class ErasureSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('ErasureSweep');
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly erasures: Erasures) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await pause(intervalMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await this.erasures.finishOpen().catch((error) => {
        this.logger.warn({ msg: 'an erasure failed and is tried again', error: String(error) });
      });
    }
  }
}
