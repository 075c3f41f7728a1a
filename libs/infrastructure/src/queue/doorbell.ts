import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { doorbellV1, readRing } from '#contracts/queue/doorbell.v1.js';
import type { Channel } from '#domain/catalog/channels.js';
import { keepsSessions } from '../persistence/poolers.js';

export interface Listener {
  /** Messages that were committed a moment ago. */
  onRing(channel: Channel, messageIds: string[]): void;
  /** The connection was lost or could not be made; it is made again by itself. */
  onTrouble(error: unknown): void;
}

/**
 * Hears of new messages with the commit that writes them, over one connection of its own. Rings
 * while the connection is away are lost, and the queue brings their messages. Behind a pooler by
 * transaction nothing can be heard, so nothing is tried.
 */
export class Doorbell {
  private readonly stopping = new AbortController();
  private listening: Promise<void> = Promise.resolve();

  constructor(
    private readonly databaseUrl: string,
    private readonly listener: Listener,
  ) {}

  /** Returns at once; connects beside. */
  start(): void {
    if (keepsSessions(this.databaseUrl)) this.listening = this.run();
  }

  /** No ring is heard any more when it resolves. */
  async close(): Promise<void> {
    this.stopping.abort();
    await this.listening;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.listen(signal).catch((error) => {
        if (!signal.aborted) this.listener.onTrouble(error);
      });
      await pause(reconnectMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Listens until the connection is lost, which is an error, or until it is told to stop. */
  private async listen(signal: AbortSignal): Promise<void> {
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      application_name: 'ambacar-doorbell',
      connectionTimeoutMillis: 5000,
      keepAlive: true,
    });
    client.on('notification', ({ payload = '' }) => {
      for (const [channel, ids] of readRing(payload)) this.listener.onRing(channel, ids);
    });
    // Errors arrive by the promises below; an event that nobody listens to would end the process.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(`LISTEN ${doorbellV1}`);
      await once(client, 'end', { signal });
      throw new Error('the connection ended');
    } finally {
      client.removeAllListeners('notification');
      // A server that is out of reach does not answer a farewell either.
      await Promise.race([client.end(), pause(farewellMs, undefined, { ref: false })]);
    }
  }
}

const reconnectMs = 1000;
const farewellMs = 1000;
