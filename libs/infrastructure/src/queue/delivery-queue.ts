import { setTimeout as pause } from 'node:timers/promises';
import { type ConnectionOptions, Queue } from 'bullmq';
import {
  type DeliveryJobV1,
  deliveryJobV1,
  maximumIdsPerJob,
} from '#contracts/queue/delivery-job.v1.js';
import { type Channel, channels } from '#domain/catalog/channels.js';
import type { WakeUps } from '../persistence/wake-ups.js';

/** One queue for each channel: a slow SMTP server never holds up push. */
export function deliveryQueueName(channel: Channel): string {
  return `deliver-${channel}`;
}

/**
 * Wakes workers for messages. While one wake-up is being written, the ids that come meanwhile
 * gather for the next: a job costs about 2 ms of CPU on Postgres, however many ids it names.
 * A wake-up that cannot be written is dropped and told to `onLost`; the sweep finds its messages.
 */
export class DeliveryQueue implements WakeUps {
  private readonly lanes: Map<string, Lane>;

  /** @param onLost hears of each error, with how many ids were dropped by it */
  constructor(
    connection: ConnectionOptions,
    private readonly onLost: (error: unknown, count: number) => void,
  ) {
    this.lanes = new Map(
      channels.map((channel) => {
        const queue = new Queue<DeliveryJobV1>(deliveryQueueName(channel), {
          connection,
          // Failed jobs are kept a day to be looked at; the messages themselves are not lost.
          defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: { age: 86_400 } },
        });
        // Without a listener the loss of an idle connection would end the process.
        queue.on('error', (error) => onLost(error, 0));
        return [channel, { queue, waiting: [], draining: null }];
      }),
    );
  }

  wake(messages: readonly { id: string; channel: string }[], patienceMs = 0): void {
    for (const { id, channel } of messages) {
      const lane = this.lanes.get(channel);
      if (lane && lane.waiting.length < maximumWaiting) lane.waiting.push(id);
    }
    // The ids wait in their lanes, so an earlier wake-up takes them along, and a close too.
    if (patienceMs > 0) setTimeout(() => this.drainAll(), patienceMs).unref();
    else this.drainAll();
  }

  /** Resolves when the queue's store answered; throws when it does not. */
  async probe(): Promise<void> {
    for (const { queue } of this.lanes.values()) await queue.getWaitingCount();
  }

  /**
   * Writes what is still waiting, then lets go of the connections. A store that does not answer is
   * given a few seconds: Redis' client would wait for as long as it is away.
   */
  async close(): Promise<void> {
    await Promise.all(
      [...this.lanes.values()].map(async (lane) => {
        const closed = this.drain(lane).then(() => lane.queue.close());
        const inTime = await Promise.race([closed.then(() => true), pause(closeWithinMs, false)]);
        // Not waited for: the client says nothing more once it was told to go while it reconnects.
        if (!inTime) lane.queue.disconnect().catch((error) => this.onLost(error, 0));
      }),
    );
  }

  private drainAll(): void {
    for (const lane of this.lanes.values()) {
      if (lane.waiting.length > 0) void this.drain(lane);
    }
  }

  private drain(lane: Lane): Promise<void> {
    lane.draining ??= this.writeWaiting(lane).finally(() => {
      lane.draining = null;
      // Ids that came after the writer's last look and before this turn have no other writer.
      if (lane.waiting.length > 0) void this.drain(lane);
    });
    return lane.draining;
  }

  private async writeWaiting({ queue, waiting }: Lane): Promise<void> {
    while (waiting.length > 0) {
      const ids = waiting.splice(0, maximumIdsPerJob);
      await queue.add(deliveryJobV1, { ids }).catch((error) => this.onLost(error, ids.length));
    }
  }
}

const closeWithinMs = 3000;

/** Ids kept while the queue's store does not answer; the sweep finds the rest. */
const maximumWaiting = 20_000;

interface Lane {
  queue: Queue<DeliveryJobV1>;
  waiting: string[];
  /** The writing under way, to its end. */
  draining: Promise<void> | null;
}
