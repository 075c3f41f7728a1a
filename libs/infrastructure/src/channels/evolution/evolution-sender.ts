import { Agent } from 'undici';
import type { AttemptOutcome } from '#domain/delivery/attempt-outcome.js';
import {
  ChannelSender,
  type LookUpResult,
  type OutgoingMessage,
  type ProviderHealth,
} from '#domain/ports/channel-sender.js';
import type { Configuration } from '../../config/configuration.js';
import { callProvider, type ProviderAnswer } from '../call-provider.js';
import { describeAnswer } from '../describe-answer.js';
import { classifyEvolution } from './classify-evolution.js';
import { anythingSentQuery, findText, readFiled, sentAroundQuery } from './find-sent-text.js';

type EvolutionSettings = NonNullable<Configuration['evolution']>;

/**
 * WhatsApp through Evolution API, versions 2.0 to 2.4. The server has no idempotency key: an
 * attempt without an answer is looked up, never repeated blindly.
 */
export class EvolutionSender extends ChannelSender {
  readonly channel = 'whatsapp';
  readonly timeoutMs: number;

  private readonly agent = new Agent({
    connections: 128,
    pipelining: 1,
    connect: { timeout: 3000 },
  });
  private readonly origin: string;
  private readonly basePath: string;
  private readonly instance: string;
  private readonly headers: Record<string, string>;

  constructor(private readonly settings: EvolutionSettings) {
    super();
    const url = new URL(settings.url);
    this.timeoutMs = settings.timeoutMs;
    this.origin = url.origin;
    this.basePath = url.pathname.replace(/\/+$/, '');
    this.instance = encodeURIComponent(settings.instance);
    this.headers = { apikey: settings.apiKey, 'content-type': 'application/json' };
  }

  async send({ address, content }: OutgoingMessage): Promise<AttemptOutcome> {
    if (address.channel !== 'whatsapp' || content.channel !== 'whatsapp') {
      return refusedMessage('wrong_channel', 'not a WhatsApp message');
    }
    const { phone } = address;
    const { text } = content;
    // Anything but digits the server would read as a group, a status or nobody.
    if (!/^\+[1-9]\d{7,14}$/.test(phone)) {
      return { kind: 'permanent_recipient', code: 'invalid_phone', detail: 'not in E.164' };
    }
    if (text.trim() === '') return refusedMessage('empty_text', 'the text is blank');
    if (text.length > 4096) return refusedMessage('too_large', 'more than 4096 characters');
    const answer = await this.post(
      'message/sendText',
      JSON.stringify({ number: phone.slice(1), text }),
    );
    return classifyEvolution(answer, [this.settings.apiKey, text]);
  }

  async lookUp({ address, content }: OutgoingMessage, since: Date): Promise<LookUpResult> {
    if (address.channel !== 'whatsapp' || content.channel !== 'whatsapp') {
      return { found: 'cannot_tell', detail: 'not a WhatsApp message' };
    }
    const digits = address.phone.slice(1);
    for (let page = 1; ; page += 1) {
      const around = readFiled(await this.find(sentAroundQuery(since, page)));
      const result = findText(around, digits, content.text, page);
      if (result?.found === 'no' && 'total' in around && around.total === 0) return this.isKept();
      if (result) return result;
    }
  }

  /** An operator may have switched off the keeping of messages: silence then says nothing. */
  private async isKept(): Promise<LookUpResult> {
    const anything = readFiled(await this.find(anythingSentQuery));
    if ('total' in anything && anything.total > 0) return { found: 'no' };
    return { found: 'cannot_tell', detail: 'the server keeps no messages', answered: true };
  }

  async probe(): Promise<ProviderHealth> {
    const answer = await callProvider(this.agent, {
      origin: this.origin,
      path: `${this.basePath}/instance/connectionState/${this.instance}`,
      method: 'GET',
      headers: { apikey: this.settings.apiKey },
      timeoutMs: Math.min(this.timeoutMs, 10_000),
    });
    if (answer.kind !== 'answered') {
      return { healthy: false, detail: describeAnswer(answer.detail, [this.settings.apiKey]) };
    }
    const state = /"state"\s*:\s*"([a-z]{1,20})"/.exec(answer.text)?.[1];
    return answer.status === 200 && state !== undefined
      ? { healthy: state === 'open', detail: `instance ${state}` }
      : { healthy: false, detail: `HTTP ${answer.status}` };
  }

  async close(): Promise<void> {
    if (!this.agent.closed) await this.agent.close();
  }

  private find(query: string): Promise<ProviderAnswer> {
    return this.post('chat/findMessages', query, {
      timeoutMs: Math.min(this.timeoutMs, 15_000),
      maximumBodyBytes: 1024 * 1024,
    });
  }

  private post(
    action: string,
    body: string,
    limits?: { timeoutMs: number; maximumBodyBytes: number },
  ): Promise<ProviderAnswer> {
    return callProvider(this.agent, {
      origin: this.origin,
      path: `${this.basePath}/${action}/${this.instance}`,
      method: 'POST',
      headers: this.headers,
      body,
      timeoutMs: this.timeoutMs,
      ...limits,
    });
  }
}

function refusedMessage(code: string, detail: string): AttemptOutcome {
  return { kind: 'permanent_message', code, detail };
}
