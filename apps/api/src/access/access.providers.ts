import { randomBytes } from 'node:crypto';
import { Logger, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { bind } from '#infrastructure/wiring/bind.js';
import { Callers } from './callers.js';
import { InternalSecrets } from './internal-secrets.js';
import { KnownKeys } from './known-keys.js';
import { OIDC_SIGN_IN, OidcSignIn } from './oidc-sign-in.js';
import { RateLimits } from './rate-limits.js';
import { SECURE_REQUESTS, secureRequests } from './secure-requests.js';
import { type SealKeys, Sessions } from './sessions.js';
import { StaffTokens } from './staff-tokens.js';
import { TokenKeys } from './token-keys.js';
import { WebhookSecrets } from './webhook-secrets.js';

const STAFF_TOKENS = Symbol('staff tokens');

/** Who calls, and how often. */
export function accessProviders(configuration: Configuration): Provider[] {
  const { auth, http, rateLimit, webhookSecrets } = configuration;
  const internal = new InternalSecrets(auth.internalSecrets);
  const webhooks = new WebhookSecrets(webhookSecrets);
  const isSecure = secureRequests(http.trustedProxies);
  const sealKeys = sealKeysOf(configuration);
  return [
    bind(KnownKeys, [DataSource]),
    { provide: RateLimits, useValue: new RateLimits(rateLimit) },
    { provide: SECURE_REQUESTS, useValue: isSecure },
    {
      provide: Sessions,
      inject: [KnownKeys],
      useFactory: (keys: KnownKeys) => new Sessions(sealKeys, keys, isSecure),
    },
    {
      provide: STAFF_TOKENS,
      inject: [SetupCache],
      useFactory: (setups: SetupCache) => staffTokens(auth.oidc, setups),
    },
    {
      provide: OIDC_SIGN_IN,
      inject: [STAFF_TOKENS],
      useFactory: (tokens: StaffTokens | null) => oidcSignIn(auth.oidc, tokens, sealKeys),
    },
    {
      provide: Callers,
      inject: [KnownKeys, STAFF_TOKENS, Sessions],
      useFactory: (keys: KnownKeys, tokens: StaffTokens | null, sessions: Sessions) =>
        new Callers(auth.mode, internal, webhooks, keys, tokens, sessions),
    },
  ];
}

type Oidc = Configuration['auth']['oidc'];

function staffTokens(oidc: Oidc, setups: SetupCache): StaffTokens | null {
  if (!oidc) return null;
  const logger = new Logger('TokenKeys');
  const keys = new TokenKeys(oidc, (failure) =>
    logger.warn(`the identity provider does not tell its keys: ${failure}`),
  );
  return new StaffTokens(oidc, keys, setups);
}

function oidcSignIn(oidc: Oidc, tokens: StaffTokens | null, sealKeys: SealKeys): OidcSignIn | null {
  if (!oidc?.client || !tokens) return null;
  const { issuer, client } = oidc;
  const logger = new Logger('OidcSignIn');
  return new OidcSignIn({ issuer, client }, tokens, sealKeys, (failure) =>
    logger.warn(`a sign-in came to nothing: ${failure}`),
  );
}

/** Without SECRET_KEY, as in development alone, what is sealed is this process' own. */
function sealKeysOf({ secretKeys }: Configuration): SealKeys {
  const [current = randomBytes(32).toString('hex'), ...before] = secretKeys;
  return [current, ...before];
}
