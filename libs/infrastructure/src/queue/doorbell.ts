import { doorbellV1, readRing } from '#contracts/queue/doorbell.v1.js';
import type { Channel } from '#domain/catalog/channels.js';
import { Listening } from './listening.js';

export interface Listener {
  /** Messages that were committed a moment ago. */
  onRing(channel: Channel, messageIds: string[]): void;
  /** The connection was lost or could not be made; it is made again by itself. */
  onTrouble(error: unknown): void;
}

/**
 * Hears of new messages with the commit that writes them, over one connection of its own. Rings
 * while the connection is away are lost, and the queue brings their messages.
 */
export class Doorbell {
  private readonly listening: Listening;

  constructor(databaseUrl: string, listener: Listener) {
    this.listening = new Listening(databaseUrl, doorbellV1, 'ambacar-doorbell', {
      onWord: (ring) => {
        for (const [channel, ids] of readRing(ring)) listener.onRing(channel, ids);
      },
      onTrouble: (error) => listener.onTrouble(error),
    });
  }

  /** Returns at once; connects beside. */
  start(): void {
    this.listening.start();
  }

  /** No ring is heard any more when it resolves. */
  close(): Promise<void> {
    return this.listening.close();
  }
}
