import type { FastifyRequest } from 'fastify';
import { scopes } from '#domain/access/scopes.js';
import { apiKeyForm } from '#infrastructure/persistence/api-key-secret.js';
import type { Caller, Identity } from './access.js';
import type { InternalSecrets } from './internal-secrets.js';
import type { KnownKeys } from './known-keys.js';
import { foreignPage, isForeignChange } from './same-origin.js';
import type { Sessions } from './sessions.js';
import type { StaffTokens } from './staff-tokens.js';
import type { WebhookSecrets } from './webhook-secrets.js';

/** Whoever calls with authentication off. */
const everyone: Caller = { id: 'anonymous', name: 'anonymous', scopes, tallerId: null };
/** The core system. Its one door asks for no scope. */
export const internalCaller: Caller = {
  id: 'internal',
  name: 'internal',
  scopes: [],
  tallerId: null,
};

const internalRoutes = '/api/internal/';
const webhookRoutes = '/api/v1/webhooks/';

/**
 * Finds out who makes a request: the core system, a key's holder, staff by their token, or whoever
 * signed in to the console.
 */
export class Callers {
  constructor(
    private readonly mode: 'keys' | 'off',
    private readonly internal: InternalSecrets,
    private readonly webhooks: WebhookSecrets,
    private readonly keys: KnownKeys,
    private readonly tokens: StaffTokens | null,
    private readonly sessions: Sessions,
  ) {}

  /**
   * @param isSlowed whether the request's address has shown too much that was wrong: then no more
   *   of it is looked up, save keys that this process knows to be good
   */
  async identify(request: FastifyRequest, isSlowed: () => Promise<boolean>): Promise<Identity> {
    try {
      // Its routes take its secret alone, with authentication off, too; and no others take it.
      if (request.routeOptions.url?.startsWith(internalRoutes)) return this.core(request);
      if (request.routeOptions.url?.startsWith(webhookRoutes))
        return this.webhooks.identify(request);
      if (this.mode === 'off') return anyone(request);
      const shown = credentialOf(request);
      if (shown === undefined) return await this.sessions.identify(request);
      if (apiKeyForm.test(shown)) return await this.keyHolder(shown, isSlowed);
      const byToken = shown === request.headers['x-api-key'] ? null : this.tokens;
      return byToken ? await byToken.read(shown) : noSuchKey;
    } catch (error) {
      return { kind: 'unsettled', error };
    }
  }

  private core(request: FastifyRequest): Identity {
    if (this.internal.isRight(request)) return { kind: 'caller', caller: internalCaller };
    return request.headers['x-internal-secret'] === undefined
      ? { kind: 'stranger' }
      : { kind: 'refused', errors: wrongSecret };
  }

  private async keyHolder(key: string, isSlowed: () => Promise<boolean>): Promise<Identity> {
    const found = await this.keys.find(key, async () => !(await isSlowed()));
    return found ? { kind: 'caller', caller: found } : noSuchKey;
  }
}

/** Who needs no key still needs a page of ours, or another site could act through the browser. */
function anyone(request: FastifyRequest): Identity {
  if (isForeignChange(request)) return { kind: 'powerless', id: everyone.id, why: foreignPage };
  return { kind: 'caller', caller: everyone };
}

const noSuchKey: Identity = {
  kind: 'refused',
  errors: { Authorization: ['holds no key or token that is good here'] },
};
const wrongSecret = { 'X-Internal-Secret': ['is not the secret of the core system'] };

function credentialOf({ headers }: FastifyRequest): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const plain = headers['x-api-key'];
  return bearer ?? (typeof plain === 'string' ? plain : undefined);
}
