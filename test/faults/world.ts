import { setTimeout as pause } from 'node:timers/promises';
import type { Arrival, RunJournals } from './journals.js';

/** How the world outside is to fail; the sandbox says what each kind does. */
export interface WorldFault {
  channel: 'email' | 'whatsapp' | 'push';
  kind: string;
  to?: string;
  times?: number;
  delayMs?: number;
  retryAfterSeconds?: number;
}

/** Addresses that the world refuses for good, whatever else it does. */
export const refused = { email: 'nobody', whatsapp: '+59397' } as const;

const always: readonly WorldFault[] = [
  { channel: 'email', to: refused.email, kind: 'refuse_recipient' },
  { channel: 'whatsapp', to: refused.whatsapp, kind: 'refuse_recipient' },
];

/** The world outside: the sandbox, and a journal of everything that arrived in it. */
export class World {
  private lastId = 0;
  private isOpen = true;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    readonly url: string,
    private readonly journals: RunJournals,
  ) {}

  /** Writes down what arrives until it is closed. */
  startJournal(): void {
    this.reading = (async () => {
      while (this.isOpen) {
        await this.readOn();
        await pause(200);
      }
    })();
  }

  /** Everything that has arrived is in the journal when it resolves. */
  async closeJournal(): Promise<void> {
    this.isOpen = false;
    await this.reading;
    await this.readOn();
  }

  /** Writes down what has arrived since. Throws when the sandbox has forgotten some of it. */
  async readOn(): Promise<void> {
    const { messages } = await this.ask<{ messages: (Arrival & { id: number; at: string })[] }>(
      'GET',
      `messages?after=${this.lastId}`,
    );
    for (const { id, channel, to, at, messageId, topic } of messages) {
      if (id <= this.lastId) continue;
      if (id !== this.lastId + 1) throw new Error(`arrival ${this.lastId + 1} was not seen`);
      this.lastId = id;
      this.journals.add('arrivals', { channel, to, atMs: Date.parse(at), messageId, topic });
    }
  }

  /** Lets the world fail in these ways, and in no other. */
  async fail(...faults: WorldFault[]): Promise<void> {
    await this.ask('PUT', 'faults', [...always, ...faults]);
  }

  /** Faults that are still to be met. */
  async faultsLeft(): Promise<number> {
    const faults = await this.ask<unknown[]>('GET', 'faults');
    return faults.length - always.length;
  }

  /** A browser that asks to be told. */
  subscribe(): Promise<{ endpoint: string; keys: { p256dh: string; auth: string } }> {
    return this.ask('POST', 'push/subscriptions', {});
  }

  /** From now on the browser is gone. */
  async unsubscribe(endpoint: string): Promise<void> {
    await this.ask('DELETE', `push/subscriptions/${endpoint.split('/').at(-1)}`);
  }

  private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/sandbox/${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`sandbox: ${method} ${path} ${answer.status} ${text}`);
    return JSON.parse(text === '' ? 'null' : text);
  }
}
