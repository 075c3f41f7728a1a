import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ConnectionOptions } from 'bullmq';
import { type DeliveryJobV1, deliveryJobV1 } from '#contracts/queue/delivery-job.v1.js';
import { type Channel, channels } from '#domain/catalog/channels.js';
import { DeliverMessages } from '#domain/delivery/deliver-messages.js';
import { renewEveryMs } from '#domain/delivery/leases.js';
import { Slots } from '#domain/delivery/slots.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { deliveryQueueName } from '#infrastructure/queue/delivery-queue.js';
import { QueueWorker } from '#infrastructure/queue/queue-worker.js';
import { CONFIGURATION, QUEUE_CONNECTION } from '#infrastructure/wiring/tokens.js';
import { Sweep } from '../sweep.js';

/** Takes wake-ups from each channel's queue and delivers the messages that they name. */
@Injectable()
export class DeliveryWorkers {
  private readonly logger = new Logger('DeliveryWorkers');
  private readonly slots: Map<Channel, Slots>;
  private readonly workers: Map<Channel, QueueWorker<DeliveryJobV1>>;
  private readonly renewals: Sweep;
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly messages: DeliverMessages,
    @Inject(QUEUE_CONNECTION) connection: ConnectionOptions,
    @Inject(CONFIGURATION) { delivery }: Configuration,
  ) {
    this.workers = new Map(
      channels.map((channel) => [channel, this.workerOf(channel, connection)]),
    );
    this.renewals = new Sweep('leases', renewEveryMs, async () => {
      await messages.renewLeases();
      return false;
    });
    this.slots = new Map(channels.map((channel) => [channel, new Slots(delivery.concurrency)]));
  }

  async start(): Promise<void> {
    this.renewals.start();
    await Promise.all([...this.workers.values()].map((worker) => worker.start()));
  }

  /**
   * Claims nothing more, and resolves when the messages under way are recorded. What is left of
   * the wake-ups stays queued, and the sweep of another worker finds it.
   */
  async close(): Promise<void> {
    for (const slots of this.slots.values()) slots.close();
    await Promise.all([...this.workers.values()].map((worker) => worker.close()));
    // The last, for calls under way go on needing their claims.
    await Promise.all(this.underWay);
    await this.renewals.close();
  }

  /** How long no wake-up of the channel has ended well, in ms. */
  silentForMs(channel: Channel): number {
    return this.workers.get(channel)?.silentForMs() ?? 0;
  }

  /**
   * Delivers those of the messages that are due and that nobody else has. Resolves when every
   * attempt is recorded.
   */
  async deliver(channel: Channel, messageIds: readonly string[]): Promise<void> {
    const slots = this.slots.get(channel);
    if (!slots) return;
    const delivery = this.messages.execute(channel, messageIds, slots);
    const settled = delivery.catch(() => undefined);
    this.underWay.add(settled);
    await delivery.finally(() => this.underWay.delete(settled));
  }

  private workerOf(channel: Channel, connection: ConnectionOptions): QueueWorker<DeliveryJobV1> {
    const work = {
      queueName: deliveryQueueName(channel),
      // Jobs wait for slots, so several may be open: a stalled message then holds its slot
      // and nothing else.
      concurrency: 16,
      jobs: { [deliveryJobV1]: ({ ids }: DeliveryJobV1) => this.deliver(channel, ids) },
    };
    return new QueueWorker(connection, work, {
      onTrouble: (error) =>
        this.logger.warn({ msg: 'queue trouble', channel, error: String(error) }),
      onFailed: (_, error) =>
        this.logger.error({ msg: 'a wake-up failed', channel, error: String(error) }),
    });
  }
}
