/** How the access tokens of staff are checked, and what they allow. */
export interface OidcConfiguration {
  /** As the tokens' `iss` says it, to the letter. */
  issuer: string;
  /** Null: the issuer's discovery document tells it. */
  jwksUrl: string | null;
  /** A token's `aud` must name one of them. */
  audiences: string[];
  /** Where scopes are looked for: all that are found count. */
  scopesClaims: string[];
  /** Where the workshop is looked for: the first one found counts. */
  tallerClaims: string[];
  /** Whether a token without a workshop is refused; otherwise it acts for all. */
  tallerRequired: boolean;
  /** What we are to the provider where staff sign in to the console; null: they do not. */
  client: OidcClient | null;
}

export interface OidcClient {
  id: string;
  /** Null: a public client, whom PKCE alone protects. */
  secret: string | null;
}

interface OidcEnvironment {
  NODE_ENV: string;
  OIDC_ISSUER?: string;
  OIDC_JWKS_URL?: string;
  OIDC_AUDIENCE: string[];
  OIDC_SCOPES_CLAIM: string[];
  OIDC_TALLER_CLAIM?: string;
  OIDC_CLIENT_ID?: string;
  OIDC_CLIENT_SECRET?: string;
}

/** Null where staff have no identity provider. */
export function oidcOf(env: OidcEnvironment): OidcConfiguration | null {
  if (env.OIDC_ISSUER === undefined) return null;
  return {
    issuer: env.OIDC_ISSUER,
    jwksUrl: env.OIDC_JWKS_URL ?? null,
    audiences: env.OIDC_AUDIENCE,
    scopesClaims: env.OIDC_SCOPES_CLAIM,
    tallerClaims: env.OIDC_TALLER_CLAIM
      ? [env.OIDC_TALLER_CLAIM]
      : ['taller_id', 'app_metadata.taller_id'],
    tallerRequired: env.OIDC_TALLER_CLAIM !== undefined,
    client: env.OIDC_CLIENT_ID
      ? { id: env.OIDC_CLIENT_ID, secret: env.OIDC_CLIENT_SECRET ?? null }
      : null,
  };
}

/** Says what keeps tokens from being checked in full. */
export function refuseOidc(
  env: OidcEnvironment,
  refuse: (variable: string, message: string) => void,
): void {
  const { OIDC_ISSUER, OIDC_JWKS_URL, OIDC_AUDIENCE } = env;
  if (OIDC_ISSUER === undefined && env.OIDC_CLIENT_ID !== undefined) {
    refuse('OIDC_ISSUER', 'with OIDC_CLIENT_ID, the provider, e.g. https://id.example.com');
  }
  if (env.OIDC_CLIENT_ID === undefined && env.OIDC_CLIENT_SECRET !== undefined) {
    refuse('OIDC_CLIENT_ID', 'with OIDC_CLIENT_SECRET, the client that it is of, e.g. ambacar');
  }
  if (OIDC_ISSUER === undefined && OIDC_JWKS_URL !== undefined) {
    refuse('OIDC_ISSUER', "with OIDC_JWKS_URL, the tokens' iss, e.g. https://id.example.com");
  }
  if (OIDC_ISSUER !== undefined && OIDC_AUDIENCE.length === 0) {
    refuse('OIDC_AUDIENCE', "with OIDC_ISSUER, the tokens' aud, e.g. authenticated");
  }
  if (env.NODE_ENV !== 'production') return;
  for (const [variable, address] of Object.entries({ OIDC_ISSUER, OIDC_JWKS_URL })) {
    if (address?.startsWith('http:')) {
      refuse(variable, 'https only in production, e.g. https://id.example.com');
    }
  }
}
