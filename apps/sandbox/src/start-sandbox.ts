import { createHmac } from 'node:crypto';
import { channels } from '#domain/catalog/channels.js';
import { control } from './control/control-api.js';
import { EvolutionProvider } from './evolution/evolution-provider.js';
import { EvolutionWebhooks } from './evolution/evolution-webhooks.js';
import type { WebhookSettings } from './evolution/webhook-settings.js';
import { type Exchange, json } from './http/exchange.js';
import { listenHttp, portOf } from './http/listen.js';
import { PushProvider } from './push/push-provider.js';
import { Subscriptions } from './push/subscriptions.js';
import { openStore } from './sandbox-store.js';
import { SmtpProvider } from './smtp/smtp-provider.js';
import { Faults } from './world/faults.js';
import { Inbox } from './world/inbox.js';

export interface SandboxOptions {
  /** A loopback address: whoever reaches the sandbox reads every message in it. */
  host: string;
  /** 0 takes any that is free. */
  httpPort: number;
  /** 0 takes any that is free. */
  smtpPort: number;
  /** Where push subscriptions and keys outlive a restart. Null, the default: in memory. */
  dataFolder?: string | null;
  /** Messages that are kept; older ones are forgotten, so that memory stays flat. 2000 by default. */
  keptMessages?: number;
}

export interface Sandbox {
  /** Without a slash at its end. */
  httpUrl: string;
  smtpPort: number;
  /** Variables that point the service at this sandbox. */
  environment: Record<string, string>;
  /**
   * Lets WhatsApp tell an address of the service what becomes of messages, as an operator would
   * set it up at Evolution.
   */
  tellReceipts(url: string, secret: string): void;
  /** Ends every connection, answered or not. */
  close(): Promise<void>;
}

const instance = 'sandbox';

/**
 * Starts the outside world: a mail server, an Evolution API with one connected instance and a
 * push service, and under `/sandbox/` the means to see what arrived and to make them fail.
 * Rejects when a port is taken or the host is not this machine's own.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { host, httpPort, smtpPort, dataFolder = null, keptMessages } = options;
  if (!['127.0.0.1', '::1', 'localhost'].includes(host)) {
    throw new Error(`The sandbox listens on this machine alone, not on ${host}: say 127.0.0.1.`);
  }
  const store = openStore(dataFolder);
  const inbox = new Inbox(keptMessages);
  const faults = new Faults();
  const apiKey = createHmac('sha256', store.secret).update('evolution key').digest('hex');
  const webhooks = new EvolutionWebhooks(instance, () => httpUrl);
  const evolution = new EvolutionProvider({ instance, apiKey }, inbox, faults, webhooks);
  const subscriptions = new Subscriptions(
    store.secret,
    store.expiredSubscriptions,
    store.keepExpired,
  );
  const smtp = new SmtpProvider(inbox, faults);
  let push: PushProvider | undefined;

  const http = await listenHttp(host, httpPort, (exchange: Exchange) => {
    const world = push && { inbox, faults, push, subscriptions, webhooks };
    return (
      evolution.handle(exchange) ??
      push?.handle(exchange) ??
      (world && control(exchange, world)) ??
      json(404, { detail: `Nothing here: ${exchange.method} ${exchange.path}` })
    );
  });
  const httpUrl = `http://${host === '::1' ? '[::1]' : host}:${portOf(http)}`;
  push = new PushProvider(httpUrl, subscriptions, inbox, faults);

  const close = async (): Promise<void> => {
    inbox.close();
    webhooks.close();
    await Promise.all([
      new Promise<void>((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
      smtp.close(),
    ]);
  };
  try {
    const listening = await smtp.listen(host, smtpPort);
    return {
      httpUrl,
      smtpPort: listening,
      environment: environmentOf(host, listening, httpUrl, apiKey),
      tellReceipts: (url, secret) => {
        webhooks.settings = receiptsTo(url, secret);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function receiptsTo(url: string, secret: string): WebhookSettings {
  return {
    enabled: true,
    url,
    byEvents: false,
    headers: { 'x-webhook-secret': secret },
    events: ['MESSAGES_UPDATE', 'CONNECTION_UPDATE', 'STATUS_INSTANCE'],
  };
}

function environmentOf(
  host: string,
  smtpPort: number,
  httpUrl: string,
  apiKey: string,
): Record<string, string> {
  return {
    EMAIL_HOST: host,
    EMAIL_PORT: String(smtpPort),
    EMAIL_USE_TLS: 'False',
    EMAIL_USE_SSL: 'False',
    EVOLUTION_API_URL: httpUrl,
    EVOLUTION_API_KEY: apiKey,
    EVOLUTION_INSTANCE: instance,
    EVOLUTION_TIMEOUT: '10',
    PUSH_TRUSTED_ORIGINS: httpUrl,
    SANDBOX_CHANNELS: channels.join(','),
    SANDBOX_CONTROL_URL: httpUrl,
  };
}
