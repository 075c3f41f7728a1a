import { Inject, Injectable, Logger } from '@nestjs/common';
import { Backlog } from '#domain/ports/backlog.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { Replays } from '#infrastructure/persistence/dead-letters/replays.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { Sweep } from '../sweep.js';

/** Replays carried out in one go. */
const batchSize = 20;

/** Replays the dead letters whose time has come. */
@Injectable()
export class ReplayRelay {
  readonly sweep: Sweep;
  private readonly logger = new Logger('ReplayRelay');

  constructor(
    private readonly replays: Replays,
    private readonly backlog: Backlog,
    @Inject(CONFIGURATION) { delivery }: Configuration,
  ) {
    this.sweep = new Sweep('replays', delivery.sweepIntervalMs, () => this.round());
  }

  private async round(): Promise<boolean> {
    // A replay has waited for hours as a rule; what happens in the workshops now goes before.
    if (this.backlog.overload(null)) return false;
    const tried = await this.replays.sweep(batchSize, (id, error) =>
      this.logger.warn({
        msg: 'a replay failed and is tried again in a minute',
        id,
        error: String(error),
      }),
    );
    return tried === batchSize;
  }
}
