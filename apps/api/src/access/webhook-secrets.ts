import { hash as digest, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Caller, Identity } from './access.js';

/** Those who carry messages, and tell what became of them. */
export const webhookCaller: Caller = {
  id: 'webhook',
  name: 'webhook',
  scopes: [],
  tallerId: null,
};

/**
 * Knows providers by the secret that they show in `X-Webhook-Secret`, or in the path: the global
 * webhook of Evolution API, and its versions before 2.2, can be given an address and nothing else.
 */
export class WebhookSecrets {
  private readonly hashes: readonly Buffer[];
  private saidNone = false;

  /** @param secrets the one in force, and the one before while it is replaced */
  constructor(secrets: readonly string[]) {
    this.hashes = secrets.map(hash);
  }

  identify(request: FastifyRequest): Identity {
    if (this.hashes.length === 0) this.sayNone(request);
    const shown = request.headers['x-webhook-secret'] ?? inPath(request.params);
    if (typeof shown !== 'string') return { kind: 'stranger' };
    const given = hash(shown);
    // Hashes have one length, and each is compared: it takes the same time whatever was shown.
    const isRight = this.hashes.map((known) => timingSafeEqual(known, given)).includes(true);
    return isRight
      ? { kind: 'caller', caller: webhookCaller }
      : { kind: 'refused', errors: wrongSecret };
  }

  private sayNone(request: FastifyRequest): void {
    if (this.saidNone) return;
    this.saidNone = true;
    request.log.warn('webhooks are answered 401, whoever sends them: WEBHOOK_SECRET is not set');
  }
}

const wrongSecret = { 'X-Webhook-Secret': ['is not the secret of the webhooks'] };

/** Names of events are words; a secret has 32 characters or more. */
function inPath(params: unknown): string | undefined {
  const { event }: { event?: unknown } = Object(params);
  return typeof event === 'string' && event.length >= 32 ? event : undefined;
}

function hash(secret: string): Buffer {
  return digest('sha256', secret, 'buffer');
}
