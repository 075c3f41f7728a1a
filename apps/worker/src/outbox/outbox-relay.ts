import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { DeliverMessages } from '#domain/delivery/deliver-messages.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { Outbox } from '#infrastructure/persistence/outbox.js';
import { DeliveryQueue } from '#infrastructure/queue/delivery-queue.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';

/** Messages looked at in one go; a longer backlog takes several at once, without a pause. */
const batchSize = 500;
/** A wake-up that was not followed by a claim in this time counts as lost. */
const patienceMs = 10_000;

/**
 * Walks the outbox: wakes what is due and was not woken (retries, scheduled messages, lost
 * wake-ups, an emptied queue), expires what is past its use, settles what a dead process held.
 * It makes the queue's losses harmless.
 */
@Injectable()
export class OutboxRelay {
  private readonly logger = new Logger('OutboxRelay');
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private lastTurnMs = performance.now();

  constructor(
    private readonly outbox: Outbox,
    private readonly queue: DeliveryQueue,
    private readonly deliver: DeliverMessages,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  start(): void {
    this.running = this.run();
  }

  /** Whether the sweep came round in the last minute, be it with a failure. */
  isTurning(): boolean {
    return performance.now() - this.lastTurnMs < 60_000;
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const { sweepIntervalMs } = this.configuration.delivery;
    while (!signal.aborted) {
      this.lastTurnMs = performance.now();
      const more = await this.sweep().catch((error) => {
        this.logger.warn({ msg: 'the sweep failed and is tried again', error: String(error) });
        return false;
      });
      if (!more) await pause(sweepIntervalMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** One round; true when some kind of work filled its batch, so that more may be waiting. */
  private async sweep(): Promise<boolean> {
    const due = await this.outbox.takeDue(batchSize, patienceMs);
    this.queue.wake(due);
    const expired = await this.outbox.expire(batchSize);
    const lost = await this.deliver.settleLost(batchSize);
    return [due.length, expired, lost].includes(batchSize);
  }
}
