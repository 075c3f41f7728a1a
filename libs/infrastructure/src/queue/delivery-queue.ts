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
        return [channel, { queue, waiting: [], busy: false }];
      }),
    );
  }

  wake(messages: readonly { id: string; channel: string }[]): void {
    for (const { id, channel } of messages) {
      const lane = this.lanes.get(channel);
      if (lane && lane.waiting.length < maximumWaiting) lane.waiting.push(id);
    }
    for (const lane of this.lanes.values()) {
      if (lane.waiting.length > 0 && !lane.busy) void this.drain(lane);
    }
  }

  /** Resolves when the queue's store answered; throws when it does not. */
  async probe(): Promise<void> {
    for (const { queue } of this.lanes.values()) await queue.getWaitingCount();
  }

  /** Writes what is still waiting, then lets go of the connections. */
  async close(): Promise<void> {
    for (const lane of this.lanes.values()) {
      await this.drain(lane);
      await lane.queue.close();
    }
  }

  private async drain(lane: Lane): Promise<void> {
    lane.busy = true;
    while (lane.waiting.length > 0) {
      const ids = lane.waiting.splice(0, maximumIdsPerJob);
      await lane.queue.add(deliveryJobV1, { ids }).catch((error) => this.onLost(error, ids.length));
    }
    lane.busy = false;
  }
}

/** Ids kept while the queue's store does not answer; the sweep finds the rest. */
const maximumWaiting = 20_000;

interface Lane {
  queue: Queue<DeliveryJobV1>;
  waiting: string[];
  busy: boolean;
}
