import { hash as digest, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** What the core system shows in `X-Internal-Secret`: the secret, or the one before it. */
export class InternalSecrets {
  private readonly hashes: readonly Buffer[];
  private saidNone = false;

  constructor(secrets: readonly string[]) {
    this.hashes = secrets.map(hash);
  }

  /** Takes the same time whatever was shown: hashes have one length, and each is compared. */
  isRight(request: FastifyRequest): boolean {
    const shown = request.headers['x-internal-secret'];
    if (this.hashes.length === 0) this.sayNone(request);
    if (typeof shown !== 'string') return false;
    const given = hash(shown);
    return this.hashes.map((known) => timingSafeEqual(known, given)).includes(true);
  }

  private sayNone(request: FastifyRequest): void {
    if (this.saidNone) return;
    this.saidNone = true;
    request.log.warn('the internal API answers 401 to all: INTERNAL_API_SECRET_KEY is not set');
  }
}

function hash(secret: string): Buffer {
  return digest('sha256', secret, 'buffer');
}
