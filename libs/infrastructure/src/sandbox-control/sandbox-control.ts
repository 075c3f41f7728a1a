import { z } from 'zod';
import { type Channel, channels } from '#domain/catalog/channels.js';

const messageSchema = z.object({
  id: z.int(),
  channel: z.enum(channels),
  to: z.string(),
  at: z.string(),
  subject: z.string().nullable(),
  title: z.string().nullable(),
  text: z.string().nullable(),
  html: z.string().nullable(),
  url: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  messageId: z.string().nullable(),
  click: z.string().nullable(),
});

const faultSchema = z.object({
  channel: z.enum(channels),
  kind: z.string(),
  to: z.string().optional(),
  times: z.int().optional(),
});

const messagesSchema = z.object({ count: z.int(), messages: z.array(messageSchema) });
const stateSchema = z.object({
  kept: z.int(),
  arrived: z.object({ email: z.int(), whatsapp: z.int(), push: z.int() }),
});

/** A message as the sandbox keeps it. */
export type KeptMessage = z.infer<typeof messageSchema>;
export type SandboxFault = z.infer<typeof faultSchema>;

interface MessageFilter {
  channel?: Channel;
  to?: string;
  contains?: string;
}

/** The sandbox does not answer, or not as it should. */
export class SandboxAway extends Error {}

const timeoutMs = 5000;

/** Steers a sandbox by its control API: sees what arrived, and makes it fail. */
export class SandboxControl {
  /** @param url of the sandbox, without a slash at its end */
  constructor(private readonly url: string) {}

  async state(): Promise<z.infer<typeof stateSchema>> {
    return stateSchema.parse(await this.ask('GET', 'state'));
  }

  /** The newest first; `count` is of all that the filter finds. */
  async newest(
    filter: MessageFilter,
    { offset, limit }: { offset: number; limit: number },
  ): Promise<{ count: number; rows: KeptMessage[] }> {
    const query = new URLSearchParams({ newest: String(offset + limit) });
    for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
    const { count, messages } = messagesSchema.parse(await this.ask('GET', `messages?${query}`));
    return { count, rows: messages.reverse().slice(offset) };
  }

  /** Undefined for one that is not kept. */
  async message(id: number): Promise<KeptMessage | undefined> {
    const query = `messages?after=${id - 1}&oldest=1`;
    const { messages } = messagesSchema.parse(await this.ask('GET', query));
    return messages.find((message) => message.id === id);
  }

  async clear(): Promise<void> {
    await this.ask('DELETE', 'messages');
  }

  async faults(): Promise<SandboxFault[]> {
    return z.array(faultSchema).parse(await this.ask('GET', 'faults'));
  }

  /** In the place of the one for the same channel and address. */
  async setFault(fault: SandboxFault): Promise<void> {
    await this.ask('PUT', 'faults', fault);
  }

  /** Takes back the faults of one channel, or all. */
  async clearFaults(channel?: Channel): Promise<void> {
    await this.ask('DELETE', channel ? `faults?channel=${channel}` : 'faults');
  }

  private async ask(method: string, path: string, body?: object): Promise<unknown> {
    try {
      const answer = await fetch(`${this.url}/sandbox/${path}`, {
        method,
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await answer.text();
      if (!answer.ok) throw new SandboxAway(`the sandbox answered ${answer.status}: ${text}`);
      return text === '' ? null : JSON.parse(text);
    } catch (error) {
      if (error instanceof SandboxAway) throw error;
      throw new SandboxAway('the sandbox does not answer', { cause: error });
    }
  }
}
