import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { keepsSessions } from '../persistence/poolers.js';

export interface Ear {
  /** What a NOTIFY of the topic says. */
  onWord(payload: string): void;
  /** From now on words are heard; those of the time before were lost. */
  onReady?(): void;
  /** The connection was lost or could not be made; it is made again by itself. */
  onTrouble(error: unknown): void;
}

/**
 * Hears what is told with a commit (LISTEN), over one connection of its own that is made again
 * whenever it is lost. Behind a pooler by transaction nothing can be heard, so nothing is tried.
 */
export class Listening {
  private readonly stopping = new AbortController();
  private listening: Promise<void> = Promise.resolve();

  /** @param applicationName what Postgres' own lists call the connection */
  constructor(
    private readonly databaseUrl: string,
    private readonly topic: string,
    private readonly applicationName: string,
    private readonly ear: Ear,
  ) {}

  /** Returns at once; connects beside. */
  start(): void {
    if (keepsSessions(this.databaseUrl)) this.listening = this.run();
  }

  /** Nothing is heard any more when it resolves. */
  async close(): Promise<void> {
    this.stopping.abort();
    await this.listening;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.listen(signal).catch((error) => {
        if (!signal.aborted) this.ear.onTrouble(error);
      });
      await pause(reconnectMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Listens until the connection is lost, which is an error, or until it is told to stop. */
  private async listen(signal: AbortSignal): Promise<void> {
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      application_name: this.applicationName,
      connectionTimeoutMillis: 5000,
      keepAlive: true,
    });
    client.on('notification', ({ payload = '' }) => this.ear.onWord(payload));
    // Errors arrive by the promises below; an event that nobody listens to would end the process.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(`LISTEN ${this.topic}`);
      this.ear.onReady?.();
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
