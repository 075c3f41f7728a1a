import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { scopes } from '#domain/access/scopes.js';
import { hashApiKey } from '#infrastructure/persistence/api-key-secret.js';
import { SealBroken, seal, unseal } from '#infrastructure/secrets/sealed-text.js';
import type { Caller, Identity } from './access.js';
import type { KnownKeys } from './known-keys.js';
import { foreignPage, isUnprovenChange } from './same-origin.js';
import type { SecureRequests } from './secure-requests.js';
import { cookieField, cookieOf, sessionCookie } from './session-cookies.js';

/** The key in force first. */
export type SealKeys = readonly [string, ...string[]];

/** A session that nobody uses ends after 12 hours: a day's work. */
const lastsSeconds = 12 * 3600;
/** One in use is made to last again when it is this old. */
const renewedAfterSeconds = 3600;
const purpose = 'session';

const contents = z.discriminatedUnion('by', [
  /** The key's hash, which opens nothing elsewhere: the key is looked up with every request. */
  z.object({ by: z.literal('key'), hash: z.base64(), begunAt: z.int() }),
  z.object({
    by: z.literal('oidc'),
    caller: z.object({
      id: z.string(),
      name: z.string(),
      scopes: z.array(z.enum(scopes)),
      tallerId: z.string().nullable(),
    }),
    shownAs: z.string(),
    endsAt: z.int(),
  }),
]);
type Contents = z.infer<typeof contents>;

/**
 * Who is signed in to the console, kept by the browser alone: a cookie sealed with SECRET_KEY,
 * which any process opens, and which opens nothing once its key has ended.
 */
export class Sessions {
  /** @param secretKeys the one in force and, while it is being replaced, the one before */
  constructor(
    private readonly secretKeys: SealKeys,
    private readonly keys: KnownKeys,
    private readonly isSecure: SecureRequests,
  ) {}

  /** Of who showed this key, which must be a good one. Gives back when it ends. */
  async beginByKey(key: string, request: FastifyRequest, reply: FastifyReply): Promise<Date> {
    const now = nowSeconds();
    const hash = hashApiKey(key).toString('base64');
    await this.begin({ by: 'key', hash, begunAt: now }, now + lastsSeconds, request, reply);
    return dateOf(now + lastsSeconds);
  }

  /**
   * Of staff whose token said who they are.
   *
   * @param tokenEndsAt in seconds since 1970: no session outlives what it stands for
   */
  async beginByToken(
    who: { caller: Caller; shownAs: string; tokenEndsAt: number },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { caller, shownAs } = who;
    const endsAt = Math.min(who.tokenEndsAt, nowSeconds() + lastsSeconds);
    const kept = { ...caller, scopes: [...caller.scopes] };
    await this.begin({ by: 'oidc', caller: kept, shownAs, endsAt }, endsAt, request, reply);
  }

  /** Takes the cookie from the browser. */
  end(request: FastifyRequest, reply: FastifyReply): void {
    // The renewal that this request may have earned is not to outlive it.
    reply.removeHeader('set-cookie');
    const isSecure = this.isSecure(request.raw);
    reply.header('set-cookie', cookieField(sessionCookie, '', { isSecure, maxAgeSeconds: 0 }));
  }

  /** Who makes a request that shows neither key nor token. */
  async identify(request: FastifyRequest): Promise<Identity> {
    const isSecure = this.isSecure(request.raw);
    const sealed = cookieOf(request.raw, sessionCookie, isSecure);
    if (!sealed) return { kind: 'stranger' };
    const identity = await this.open(sealed, isSecure);
    if (identity.kind === 'caller' && isUnprovenChange(request)) {
      return { kind: 'powerless', id: identity.caller.id, why: foreignPage };
    }
    return identity;
  }

  private async open(sealed: string, isSecure: boolean): Promise<Identity> {
    const session = await this.read(sealed);
    if (!session) return { kind: 'ended' };
    if (session.by === 'oidc') {
      const { caller, shownAs, endsAt } = session;
      if (endsAt <= nowSeconds()) return { kind: 'ended' };
      return { kind: 'caller', caller, session: { shownAs, endsAt: dateOf(endsAt) } };
    }
    const age = nowSeconds() - session.begunAt;
    if (age >= lastsSeconds) return { kind: 'ended' };
    // Nobody can make up a hash that is sealed, so there is no guessing to hold back.
    const key = await this.keys.findByHash(Buffer.from(session.hash, 'base64'), async () => true);
    if (!key) return { kind: 'ended' };
    const isRenewed = age >= renewedAfterSeconds;
    const begunAt = isRenewed ? nowSeconds() : session.begunAt;
    const renewal = isRenewed
      ? await this.field({ ...session, begunAt }, lastsSeconds, isSecure)
      : undefined;
    const facts = { shownAs: key.name, endsAt: dateOf(begunAt + lastsSeconds), renewal };
    return { kind: 'caller', caller: key, session: facts };
  }

  /** Undefined for what is not ours, or no longer, or of a version with other contents. */
  private async read(sealed: string): Promise<Contents | undefined> {
    try {
      return contents.safeParse(JSON.parse(await unseal(this.secretKeys, purpose, sealed))).data;
    } catch (error) {
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  }

  private async begin(
    session: Contents,
    endsAt: number,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const seconds = endsAt - nowSeconds();
    reply.removeHeader('set-cookie');
    reply.header('set-cookie', await this.field(session, seconds, this.isSecure(request.raw)));
  }

  private async field(session: Contents, seconds: number, isSecure: boolean): Promise<string> {
    const sealed = await seal(this.secretKeys[0], purpose, JSON.stringify(session));
    return cookieField(sessionCookie, sealed, { isSecure, maxAgeSeconds: seconds });
  }
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

function dateOf(seconds: number): Date {
  return new Date(seconds * 1000);
}
