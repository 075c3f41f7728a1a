import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { RollUps } from '#infrastructure/persistence/roll-ups.js';

/**
 * Whoever reads a summary adds up what is not folded yet. The differences of a minute with 1,000
 * messages a second, 20,000 of them, were more than half of its time; those of 10 s are a tenth.
 */
const intervalMs = 10_000;

/** Folds what was counted between two runs of the schedule, which builds what is missing as well. */
@Injectable()
export class FoldOften {
  private readonly logger = new Logger('FoldOften');

  constructor(private readonly rollUps: RollUps) {}

  @Interval(intervalMs)
  async fold(): Promise<void> {
    await this.rollUps.fold().catch((error) => {
      this.logger.warn({ msg: 'folding failed and is tried again', error: String(error) });
    });
  }
}
