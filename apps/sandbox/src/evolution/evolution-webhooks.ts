import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { ArrivedMessage } from '../world/arrived-message.js';
import type { WebhookSettings } from './webhook-settings.js';
import { whatsappJid } from './whatsapp-jid.js';

const statuses = ['SERVER_ACK', 'DELIVERY_ACK', 'READ', 'PLAYED', 'ERROR'] as const;
export type ReceiptStatus = (typeof statuses)[number];

/** What is told of every message that arrives, once a webhook is set. */
export const receiptPlanSchema = z.strictObject({
  /** In this order, which need not be a sensible one. */
  statuses: z.array(z.enum(statuses)).max(20).default(['DELIVERY_ACK']),
  /** Before the first, and between each and the next. */
  delayMs: z.int().min(0).max(600_000).default(300),
  /** How often each is told. */
  repeat: z.int().min(1).max(1000).default(1),
});
export type ReceiptPlan = z.infer<typeof receiptPlanSchema>;

/** What is told now of one message. */
export const receiptSchema = z.strictObject({
  status: z.enum(statuses),
  repeat: z.int().min(1).max(1000).default(1),
});

export const usualReceipts: ReceiptPlan = receiptPlanSchema.parse({});

/** Of the server's own ten tries; its pauses grow from 5 seconds to 5 minutes. */
const mostTries = 10;
const pauseBetweenTriesMs = 500;
/** Evolution does not ask again after these. */
const finalStatuses = [400, 401, 403, 404, 422];

/** The webhook of one instance: tells what becomes of messages, in the order that is wanted. */
export class EvolutionWebhooks {
  settings: WebhookSettings | null = null;
  plan: ReceiptPlan = usualReceipts;
  private readonly closing = new AbortController();

  constructor(
    private readonly instance: string,
    private readonly serverUrl: () => string,
  ) {}

  /** Begins to tell of a message that has just arrived; nothing while no webhook is set. */
  sent(message: ArrivedMessage, answer: unknown): void {
    if (!this.settings) return;
    void this.post('send.message', answer);
    void this.follow(message, this.plan);
  }

  /** Resolves when all of it was answered, or tried often enough. */
  async tell(message: ArrivedMessage, status: ReceiptStatus, repeat: number): Promise<void> {
    const data = {
      keyId: message.messageId,
      remoteJid: whatsappJid(message.to),
      fromMe: true,
      participant: null,
      status,
      instanceId: this.instance,
      messageId: `cm${randomUUID().replaceAll('-', '').slice(0, 22)}`,
    };
    for (let count = 0; count < repeat; count += 1) await this.post('messages.update', data);
  }

  /** Tells of the line to WhatsApp. */
  tellLine(state: string, statusReason: number): Promise<void> {
    return this.post('connection.update', { instance: this.instance, state, statusReason });
  }

  /** Tells nothing more. */
  close(): void {
    this.closing.abort();
  }

  private async follow(message: ArrivedMessage, plan: ReceiptPlan): Promise<void> {
    for (const status of plan.statuses) {
      await this.wait(plan.delayMs);
      await this.tell(message, status, plan.repeat);
    }
  }

  private async post(event: string, data: unknown): Promise<void> {
    const { settings } = this;
    const name = event.toUpperCase().replace('.', '_');
    if (!settings?.enabled || !settings.events.includes(name)) return;
    const path = settings.byEvents ? `/${event.replace('.', '-')}` : '';
    const body = JSON.stringify({
      event,
      instance: this.instance,
      data,
      destination: settings.url,
      date_time: new Date().toISOString(),
      server_url: this.serverUrl(),
      apikey: null,
    });
    for (let tries = 0; tries < mostTries && !this.closing.signal.aborted; tries += 1) {
      const status = await this.call(settings.url + path, settings.headers, body);
      if ((status >= 200 && status < 300) || finalStatuses.includes(status)) return;
      await this.wait(pauseBetweenTriesMs);
    }
  }

  private async call(url: string, headers: Record<string, string>, body: string): Promise<number> {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        signal: AbortSignal.any([this.closing.signal, AbortSignal.timeout(30_000)]),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  }

  private async wait(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.closing.signal, ref: false }).catch(() => undefined);
  }
}
