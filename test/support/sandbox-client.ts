/** A message as it arrived in the sandbox. */
export interface Arrived {
  id: number;
  channel: string;
  to: string;
  at: string;
  subject: string | null;
  title: string | null;
  text: string | null;
  html: string | null;
  url: string | null;
  headers: Record<string, string>;
  messageId: string | null;
  topic: string | null;
  click: string | null;
}

export interface Fault {
  channel: 'email' | 'whatsapp' | 'push';
  kind: string;
  /** Part of the address. */
  to?: string;
  times?: number;
  retryAfterSeconds?: number;
  delayMs?: number;
}

/** What tests see of the outside world, and how they make it fail. */
export class SandboxClient {
  constructor(readonly url: string) {}

  /** What arrived at an address on a channel, oldest first. */
  async arrived(to: string, channel?: string): Promise<Arrived[]> {
    const { messages } = await this.ask<{ messages: Arrived[] }>(
      'GET',
      `messages?${query(to, channel)}`,
    );
    return messages;
  }

  /** Waits until as many messages have arrived at an address; throws when they do not. */
  async waitFor(to: string, count = 1, channel?: string): Promise<Arrived[]> {
    const path = `messages/wait?${query(to, channel)}&count=${count}&timeoutMs=30000`;
    const { messages } = await this.ask<{ messages: Arrived[] }>('GET', path);
    if (messages.length < count) {
      throw new Error(`${messages.length} of ${count} messages arrived at ${to}`);
    }
    return messages;
  }

  fault(fault: Fault): Promise<unknown> {
    return this.ask('PUT', 'faults', fault);
  }

  clearFaults(): Promise<unknown> {
    return this.ask('DELETE', 'faults');
  }

  faults(): Promise<Fault[]> {
    return this.ask('GET', 'faults');
  }

  /** What WhatsApp says by itself of every message, once {@link reportTo} was called. */
  planReceipts(plan: { statuses: string[]; delayMs?: number; repeat?: number }): Promise<unknown> {
    return this.ask('PUT', 'receipts', plan);
  }

  /** Lets WhatsApp say something of one message; resolves when it was heard. */
  tellReceipt(messageId: number, status: string, repeat = 1): Promise<unknown> {
    return this.ask('POST', `messages/${messageId}/receipts`, { status, repeat });
  }

  /** Sets Evolution's webhook as an operator does. */
  async reportTo(url: string, headers: Record<string, string>, apikey: string): Promise<void> {
    const events = ['MESSAGES_UPDATE', 'CONNECTION_UPDATE', 'SEND_MESSAGE'];
    const answer = await fetch(`${this.url}/webhook/set/sandbox`, {
      method: 'POST',
      headers: { apikey, 'content-type': 'application/json' },
      body: JSON.stringify({ webhook: { enabled: true, url, headers, events } }),
    });
    if (answer.status !== 201) throw new Error(`webhook/set: ${answer.status}`);
  }

  /** A browser that asks to be told. */
  subscribe(): Promise<{ endpoint: string; keys: { p256dh: string; auth: string } }> {
    return this.ask('POST', 'push/subscriptions', {});
  }

  private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/sandbox/${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok && answer.status !== 408) throw new Error(`sandbox: ${answer.status} ${text}`);
    const value: T = text === '' ? null : JSON.parse(text);
    return value;
  }
}

function query(to: string, channel: string | undefined): string {
  return new URLSearchParams({ to, ...(channel ? { channel } : {}) }).toString();
}
