import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { advanceLadders } from '#infrastructure/persistence/advance-ladders.js';
import { holdMessages } from '#infrastructure/persistence/hold-messages.js';
import { DeliveryQueue } from '#infrastructure/queue/delivery-queue.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { Sweep } from '../sweep.js';

/** Ladders looked at in one go; a longer backlog takes several at once, without a pause. */
const batchSize = 200;

/** Keeps time: starts the next rung of what takes too long, and holds what came into quiet hours. */
@Injectable()
export class LadderRelay {
  readonly sweep: Sweep;

  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: DeliveryQueue,
    @Inject(CONFIGURATION) { delivery }: Configuration,
  ) {
    this.sweep = new Sweep('ladders', delivery.sweepIntervalMs, () => this.round());
  }

  private async round(): Promise<boolean> {
    const held = await holdMessages(this.dataSource, batchSize);
    this.queue.wake(held.made);
    const advanced = await advanceLadders(this.dataSource, batchSize);
    this.queue.wake(advanced.made);
    return held.more || advanced.more;
  }
}
