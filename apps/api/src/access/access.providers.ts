import { Logger, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { bind } from '#infrastructure/wiring/bind.js';
import { Callers } from './callers.js';
import { InternalSecrets } from './internal-secrets.js';
import { KnownKeys } from './known-keys.js';
import { RateLimits } from './rate-limits.js';
import { StaffTokens } from './staff-tokens.js';
import { TokenKeys } from './token-keys.js';
import { WebhookSecrets } from './webhook-secrets.js';

/** Who calls, and how often. */
export function accessProviders({ auth, rateLimit, webhookSecrets }: Configuration): Provider[] {
  const internal = new InternalSecrets(auth.internalSecrets);
  const webhooks = new WebhookSecrets(webhookSecrets);
  return [
    bind(KnownKeys, [DataSource]),
    { provide: RateLimits, useValue: new RateLimits(rateLimit) },
    {
      provide: Callers,
      inject: [KnownKeys, SetupCache],
      useFactory: (keys: KnownKeys, setups: SetupCache) =>
        new Callers(auth.mode, internal, webhooks, keys, staffTokens(auth.oidc, setups)),
    },
  ];
}

function staffTokens(oidc: Configuration['auth']['oidc'], setups: SetupCache): StaffTokens | null {
  if (!oidc) return null;
  const logger = new Logger('TokenKeys');
  const keys = new TokenKeys(oidc, (failure) =>
    logger.warn(`the identity provider does not tell its keys: ${failure}`),
  );
  return new StaffTokens(oidc, keys, setups);
}
