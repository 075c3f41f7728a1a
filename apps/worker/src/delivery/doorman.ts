import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Channel, channels } from '#domain/catalog/channels.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { Doorbell } from '#infrastructure/queue/doorbell.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { DeliveryWorkers } from './delivery-workers.js';

/**
 * Answers the doorbell: delivers new messages at once, on the same road as the queue's wake-ups.
 * Whoever of the two comes first claims the message, and the other finds nothing to do.
 */
@Injectable()
export class Doorman {
  private readonly logger = new Logger('Doorman');
  private readonly doorbell: Doorbell;
  private readonly underWay = new Map(
    channels.map((channel) => [channel, new Set<Promise<void>>()]),
  );

  constructor(
    private readonly workers: DeliveryWorkers,
    @Inject(CONFIGURATION) { database }: Configuration,
  ) {
    this.doorbell = new Doorbell(database.sessionUrl, {
      onRing: (channel, messageIds) => this.answer(channel, messageIds),
      onTrouble: (error) =>
        this.logger.warn({
          msg: 'the doorbell is out of order; the queue goes on',
          error: String(error),
        }),
    });
  }

  start(): void {
    this.doorbell.start();
  }

  /** Answers no more rings, and resolves when the messages under way are recorded. */
  async close(): Promise<void> {
    await this.doorbell.close();
    await Promise.all([...this.underWay.values()].flatMap((deliveries) => [...deliveries]));
  }

  private answer(channel: Channel, messageIds: readonly string[]): void {
    const deliveries = this.underWay.get(channel);
    if (!deliveries || deliveries.size >= mostUnderWay) return;
    const delivery: Promise<void> = this.workers
      .deliver(channel, messageIds)
      .catch((error) =>
        this.logger.warn({ msg: 'a ring was not answered', channel, error: String(error) }),
      )
      .finally(() => deliveries.delete(delivery));
    deliveries.add(delivery);
  }
}

/** Rings of a channel answered at once. Beyond that it is not idle, and the queue claims many at once. */
const mostUnderWay = 8;
