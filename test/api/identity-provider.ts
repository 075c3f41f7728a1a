import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** An identity provider on a port of this machine: real keys, a real JWKS over HTTP. */
export class IdentityProvider {
  /** Requests for its keys. */
  asked = 0;
  private readonly keys = new Map<string, { alg: string; pair: KeyPair }>();
  private server: Server | undefined;
  private port = 0;

  async open(port = 0): Promise<this> {
    this.server = createServer((request, reply) => {
      if (request.url === '/.well-known/openid-configuration') {
        reply.end(JSON.stringify({ issuer: this.issuer, jwks_uri: this.jwksUrl }));
        return;
      }
      this.asked += 1;
      this.publicKeys().then((keys) => reply.end(JSON.stringify({ keys })));
    }).listen(port, '127.0.0.1');
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
