import { decodeJwt } from 'jose';
import * as oidc from 'openid-client';
import { z } from 'zod';
import type { OidcClient } from '#infrastructure/config/oidc.js';
import { SealBroken, seal, unseal } from '#infrastructure/secrets/sealed-text.js';
import type { Caller } from './access.js';
import type { SealKeys } from './sessions.js';
import type { StaffTokens } from './staff-tokens.js';

/** How long a person may take at the identity provider. */
export const signInLastsSeconds = 600;
const timeoutSeconds = 5;
const purpose = 'sign-in';

const journey = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  endsAt: z.int(),
});

/** Why nobody was signed in: `denied` at the provider, `powerless` here, or for the log. */
export type SignInFault = 'denied' | 'powerless' | 'unavailable' | 'failed';

export type SignInResult =
  | ({ kind: 'signed-in'; returnTo: string } & WhoSignedIn)
  | { kind: 'refused'; fault: SignInFault };

/**
 * Signs staff in at their identity provider: authorization code with PKCE, state and nonce (OpenID
 * Connect Core 1.0, section 3.1; RFC 9700). The access token is read as if it had been shown.
 */
export class OidcSignIn {
  private discovered: Promise<oidc.Configuration> | undefined;

  /** @param report is told why a sign-in came to nothing, without anything of the person's */
  constructor(
    private readonly provider: { issuer: string; client: OidcClient },
    private readonly tokens: StaffTokens,
    private readonly secretKeys: SealKeys,
    private readonly report: (failure: unknown) => void,
  ) {}

  /**
   * Where the browser goes, and what it has to bring back in a cookie. Null while the provider
   * does not answer.
   */
  async start(
    callback: string,
    returnTo: string,
  ): Promise<{ address: URL; sealed: string } | null> {
    const provider = await this.discover();
    if (!provider) return null;
    const state = oidc.randomState();
    const nonce = oidc.randomNonce();
    const verifier = oidc.randomPKCECodeVerifier();
    const address = oidc.buildAuthorizationUrl(provider, {
      redirect_uri: callback,
      scope: 'openid',
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const endsAt = Math.floor(Date.now() / 1000) + signInLastsSeconds;
    const text = JSON.stringify({ state, nonce, verifier, returnTo, endsAt });
    return { address, sealed: await seal(this.secretKeys[0], purpose, text) };
  }

  /** @param address where the provider sent the browser back to, with what it said */
  async finish(address: URL, sealed: string | undefined): Promise<SignInResult> {
    const begun = await this.read(sealed);
    if (!begun) return { kind: 'refused', fault: 'failed' };
    const provider = await this.discover();
    if (!provider) return { kind: 'refused', fault: 'unavailable' };
    try {
      const granted = await oidc.authorizationCodeGrant(provider, address, {
        pkceCodeVerifier: begun.verifier,
        expectedState: begun.state,
        expectedNonce: begun.nonce,
      });
      const who = await this.whoIs(granted);
      if (!who) return { kind: 'refused', fault: 'powerless' };
      return { kind: 'signed-in', ...who, returnTo: begun.returnTo };
    } catch (error) {
      const isDenied =
        error instanceof oidc.AuthorizationResponseError && error.error === 'access_denied';
      if (!isDenied) this.report(error);
      return { kind: 'refused', fault: isDenied ? 'denied' : 'failed' };
    }
  }

  /** Null for who may do nothing here. */
  private async whoIs(granted: Granted): Promise<WhoSignedIn | null> {
    const { access_token } = granted;
    const identity = await this.tokens.read(access_token);
    if (identity.kind === 'powerless') return null;
    if (identity.kind !== 'caller') throw new Error('its access token is not good here');
    const told = granted.claims();
    const { exp, sub } = decodeJwt(access_token);
    if (!told || told.sub !== sub || exp === undefined)
      throw new Error('its two tokens name two people');
    const shownAs = [told.name, told.preferred_username, told.email].find(isName);
    const { caller } = identity;
    return { caller, shownAs: shownAs ?? caller.name, tokenEndsAt: exp };
  }

  private async read(sealed: string | undefined) {
    try {
      const text = await unseal(this.secretKeys, purpose, sealed ?? '');
      const { data } = journey.safeParse(JSON.parse(text));
      return data && data.endsAt > Date.now() / 1000 ? data : undefined;
    } catch (error) {
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  }

  /** Once; again only after it failed. */
  private async discover(): Promise<oidc.Configuration | null> {
    const { issuer, client } = this.provider;
    const isPlain = issuer.startsWith('http:');
    this.discovered ??= oidc.discovery(
      new URL(issuer),
      client.id,
      client.secret ?? undefined,
      client.secret ? undefined : oidc.None(),
      { timeout: timeoutSeconds, execute: isPlain ? [oidc.allowInsecureRequests] : [] },
    );
    try {
      return await this.discovered;
    } catch (error) {
      this.discovered = undefined;
      this.report(error);
      return null;
    }
  }
}

/** Null where staff have no identity provider, or we are no client of it. */
export const OIDC_SIGN_IN = Symbol('sign-in at the identity provider');

type Granted = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>;
interface WhoSignedIn {
  caller: Caller;
  shownAs: string;
  /** In seconds since 1970. */
  tokenEndsAt: number;
}

function isName(claim: unknown): claim is string {
  return typeof claim === 'string' && /\S/.test(claim) && claim.length <= 100;
}
