import {
  type CryptoKey,
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
} from 'jose';
import { z } from 'zod';

/** The identity provider's keys are asked for again this long after they came. */
const freshForMs = 600_000;
/** A token with an unknown key has them asked for at most so often. */
const cooldownMs = 5000;
/** After a failure the provider is left in peace for so long. */
const pauseMs = 2000;
const timeoutMs = 3000;

/** Thrown for a token whose key is not known while the identity provider does not answer. */
export class TokenKeysUnreachable extends Error {}

type RemoteKeys = ReturnType<typeof createRemoteJWKSet>;

/**
 * The keys that an identity provider signs with. Those that are known go on serving while it does
 * not answer; a new one is found with the first token that it signed.
 */
export class TokenKeys {
  private keys: Promise<RemoteKeys> | undefined;
  private loadedAt = -Infinity;
  private failedAt = -Infinity;

  /**
   * @param source where its keys are, or, with `jwksUrl` null, whose discovery document says it
   * @param report is told each failure to ask the provider
   */
  constructor(
    private readonly source: { issuer: string; jwksUrl: string | null },
    private readonly report: (failure: unknown) => void,
  ) {}

  /** The key that a token names. Throws jose's own errors for a token that names none of them. */
  readonly find = async (
    header: JWSHeaderParameters,
    token: FlattenedJWSInput,
  ): Promise<CryptoKey> => {
    try {
      const keys = await this.open();
      this.refresh(keys);
      return await keys(header, token);
    } catch (error) {
      if (isFaultOfToken(error)) throw error;
      throw new TokenKeysUnreachable('the keys of the identity provider', { cause: error });
    }
  };

  private open(): Promise<RemoteKeys> {
    this.keys ??= this.addressOfKeys().then((url) =>
      createRemoteJWKSet(url, {
        cacheMaxAge: Infinity,
        cooldownDuration: cooldownMs,
        timeoutDuration: timeoutMs,
        [customFetch]: (address, options) => this.ask(address, options),
      }),
    );
    this.keys.catch(() => {
      this.keys = undefined;
    });
    return this.keys;
  }

  /** Nobody waits for it: jose itself would refuse what it knows until the provider answers. */
  private refresh(keys: RemoteKeys): void {
    const isDue = this.loadedAt + freshForMs < performance.now() && this.loadedAt > 0;
    if (isDue && !keys.reloading) keys.reload().catch(() => undefined);
  }

  /** OpenID Connect Discovery 1.0, section 4. */
  private async addressOfKeys(): Promise<URL> {
    const { issuer, jwksUrl } = this.source;
    if (jwksUrl !== null) return new URL(jwksUrl);
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const answer = await this.ask(address, {
      method: 'GET',
      headers: new Headers({ accept: 'application/json' }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const told = discovery.parse(await answer.json());
    if (told.issuer !== issuer) throw new Error(`${address} speaks for another issuer`);
    return new URL(told.jwks_uri);
  }

  private readonly ask: FetchImplementation = async (address, options) => {
    if (this.failedAt + pauseMs > performance.now()) throw new Error('it did not answer just now');
    try {
      const answer = await fetch(address, options);
      if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
      this.loadedAt = performance.now();
      return answer;
    } catch (error) {
      this.failedAt = performance.now();
      this.report(error);
      throw error;
    }
  };
}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

function isFaultOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
