import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { decrypt } from 'http_ece';
import { type Answer, type Exchange, json } from '../http/exchange.js';
import type { Fault, Faults } from '../world/faults.js';
import type { Inbox } from '../world/inbox.js';
import { VapidChecker } from './check-vapid.js';
import { keyDigest, type Subscription, type Subscriptions } from './subscriptions.js';

const route = /^\/push\/([\w.-]+)$/;
const longestTtlSeconds = 30 * 86_400;

/** A browser vendor's push service (RFC 8030) and, behind it, the browser that decrypts. */
export class PushProvider {
  private readonly vapid: VapidChecker;

  constructor(
    private readonly origin: string,
    private readonly subscriptions: Subscriptions,
    private readonly inbox: Inbox,
    private readonly faults: Faults,
  ) {
    this.vapid = new VapidChecker(origin);
  }

  /** What a browser hands to the page that subscribes. */
  subscribe(vapidPublicKey: string | null) {
    const { token, keys, auth } = this.subscriptions.create(vapidPublicKey);
    return {
      endpoint: this.endpointOf(token),
      keys: { p256dh: keys.getPublicKey('base64url'), auth },
    };
  }

  /** Undefined for a path that is not the push service's. */
  handle(exchange: Exchange): Promise<Answer> | undefined {
    const token = route.exec(exchange.path)?.[1];
    if (token === undefined || exchange.method !== 'POST') return undefined;
    return this.push(token, exchange);
  }

  private async push(token: string, exchange: Exchange): Promise<Answer> {
    const found = this.subscriptions.find(token);
    if (found.state === 'unknown') return refusal(404, 'UnknownSubscription');
    if (found.state === 'expired') return refusal(410, 'Unregistered');
    const vapid = await this.vapid.check(exchange.headers.authorization);
    if (!vapid.ok) return refusal(vapid.status, vapid.reason);
    const { boundTo } = found.subscription;
    if (boundTo !== null && boundTo !== keyDigest(vapid.publicKey)) {
      return refusal(403, 'VapidPkHashMismatch');
    }
    const malformed = headerProblem(exchange);
    if (malformed) return malformed;
    const fault = this.faults.take('push', this.endpointOf(token));
    return fault
      ? this.fail(fault, found.subscription, exchange)
      : this.deliver(found.subscription, exchange);
  }

  private deliver({ token, keys, auth }: Subscription, { headers, body }: Exchange): Answer {
    const text = open(body, keys, auth);
    if (text === null) return refusal(400, 'BadWebPushRequest');
    const messageId = randomUUID();
    const topic = typeof headers.topic === 'string' ? headers.topic : null;
    this.inbox.add({
      channel: 'push',
      to: this.endpointOf(token),
      ...readNotification(text),
      headers: ownHeaders(headers),
      messageId,
      topic,
    });
    const ttlSeconds = Math.min(Number(headers.ttl), longestTtlSeconds);
    return {
      status: 201,
      body: '',
      headers: { location: `${this.origin}/push-message/${messageId}`, ttl: String(ttlSeconds) },
    };
  }

  private async fail(
    fault: Fault,
    subscription: Subscription,
    exchange: Exchange,
  ): Promise<Answer> {
    const { kind, retryAfterSeconds } = fault;
    const wait = retryAfterSeconds ? { 'retry-after': String(retryAfterSeconds) } : undefined;
    switch (kind) {
      case 'refuse_recipient':
        return refusal(410, 'Unregistered');
      case 'refuse_message':
        return refusal(413, 'PayloadTooLarge');
      case 'unavailable':
        return refusal(503, 'ServiceUnavailable', wait);
      case 'full':
        return refusal(503, 'ServiceUnavailable', wait ?? { 'retry-after': '120' });
      case 'rate_limit':
        return refusal(429, 'TooManyRequests', wait);
      case 'bad_credentials':
        return refusal(403, 'BadJwtToken');
      case 'stall':
        return 'silence';
      case 'garbage':
        return 'garble';
      case 'lose_answer':
        this.deliver(subscription, exchange);
        return 'hang_up';
      case 'slow':
        await delay(fault.delayMs ?? 1000);
        return this.deliver(subscription, exchange);
    }
  }

  private endpointOf(token: string): string {
    return `${this.origin}/push/${token}`;
  }
}

function headerProblem({ headers, body }: Exchange): Answer | null {
  if (!/^\d{1,10}$/.test(String(headers.ttl ?? ''))) return refusal(400, 'BadTtl');
  if (headers.topic !== undefined && !/^[\w-]{1,32}$/.test(String(headers.topic))) {
    return refusal(400, 'BadWebPushTopic');
  }
  if (!/^(?:very-low|low|normal|high)$/.test(String(headers.urgency ?? 'normal'))) {
    return refusal(400, 'BadUrgency');
  }
  if (body.length > 4096) return refusal(413, 'PayloadTooLarge');
  if (headers['content-encoding'] !== 'aes128gcm') return refusal(400, 'BadWebPushRequest');
  return null;
}

function open(body: Buffer, keys: Subscription['keys'], auth: string): string | null {
  try {
    const plain = decrypt(body, { version: 'aes128gcm', privateKey: keys, authSecret: auth });
    return plain.toString('utf8');
  } catch {
    return null;
  }
}

function readNotification(text: string) {
  try {
    const { notification } = JSON.parse(text) as {
      notification?: {
        title?: string;
        body?: string;
        navigate?: string;
        data?: { click?: string };
      };
    };
    const { title = null, body = null, navigate = null, data } = notification ?? {};
    return { title, text: body, url: navigate, click: data?.click ?? null };
  } catch {
    return { title: null, text, url: null, click: null };
  }
}

function ownHeaders(headers: Exchange['headers']): Record<string, string> {
  const { ttl, urgency, topic } = headers;
  return Object.fromEntries(
    Object.entries({ ttl, urgency, topic }).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}

function refusal(status: number, reason: string, headers?: Record<string, string>): Answer {
  return json(status, { reason }, headers);
}
