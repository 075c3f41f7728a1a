import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Channel, channels } from '#domain/catalog/channels.js';
import { DeliverMessages } from '#domain/delivery/deliver-messages.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { Outbox } from '#infrastructure/persistence/outbox.js';
import { DeliveryQueue } from '#infrastructure/queue/delivery-queue.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { DeliveryWorkers } from '../delivery/delivery-workers.js';
import { Sweep } from '../sweep.js';

/** Messages looked at in one go; a longer backlog takes several at once, without a pause. */
const batchSize = 500;
/** A wake-up that was not followed by a claim in this time counts as lost. */
const patienceMs = 10_000;
/** Batches of a channel delivered without the queue at once; what is beyond them comes again. */
const mostWithoutQueue = 2;

/**
 * Walks the outbox: wakes what is due and was not woken (retries, scheduled messages, lost
 * wake-ups, an emptied queue), expires what is past its use, settles what a dead process held.
 * It makes the queue's losses harmless.
 *
 * What the queue does not take, it being away, is delivered from here: a claim is all that keeps
 * two from sending the same, and the queue only wakes.
 */
@Injectable()
export class OutboxRelay {
  readonly sweep: Sweep;
  private readonly logger = new Logger('OutboxRelay');
  private readonly withoutQueue = new Map(channels.map((channel) => [channel, 0]));

  constructor(
    private readonly outbox: Outbox,
    private readonly queue: DeliveryQueue,
    private readonly workers: DeliveryWorkers,
    private readonly deliver: DeliverMessages,
    @Inject(CONFIGURATION) { delivery }: Configuration,
  ) {
    this.sweep = new Sweep('outbox', delivery.sweepIntervalMs, () => this.round());
  }

  /** True when some kind of work filled its batch, so that more may be waiting. */
  private async round(): Promise<boolean> {
    // First, so that what a dead process held is woken in the same round.
    const lost = await this.deliver.settleLost(batchSize);
    const due = await this.outbox.takeDue(batchSize, patienceMs);
    const left = await this.queue.offer(due);
    for (const channel of channels) this.deliverFromHere(channel, left);
    const expired = await this.outbox.expire(batchSize);
    return [due.length, expired, lost].includes(batchSize);
  }

  /** Beside the rounds, for a provider may take its time. */
  private deliverFromHere(
    channel: Channel,
    messages: readonly { id: string; channel: Channel }[],
  ): void {
    const ids = messages.filter((message) => message.channel === channel).map(({ id }) => id);
    const underWay = this.withoutQueue.get(channel) ?? 0;
    if (ids.length === 0 || underWay === mostWithoutQueue) return;
    this.withoutQueue.set(channel, underWay + 1);
    this.workers
      .deliver(channel, ids)
      .catch((error) =>
        this.logger.warn({ msg: 'a delivery failed', channel, error: String(error) }),
      )
      .finally(() => this.withoutQueue.set(channel, (this.withoutQueue.get(channel) ?? 1) - 1));
  }
}
