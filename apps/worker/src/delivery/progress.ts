import { Logger } from '@nestjs/common';
import type { Channel } from '#domain/catalog/channels.js';
import { Sweep } from '../sweep.js';

/** What tells whether a worker does anything. */
export interface Signs {
  /** Rejects while the queue's store is away: nothing can be expected then. */
  queueAnswers(): Promise<void>;
  /** The channels with messages that have been due for so long, and that nothing holds back. */
  overdueChannels(forMs: number): Promise<readonly Channel[]>;
  /** How long no wake-up of the channel's queue has ended well, in ms. */
  silentForMs(channel: Channel): number;
}

/** How long messages may be due and nothing happen. */
const patienceMs = 300_000;
const lookEveryMs = 15_000;

/**
 * Sees when the worker has work and does none of it, though it answers: its connection to the
 * queue may have gone deaf. A restart mends that, which Kubernetes makes when liveness says no.
 */
export class Progress {
  readonly sweep: Sweep;
  private readonly logger = new Logger('Progress');
  private stuck: readonly Channel[] = [];

  constructor(
    private readonly signs: Signs,
    private readonly limitMs = patienceMs,
  ) {
    this.sweep = new Sweep('progress', lookEveryMs, () => this.look().then(() => false));
  }

  /** Whether everything that is due is worked on, as far as the last look could tell. */
  isMade(): boolean {
    return this.stuck.length === 0;
  }

  /** Looks once. Rejects, and takes nobody for stuck, when database or queue are away. */
  async look(): Promise<void> {
    this.stuck = [];
    await this.signs.queueAnswers();
    const overdue = await this.signs.overdueChannels(this.limitMs);
    this.stuck = overdue.filter((channel) => this.signs.silentForMs(channel) > this.limitMs);
    if (this.stuck.length === 0) return;
    this.logger.error({ msg: 'messages are due and nothing is done', channels: this.stuck });
  }
}
