import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** What a person's browser asked for, until the client comes with the code. */
interface Grant {
  clientId: string;
  redirectUri: string;
  nonce: string;
  challenge: string;
}

/**
 * An identity provider on a port of this machine: real keys, a real JWKS over HTTP, and sign-in by
 * authorization code with PKCE, where whoever comes is the one that {@link person} describes.
 */
export class IdentityProvider {
  /** Requests for its keys. */
  asked = 0;
  /** Claims of the access token of who signs in next; null: who says no. */
  person: JWTPayload | null = {};
  /** Claims that the ID token has beside, or otherwise. */
  idClaims: JWTPayload = { name: 'Ana Paredes' };
  private readonly keys = new Map<string, { alg: string; pair: KeyPair }>();
  private readonly grants = new Map<string, Grant>();
  private server: Server | undefined;
  private port = 0;

  async open(port = 0): Promise<this> {
    this.server = createServer((request, reply) => void this.answer(request, reply)).listen(
      port,
      '127.0.0.1',
    );
    await once(this.server, 'listening');
    const address = this.server.address();
    this.port = typeof address === 'object' && address ? address.port : 0;
    return this;
  }

  /** The same address again, after a {@link close}. */
  async reopen(): Promise<void> {
    await this.open(this.port);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve));
    this.server?.closeAllConnections();
    await closed;
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get jwksUrl(): string {
    return `${this.issuer}/keys`;
  }

  async addKey(kid: string, alg = 'ES256'): Promise<void> {
    this.keys.set(kid, { alg, pair: await generateKeyPair(alg, { extractable: true }) });
  }

  dropKey(kid: string): void {
    this.keys.delete(kid);
  }

  /** A token as this provider issues it, good for five minutes unless the claims say otherwise. */
  async token(claims: JWTPayload, kid = 'first'): Promise<string> {
    const key = this.keys.get(kid);
    if (!key) throw new Error(`there is no key ${kid}`);
    const now = Math.floor(Date.now() / 1000);
    const whole = { iss: this.issuer, aud: 'ambacar', sub: 'subject-1', exp: now + 300, ...claims };
    const { alg, pair } = key;
    return new SignJWT(whole).setProtectedHeader({ alg, kid }).sign(pair.privateKey);
  }

  private async answer(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.issuer);
    reply.setHeader('content-type', 'application/json');
    if (pathname === '/.well-known/openid-configuration') reply.end(JSON.stringify(this.metadata));
    else if (pathname === '/authorize') this.authorize(searchParams, reply);
    else if (pathname === '/token') {
      const sent = new URLSearchParams(await text(request));
      const answer = await this.redeem(sent, request.headers.authorization);
      reply.statusCode = 'error' in answer ? 400 : 200;
      reply.end(JSON.stringify(answer));
    } else {
      this.asked += 1;
      reply.end(JSON.stringify({ keys: await this.publicKeys() }));
    }
  }

  private get metadata() {
    return {
      issuer: this.issuer,
      jwks_uri: this.jwksUrl,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['ES256'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  /** Sends the browser back at once: the person was signed in here already. */
  private authorize(asked: URLSearchParams, reply: ServerResponse): void {
    const of = (name: string) => asked.get(name) ?? '';
    const back = new URL(of('redirect_uri'));
    back.searchParams.set('state', of('state'));
    if (this.person === null) back.searchParams.set('error', 'access_denied');
    else {
      const code = `code-${this.grants.size}-${of('state')}`;
      this.grants.set(code, {
        clientId: of('client_id'),
        redirectUri: of('redirect_uri'),
        nonce: of('nonce'),
        challenge: of('code_challenge'),
      });
      back.searchParams.set('code', code);
    }
    reply.writeHead(303, { location: back.href }).end();
  }

  private async redeem(sent: URLSearchParams, authorization: string | undefined) {
    const code = sent.get('code') ?? '';
    const grant = this.grants.get(code);
    // A code is good for once.
    this.grants.delete(code);
    const verifier = sent.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (
      !grant ||
      grant.challenge !== challenge ||
      grant.redirectUri !== sent.get('redirect_uri') ||
      grant.clientId !== clientOf(sent, authorization)
    ) {
      return { error: 'invalid_grant' };
    }
    const iat = Math.floor(Date.now() / 1000);
    const person = this.person ?? {};
    const idToken = { sub: person.sub, aud: grant.clientId, nonce: grant.nonce, iat };
    const given = Object.entries({ ...idToken, ...this.idClaims });
    return {
      access_token: await this.token(person),
      token_type: 'Bearer',
      expires_in: 300,
      id_token: await this.token(
        Object.fromEntries(given.filter(([, value]) => value !== undefined)),
      ),
    };
  }

  private publicKeys(): Promise<object[]> {
    return Promise.all(
      [...this.keys].map(async ([kid, { alg, pair }]) => ({
        ...(await exportJWK(pair.publicKey)),
        kid,
        alg,
        use: 'sig',
      })),
    );
  }
}

/** A client with a secret shows it as a password, one without names itself. */
function clientOf(sent: URLSearchParams, authorization: string | undefined): string | null {
  if (authorization === undefined) return sent.get('client_id');
  const [id] = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString().split(':');
  return decodeURIComponent(id ?? '');
}
