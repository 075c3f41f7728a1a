import { randomBytes, timingSafeEqual } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, type Exchange, json, readJson } from '../http/exchange.js';
import type { Fault, Faults } from '../world/faults.js';
import type { Inbox } from '../world/inbox.js';
import * as answers from './evolution-answers.js';
import type { EvolutionWebhooks } from './evolution-webhooks.js';
import { findMessages } from './find-messages.js';
import { isSettings, readWebhookSettings, settingsAnswer } from './webhook-settings.js';
import { whatsappJid } from './whatsapp-jid.js';

export interface EvolutionAccount {
  instance: string;
  apiKey: string;
}

const route = /^\/(message|chat|instance|webhook)\/(\w+)(?:\/([^/]+))?$/;

/** Evolution API 2.3.7 with one connected instance, as far as a sender of texts sees it. */
export class EvolutionProvider {
  private readonly key: Buffer;

  constructor(
    private readonly account: EvolutionAccount,
    private readonly inbox: Inbox,
    private readonly faults: Faults,
    private readonly webhooks: EvolutionWebhooks,
  ) {
    this.key = Buffer.from(account.apiKey);
  }

  /** Undefined for a path that is not Evolution's. */
  handle(exchange: Exchange): Answer | Promise<Answer> | undefined {
    if (exchange.path === '/') return json(200, banner);
    const match = route.exec(exchange.path);
    if (!match) return undefined;
    const [, group = '', action = '', name] = match;
    return (
      this.guard(exchange, name) ?? this.call(exchange, `${exchange.method} ${group}/${action}`)
    );
  }

  /** First whether the instance exists, then whose key it is: the order is the server's. */
  private guard({ headers }: Exchange, name: string | undefined): Answer | null {
    if (name !== undefined && decode(name) !== this.account.instance) {
      return answers.notFound(`The "${decode(name)}" instance does not exist`);
    }
    const given = Buffer.from(String(headers.apikey ?? ''));
    const fits = given.length === this.key.length && timingSafeEqual(given, this.key);
    const locked = this.faults.ofProvider('whatsapp')?.kind === 'bad_credentials';
    return fits && !locked ? null : answers.unauthorized;
  }

  private call(exchange: Exchange, action: string): Answer | Promise<Answer> {
    switch (action) {
      case 'POST message/sendText':
        return this.sendText(readJson(exchange.body));
      case 'POST webhook/set':
        return this.setWebhook(readJson(exchange.body));
      case 'GET webhook/find':
        return settingsAnswer(200, this.webhooks.settings);
      case 'POST chat/whatsappNumbers':
        return this.numbers(readJson(exchange.body));
      case 'POST chat/findMessages':
        return findMessages(readJson(exchange.body), this.inbox);
      case 'GET instance/connectionState':
        return json(200, {
          instance: { instanceName: this.account.instance, state: this.state() },
        });
      case 'GET instance/fetchInstances':
        return json(200, [
          {
            id: instanceId,
            name: this.account.instance,
            connectionStatus: this.state(),
            integration: 'WHATSAPP-BAILEYS',
          },
        ]);
      default:
        return answers.notFound(`Cannot ${exchange.method} ${exchange.path}`);
    }
  }

  private sendText(body: unknown): Answer | Promise<Answer> {
    const { number, text } = (body ?? {}) as { number?: unknown; text?: unknown };
    if (body === undefined) return answers.malformedJson;
    if (typeof number !== 'string')
      return answers.schemaError('instance requires property "number"');
    if (typeof text !== 'string') return answers.schemaError('instance requires property "text"');
    const jid = whatsappJid(number);
    const fault = this.faults.take('whatsapp', `+${number}`);
    if (fault) return this.fail(fault, number, jid, text);
    return this.deliver(number, jid, text);
  }

  private deliver(number: string, jid: string, text: string): Answer {
    if (!exists(jid)) return answers.notOnWhatsapp(number, jid);
    if (text.trim() === '') return answers.badRequest(['Text is required']);
    const id = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
    const arrived = this.inbox.add({
      channel: 'whatsapp',
      to: `+${number}`,
      text,
      messageId: id,
    });
    const answer = {
      key: { remoteJid: jid, fromMe: true, id },
      pushName: 'Você',
      status: 'PENDING',
      message: { conversation: text },
      contextInfo: null,
      messageType: 'conversation',
      messageTimestamp: Math.floor(arrived.atMs / 1000),
      instanceId,
      source: 'web',
    };
    this.webhooks.sent(arrived, answer);
    return json(201, answer);
  }

  private async fail(fault: Fault, number: string, jid: string, text: string): Promise<Answer> {
    switch (fault.kind) {
      case 'refuse_recipient':
        return answers.notOnWhatsapp(number, jid);
      case 'refuse_message':
        return answers.badRequest(['Text is required']);
      case 'unavailable':
        return answers.connectionClosed;
      case 'rate_limit':
        return fault.retryAfterSeconds
          ? answers.tooManyRequests(fault.retryAfterSeconds)
          : answers.rateOverlimit;
      case 'bad_credentials':
        return answers.unauthorized;
      case 'stall':
        return 'silence';
      case 'garbage':
        return answers.garbage;
      case 'lose_answer':
        this.deliver(number, jid, text);
        return 'hang_up';
      case 'full':
        this.deliver(number, jid, text);
        return answers.notRecorded;
      case 'slow':
        await delay(fault.delayMs ?? 1000);
        return this.deliver(number, jid, text);
    }
  }

  private setWebhook(body: unknown): Answer {
    const read = readWebhookSettings(body);
    if (!isSettings(read)) return read;
    this.webhooks.settings = read;
    return settingsAnswer(201, read);
  }

  private numbers(body: unknown): Answer {
    const { numbers } = (body ?? {}) as { numbers?: unknown };
    if (!Array.isArray(numbers) || numbers.length === 0) {
      return answers.schemaError('instance requires property "numbers"');
    }
    return json(
      200,
      numbers.map((entry) => {
        const number = String(entry);
        const jid = whatsappJid(number);
        const refused = this.faults.faultFor('whatsapp', `+${number}`)?.kind === 'refuse_recipient';
        return { jid, exists: exists(jid) && !refused, number };
      }),
    );
  }

  private state(): 'open' | 'close' {
    return this.faults.ofProvider('whatsapp')?.kind === 'unavailable' ? 'close' : 'open';
  }
}

const instanceId = '6f1f9d0e-5a55-4c8e-9d5b-0a4f3c1e7b11';

const banner = {
  status: 200,
  message: 'Welcome to the Evolution API, it is working!',
  version: '2.3.7',
};

function exists(jid: string): boolean {
  return /^[1-9]\d{7,14}@/.test(jid);
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
