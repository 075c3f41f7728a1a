import { errors, type JWTPayload, jwtVerify } from 'jose';
import { findByReference } from '#domain/catalog/catalog.js';
import type { OidcConfiguration } from '#infrastructure/config/oidc.js';
import type { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { Problem } from '../http/problem.js';
import type { Identity } from './access.js';
import { scopesOfClaims, tallerOfClaims } from './token-claims.js';
import { type TokenKeys, TokenKeysUnreachable } from './token-keys.js';

/** Signed with a private key of the provider's: never none, never a secret that we share. */
const algorithms = ['RS256', 'ES256', 'EdDSA'];
/** How far two clocks may be apart. */
const leewaySeconds = 30;
/** OpenID Connect Core 1.0, section 2: ASCII, at most 255 characters. */
const subjectForm = /^[\x20-\x7e]{1,255}$/;

/** Knows staff by the access tokens of their identity provider. */
export class StaffTokens {
  constructor(
    private readonly oidc: OidcConfiguration,
    private readonly keys: TokenKeys,
    private readonly setups: SetupCache,
  ) {}

  /** Throws a 503 where the provider's keys are needed and it does not answer. */
  async read(token: string): Promise<Identity> {
    try {
      const { payload } = await jwtVerify(token, this.keys.find, {
        issuer: this.oidc.issuer,
        audience: this.oidc.audiences,
        algorithms,
        clockTolerance: leewaySeconds,
        requiredClaims: ['sub', 'exp'],
      });
      return await this.callerOf(payload);
    } catch (error) {
      if (error instanceof TokenKeysUnreachable) {
        throw new Problem('unavailable', { headers: { 'retry-after': '5' } });
      }
      if (error instanceof errors.JWTExpired) return refused('holds a token that has expired');
      if (error instanceof errors.JOSEError) return refused('holds no token that is good here');
      throw error;
    }
  }

  private async callerOf(claims: JWTPayload): Promise<Identity> {
    const { sub } = claims;
    if (typeof sub !== 'string' || !subjectForm.test(sub)) return refused('names no subject');
    const id = `oidc:${sub}`;
    const scopes = scopesOfClaims(claims, this.oidc.scopesClaims);
    if (scopes.length === 0) return { kind: 'powerless', id, why: 'The token has no scope.' };
    const named = tallerOfClaims(claims, this.oidc.tallerClaims, this.oidc.tallerRequired);
    const tallerId = typeof named === 'string' ? await this.tallerIdOf(named) : named;
    if (tallerId === undefined) {
      return { kind: 'powerless', id, why: 'The token names no workshop that is known.' };
    }
    return { kind: 'caller', caller: { id, name: 'staff', scopes, tallerId } };
  }

  private async tallerIdOf(reference: string): Promise<string | undefined> {
    const { talleres } = await this.setups.current();
    return findByReference(talleres, reference)?.id;
  }
}

function refused(why: string): Identity {
  return { kind: 'refused', errors: { Authorization: [why] } };
}
