import { Inject, Injectable } from '@nestjs/common';
import { DeliverMessages } from '#domain/delivery/deliver-messages.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { Outbox } from '#infrastructure/persistence/outbox.js';
import { DeliveryQueue } from '#infrastructure/queue/delivery-queue.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { Sweep } from '../sweep.js';

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
  readonly sweep: Sweep;

  constructor(
    private readonly outbox: Outbox,
    private readonly queue: DeliveryQueue,
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
    this.queue.wake(due);
    const expired = await this.outbox.expire(batchSize);
    return [due.length, expired, lost].includes(batchSize);
  }
}
