import { Agent } from 'undici';
import webPush from 'web-push';
import type { PushAddress } from '#domain/customers/recipient.js';
import type { AttemptOutcome } from '#domain/delivery/attempt-outcome.js';
import {
  ChannelSender,
  type LookUpResult,
  type OutgoingMessage,
  type ProviderHealth,
} from '#domain/ports/channel-sender.js';
import type { Configuration } from '../../config/configuration.js';
import { callProvider } from '../call-provider.js';
import { describeAnswer } from '../describe-answer.js';
import { classifyPush } from './classify-push.js';
import { ClickTokens } from './click-tokens.js';
import { checkEndpoint } from './endpoint-guard.js';
import { globalLookup } from './global-address.js';
import { maximumPayloadBytes, pushPayload, pushTopic } from './push-payload.js';
import { VapidHeaders } from './vapid-headers.js';

type PushSettings = NonNullable<Configuration['push']>;

const longestTtlSeconds = 28 * 24 * 3600;
const defaultTtlSeconds = 72 * 3600;

/** Web Push (RFC 8030) with encryption (RFC 8291) and VAPID (RFC 8292). */
export class WebPushSender extends ChannelSender {
  readonly channel = 'push';
  readonly timeoutMs: number;

  private readonly vapid: VapidHeaders;
  private readonly clicks: ClickTokens;
  private readonly publicAgent = new Agent({
    connections: 64,
    pipelining: 1,
    connect: { timeout: 5000, lookup: globalLookup },
  });
  /** For the origins that the operator named, which may well be inner ones. */
  private readonly trustedAgent = new Agent({
    connections: 64,
    pipelining: 1,
    connect: { timeout: 5000 },
  });

  constructor(
    private readonly settings: PushSettings,
    { timeoutMs = 10_000 }: { timeoutMs?: number } = {},
  ) {
    super();
    this.timeoutMs = timeoutMs;
    this.vapid = new VapidHeaders(settings);
    this.clicks = new ClickTokens(settings.privateKey);
  }

  async send(message: OutgoingMessage): Promise<AttemptOutcome> {
    const { address, content } = message;
    if (address.channel !== 'push' || content.channel !== 'push') {
      return { kind: 'permanent_message', code: 'wrong_channel', detail: 'not a push message' };
    }
    const endpoint = checkEndpoint(address.endpoint, this.settings);
    if (!endpoint.ok) {
      return { kind: 'permanent_recipient', code: 'endpoint_refused', detail: endpoint.why };
    }
    const payload = pushPayload(
      content,
      message.notificationId,
      this.clicks.make(message.messageId),
    );
    if (payload.length > maximumPayloadBytes) {
      const detail = `${payload.length} bytes, of which ${maximumPayloadBytes} may be`;
      return { kind: 'permanent_message', code: 'too_large', detail };
    }
    const body = encrypt(address, payload);
    if (!body) {
      const detail = 'the keys of the subscription are not valid';
      return { kind: 'permanent_recipient', code: 'subscription_keys', detail };
    }
    const { href, origin } = endpoint;
    const answer = await callProvider(endpoint.trusted ? this.trustedAgent : this.publicAgent, {
      origin,
      path: href.slice(origin.length),
      method: 'POST',
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Encoding': 'aes128gcm',
        Authorization: this.vapid.for(origin),
        TTL: String(ttlSeconds(message.validForMs)),
        Urgency: message.priority,
        Topic: pushTopic(message.notificationId),
      },
      body,
      timeoutMs: this.timeoutMs,
    });
    return classifyPush(answer, [href, href.slice(origin.length), address.auth, address.p256dh]);
  }

  /** No push service offers receipts; the topic makes a repeat harmless instead. */
  async lookUp(): Promise<LookUpResult> {
    return { found: 'cannot_tell', detail: 'push services keep no receipts' };
  }

  /**
   * Push services have no health address. What can be wrong on our side is the key pair and the
   * subject, so a token is signed with them; a trusted origin is called too, to see it answer.
   */
  async probe(): Promise<ProviderHealth> {
    try {
      new VapidHeaders(this.settings).for('https://push.example.com');
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { healthy: false, detail: describeAnswer(detail, [this.settings.privateKey]) };
    }
    for (const origin of this.settings.trustedOrigins) {
      const answer = await callProvider(this.trustedAgent, {
        origin,
        path: '/',
        method: 'GET',
        headers: {},
        timeoutMs: this.timeoutMs,
      });
      if (answer.kind !== 'answered') {
        return { healthy: false, detail: describeAnswer(`${answer.code}: ${answer.detail}`) };
      }
    }
    return { healthy: true, detail: 'the key pair signs' };
  }

  async close(): Promise<void> {
    const open = [this.publicAgent, this.trustedAgent].filter((agent) => !agent.closed);
    await Promise.all(open.map((agent) => agent.close()));
  }
}

/**
 * One record under a fresh key pair, as RFC 8291 asks. Null for keys that are none. Not through
 * the library's `generateRequestDetails`, which reads the endpoint with the old URL parser.
 */
function encrypt({ p256dh, auth }: PushAddress, payload: Buffer): Buffer | null {
  try {
    return webPush.encrypt(p256dh, auth, payload, 'aes128gcm').cipherText;
  } catch {
    // The library quotes the key in its message; the subscription is beyond use either way.
    return null;
  }
}

function ttlSeconds(validForMs: number | null): number {
  if (validForMs === null) return defaultTtlSeconds;
  return Math.min(Math.max(Math.floor(validForMs / 1000), 0), longestTtlSeconds);
}
