import { Inject, Injectable, Logger } from '@nestjs/common';
import { type ConnectionOptions, type Job, Worker } from 'bullmq';
import { type DeliveryJobV1, deliveryJobV1 } from '#contracts/queue/delivery-job.v1.js';
import { type Channel, channels } from '#domain/catalog/channels.js';
import { DeliverMessages } from '#domain/delivery/deliver-messages.js';
import { Slots } from '#domain/delivery/slots.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { deliveryQueueName } from '#infrastructure/queue/delivery-queue.js';
import { CONFIGURATION, QUEUE_CONNECTION } from '#infrastructure/wiring/tokens.js';

/** Takes wake-ups from each channel's queue and delivers the messages that they name. */
@Injectable()
export class DeliveryWorkers {
  private readonly logger = new Logger('DeliveryWorkers');
  private readonly slots: Map<Channel, Slots>;
  private workers: Worker<DeliveryJobV1>[] = [];

  constructor(
    private readonly messages: DeliverMessages,
    @Inject(QUEUE_CONNECTION) private readonly connection: ConnectionOptions,
    @Inject(CONFIGURATION) { delivery }: Configuration,
  ) {
    this.slots = new Map(channels.map((channel) => [channel, new Slots(delivery.concurrency)]));
  }

  async start(): Promise<void> {
    this.workers = channels.map((channel) => this.workerOf(channel));
    await Promise.all(this.workers.map((worker) => worker.waitUntilReady()));
  }

  /** Takes no new wake-up, and resolves when the messages under way are recorded. */
  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()));
  }

  /**
   * Delivers those of the messages that are due and that nobody else has. Resolves when every
   * attempt is recorded.
   */
  async deliver(channel: Channel, messageIds: readonly string[]): Promise<void> {
    const slots = this.slots.get(channel);
    if (slots) await this.messages.execute(channel, messageIds, slots);
  }

  private workerOf(channel: Channel): Worker<DeliveryJobV1> {
    const worker = new Worker<DeliveryJobV1>(
      deliveryQueueName(channel),
      (job) => this.process(channel, job),
      {
        connection: this.connection,
        // Jobs wait for slots, so several may be open: a stalled message then holds its slot
        // and nothing else.
        concurrency: 16,
        // A wake-up is only a hint, so a crashed worker's may be given again as often as it wants.
        maxStalledCount: 1000,
        lockDuration: 30_000,
      },
    );
    worker.on('error', (error) =>
      this.logger.warn({ msg: 'queue trouble', channel, error: String(error) }),
    );
    worker.on('failed', (job, error) =>
      this.logger.error({ msg: 'a wake-up failed', channel, job: job?.id, error: String(error) }),
    );
    return worker;
  }

  private async process(channel: Channel, job: Job<DeliveryJobV1>): Promise<void> {
    // Another version's job: its messages are found by the sweep of whoever knows them.
    if (job.name === deliveryJobV1) await this.deliver(channel, job.data.ids);
  }
}
