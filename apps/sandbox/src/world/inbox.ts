import type { Channel } from '#domain/catalog/channels.js';
import type { ArrivedMessage } from './arrived-message.js';

export interface MessageFilter {
  channel?: Channel;
  /** Part of the address, whatever its case. */
  to?: string;
  /** Part of the subject, title, text or HTML, whatever its case. */
  contains?: string;
  /** Only messages with a greater id. */
  after?: number;
}

export type Arrival = Pick<ArrivedMessage, 'channel' | 'to'> &
  Partial<Omit<ArrivedMessage, 'id' | 'atMs'>>;

interface Waiter {
  filter: MessageFilter;
  count: number;
  finish: () => void;
}

/** What arrived: the last messages, and a count of all. */
export class Inbox {
  private readonly kept: ArrivedMessage[] = [];
  private readonly waiters = new Set<Waiter>();
  private readonly arrived: Record<Channel, number> = { email: 0, whatsapp: 0, push: 0 };
  private lastId = 0;

  /** @param maximumKept older messages are forgotten, so that memory stays flat */
  constructor(private readonly maximumKept = 2000) {}

  add(arrival: Arrival): ArrivedMessage {
    this.lastId += 1;
    const message: ArrivedMessage = {
      subject: null,
      title: null,
      text: null,
      html: null,
      url: null,
      headers: {},
      messageId: null,
      topic: null,
      click: null,
      ...arrival,
      id: this.lastId,
      atMs: Date.now(),
    };
    this.kept.push(message);
    if (this.kept.length > this.maximumKept) this.kept.shift();
    this.arrived[arrival.channel] += 1;
    for (const waiter of this.waiters) {
      if (this.list(waiter.filter).length >= waiter.count) waiter.finish();
    }
    return message;
  }

  /** Oldest first. */
  list(filter: MessageFilter): ArrivedMessage[] {
    const to = filter.to?.toLowerCase();
    const contains = filter.contains?.toLowerCase();
    return this.kept.filter(
      (message) =>
        message.id > (filter.after ?? 0) &&
        (!filter.channel || message.channel === filter.channel) &&
        (!to || message.to.toLowerCase().includes(to)) &&
        (!contains || says(message, contains)),
    );
  }

  /**
   * Resolves once `count` messages match, those already here included, or when the time is up;
   * what matches then is the result either way.
   */
  async waitFor(
    filter: MessageFilter,
    count: number,
    timeoutMs: number,
  ): Promise<{ complete: boolean; messages: ArrivedMessage[] }> {
    if (this.list(filter).length < count) {
      await new Promise<void>((resolve) => {
        const waiter: Waiter = {
          filter,
          count,
          finish: () => {
            clearTimeout(timer);
            this.waiters.delete(waiter);
            resolve();
          },
        };
        const timer = setTimeout(waiter.finish, timeoutMs);
        this.waiters.add(waiter);
      });
    }
    const messages = this.list(filter);
    return { complete: messages.length >= count, messages };
  }

  /** Forgets what is kept; the counts go on. */
  clear(): void {
    this.kept.length = 0;
  }

  /** Lets every waiter go with what there is. */
  close(): void {
    for (const waiter of this.waiters) waiter.finish();
  }

  counts(): { kept: number; arrived: Record<Channel, number> } {
    return { kept: this.kept.length, arrived: { ...this.arrived } };
  }
}

function says(message: ArrivedMessage, wanted: string): boolean {
  return [message.subject, message.title, message.text, message.html].some((part) =>
    part?.toLowerCase().includes(wanted),
  );
}
