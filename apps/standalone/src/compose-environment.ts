import type { Channel } from '#domain/catalog/channels.js';
import { isLoopback } from '#infrastructure/config/loopback.js';

type Variables = Record<string, string | undefined>;

export interface ComposedEnvironment {
  environment: Variables;
  /** Channels whose messages go out into the world, because the operator named a provider. */
  real: Channel[];
  /** Channels whose messages end in the sandbox. */
  sandbox: Channel[];
}

/**
 * Fills what the operator left open: by the secrets kept for this installation, by the embedded
 * database, and, channel by channel, by the sandbox. A channel is the operator's or the sandbox's
 * as a whole, for half of each would talk to the one with the other's password. In production
 * nothing is the sandbox's.
 */
export function composeEnvironment(
  given: Variables,
  own: { databaseUrl: string; secrets: Variables; sandbox: Variables },
): ComposedEnvironment {
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value?.trim()));
  const production = named.NODE_ENV === 'production';
  const environment: Variables = { ...named };
  environment.DATABASE_URL ??= own.databaseUrl;
  environment.SECRET_KEY ??= own.secrets.SECRET_KEY;
  environment.INTERNAL_API_SECRET_KEY ??= own.secrets.INTERNAL_API_SECRET_KEY;
  environment.WEBHOOK_SECRET ??= own.secrets.WEBHOOK_SECRET;
  if (!named.DATABASE_URL && !production && isLoopback(named.HOST ?? '127.0.0.1'))
    environment.API_AUTH ??= 'off';

  const all = Object.keys(variablesOf) as Channel[];
  const real = all.filter((channel) => named[variablesOf[channel][0]] !== undefined);
  const sandbox = production ? [] : all.filter((channel) => !real.includes(channel));
  for (const channel of sandbox) {
    for (const name of variablesOf[channel]) environment[name] = own.sandbox[name];
  }
  environment.SANDBOX_CHANNELS = sandbox.join(',');
  if (sandbox.includes('push')) Object.assign(environment, vapid(own));
  if (sandbox.length > 0) environment.SANDBOX_CONTROL_URL = own.sandbox.SANDBOX_CONTROL_URL;
  if (real.length === 0 && !production) {
    environment.DELIVERY_RETRY_BASE_MS ??= '1000';
    environment.WHATSAPP_PAIR_INTERVAL_MS ??= '0';
    environment.LOG_LEVEL ??= 'warn';
  }
  return { environment, real, sandbox };
}

/** By channel, the variables that say where it leads and how to get in; the first one decides. */
const variablesOf: Record<Channel, readonly [string, ...string[]]> = {
  email: [
    'EMAIL_HOST',
    'EMAIL_PORT',
    'EMAIL_HOST_USER',
    'EMAIL_HOST_PASSWORD',
    'EMAIL_USE_TLS',
    'EMAIL_USE_SSL',
  ],
  whatsapp: [
    'EVOLUTION_API_URL',
    'EVOLUTION_API_KEY',
    'EVOLUTION_INSTANCE',
    'EVOLUTION_INSTANCE_NAME',
    'EVOLUTION_TIMEOUT',
  ],
  push: ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_CONTACT_EMAIL', 'PUSH_TRUSTED_ORIGINS'],
};

/** The pair is the installation's own: a browser's subscription is bound to it. */
function vapid(own: { secrets: Variables; sandbox: Variables }): Variables {
  return {
    VAPID_PUBLIC_KEY: own.secrets.VAPID_PUBLIC_KEY,
    VAPID_PRIVATE_KEY: own.secrets.VAPID_PRIVATE_KEY,
    VAPID_CONTACT_EMAIL: own.sandbox.VAPID_CONTACT_EMAIL ?? 'avisos@example.com',
  };
}
