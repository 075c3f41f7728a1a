import webPush from 'web-push';
import type { Channel } from '#domain/catalog/channels.js';
import type { Address } from '#domain/customers/recipient.js';
import type { ChannelSender, OutgoingMessage } from '#domain/ports/channel-sender.js';
import type { Content } from '#domain/templates/template.js';
import { EvolutionSender } from '#infrastructure/channels/evolution/evolution-sender.js';
import { SmtpSender } from '#infrastructure/channels/smtp/smtp-sender.js';
import { WebPushSender } from '#infrastructure/channels/web-push/web-push-sender.js';
import type { Sandbox } from '../start-sandbox.js';

/** One channel's sender against a sandbox, and what a message on it looks like. */
export interface SenderRig {
  sender: ChannelSender;
  address: Address;
  content: Content;
}

const vapid = webPush.generateVAPIDKeys();

/** What the senders are pointed at when nobody shall be there. */
export interface Place {
  httpUrl: string;
  smtpPort: number;
  environment: Record<string, string>;
}

/** @param timeoutMs of a whole attempt */
export function makeSender(channel: Channel, at: Place, timeoutMs = 5000): ChannelSender {
  switch (channel) {
    case 'email':
      return new SmtpSender(
        {
          host: '127.0.0.1',
          port: at.smtpPort,
          user: 'taller',
          password: 'clave-del-correo',
          security: 'none',
          from: 'Ambacar Service <avisos@example.com>',
          adminEmails: [],
        },
        { totalMs: timeoutMs, connections: 2 },
      );
    case 'whatsapp':
      return new EvolutionSender({
        url: at.httpUrl,
        apiKey: at.environment.EVOLUTION_API_KEY ?? '',
        instance: at.environment.EVOLUTION_INSTANCE ?? '',
        timeoutMs,
      });
    case 'push':
      return new WebPushSender(
        {
          ...vapid,
          subject: 'mailto:avisos@example.com',
          endpointHosts: [],
          trustedOrigins: [at.httpUrl],
        },
        { timeoutMs },
      );
  }
}

export async function makeRig(
  channel: Channel,
  sandbox: Sandbox,
  timeoutMs?: number,
): Promise<SenderRig> {
  const sender = makeSender(channel, sandbox, timeoutMs);
  switch (channel) {
    case 'email':
      return {
        sender,
        address: { channel, email: 'carlos@example.com' },
        content: {
          channel,
          subject: 'Cita confirmada ✓',
          html: '<p>Hola <b>Carlos</b></p>',
          text: 'Hola Carlos',
        },
      };
    case 'whatsapp':
      return {
        sender,
        address: { channel, phone: '+593991234567' },
        content: { channel, text: 'Hola *Carlos*, su vehículo está listo ✓' },
      };
    case 'push': {
      const { endpoint, keys } = await subscribe(sandbox, vapid.publicKey);
      return {
        sender,
        address: { channel, subscriptionId: 's1', endpoint, ...keys },
        content: {
          channel,
          title: 'Su vehículo está listo',
          body: 'Haval H6 2024 · ABC123',
          url: 'https://app.example.com/ordenes/9f3',
        },
      };
    }
  }
}

/** Asks the sandbox for a browser's subscription. */
export async function subscribe(
  { httpUrl }: Sandbox,
  vapidPublicKey?: string,
): Promise<{ endpoint: string; keys: { p256dh: string; auth: string } }> {
  const response = await fetch(`${httpUrl}/sandbox/push/subscriptions`, {
    method: 'POST',
    body: JSON.stringify({ vapidPublicKey }),
  });
  return (await response.json()) as Awaited<ReturnType<typeof subscribe>>;
}

export function messageOf(
  { address, content }: Pick<SenderRig, 'address' | 'content'>,
  changes: Partial<OutgoingMessage> = {},
): OutgoingMessage {
  return {
    messageId: '01939f30-5a2e-7cc0-8000-000000000001',
    notificationId: '01939f30-5a2e-7cc0-8000-00000000000a',
    tallerId: null,
    attempt: 1,
    address,
    recipientName: 'Carlos Mendoza',
    content,
    priority: 'normal',
    validForMs: 3_600_000,
    ...changes,
  };
}
