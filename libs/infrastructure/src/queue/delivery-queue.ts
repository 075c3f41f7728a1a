import type { ConnectionOptions, Queue } from 'bullmq';
import {
  type DeliveryJobV1,
  deliveryJobV1,
  maximumIdsPerJob,
} from '#contracts/queue/delivery-job.v1.js';
import { type Channel, channels } from '#domain/catalog/channels.js';
import type { WakeUps } from '../persistence/wake-ups.js';
import { WakeUpLane } from './wake-up-lane.js';

/** One queue for each channel: a slow SMTP server never holds up push. */
export function deliveryQueueName(channel: Channel): string {
  return `deliver-${channel}`;
}

/** Wakes workers for messages, many with one job. The sweep finds those that it loses. */
export class DeliveryQueue implements WakeUps {
  private readonly lanes: Map<string, WakeUpLane>;

  /** @param onLost hears of each error, with how many ids were dropped by it */
  constructor(connection: ConnectionOptions, onLost: (error: unknown, count: number) => void) {
    this.lanes = new Map(
      channels.map((channel) => {
        const form = {
          queueName: deliveryQueueName(channel),
          jobName: deliveryJobV1,
          mostIds: maximumIdsPerJob,
          jobOf: (ids: string[]): DeliveryJobV1 => ({ ids }),
        };
        return [channel, new WakeUpLane(connection, form, onLost)];
      }),
    );
  }

  wake(messages: readonly { id: string; channel: string }[], patienceMs = 0): void {
    for (const { id, channel } of messages) this.lanes.get(channel)?.put(id);
    // The ids wait in their lanes, so an earlier wake-up takes them along, and a close too.
    if (patienceMs > 0) setTimeout(() => this.drainAll(), patienceMs).unref();
    else this.drainAll();
  }

  /**
   * Wakes workers, and gives back the messages that the queue does not take. It may have taken some
   * of them: whoever claims a message first has it.
   */
  async offer<Message extends { id: string; channel: Channel }>(
    messages: readonly Message[],
  ): Promise<Message[]> {
    const left = await Promise.all(
      channels.map(async (channel) => {
        const own = messages.filter((message) => message.channel === channel);
        const ids = own.map(({ id }) => id);
        return own.length === 0 || (await this.lanes.get(channel)?.offer(ids)) ? [] : own;
      }),
    );
    return left.flat();
  }

  /** Resolves when the queue's store answered; throws when it does not. */
  async probe(): Promise<void> {
    for (const lane of this.lanes.values()) await lane.probe();
  }

  /** The queues themselves, to be looked at. */
  queues(): Queue<object>[] {
    return [...this.lanes.values()].map(({ queue }) => queue);
  }

  /** How many workers listen to a channel's queue now; throws when its store does not answer. */
  async workers(channel: Channel): Promise<number> {
    return this.lanes.get(channel)?.workers() ?? 0;
  }

  /** Writes what is still waiting, as far as the store answers, then lets go of the connections. */
  async close(): Promise<void> {
    await Promise.all([...this.lanes.values()].map((lane) => lane.close()));
  }

  private drainAll(): void {
    for (const lane of this.lanes.values()) lane.drain();
  }
}
