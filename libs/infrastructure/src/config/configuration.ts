import { z } from 'zod';
import type { Channel } from '#domain/catalog/channels.js';
import { type Pace, unpaced } from '#domain/delivery/pace.js';
import { environment } from './environment.js';
import { type OidcConfiguration, oidcOf } from './oidc.js';

export interface Configuration {
  production: boolean;
  /** What encrypts secrets in the database; the second, if any, only opens what it sealed. */
  secretKeys: string[];
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug';
  http: {
    host: string;
    port: number;
    allowedHosts: string[];
    probePort: number | null;
    /** Addresses and networks whose `X-Forwarded-For` is believed. */
    trustedProxies: string[];
  };
  auth: { mode: 'keys' | 'off'; internalSecrets: string[]; oidc: OidcConfiguration | null };
  /** What providers show who tell us of messages; the second, if any, while it is replaced. */
  webhookSecrets: string[];
  /** Requests that each process takes in a minute; 0 for any number. */
  rateLimit: {
    /** Of one caller. */
    perMinute: number;
    /** With a wrong key or token, of one address. */
    failedPerMinute: number;
  };
  database: {
    url: string;
    poolSize: number;
    /** The same database where a session keeps its connection: queue, doorbell and migrations. */
    sessionUrl: string;
  };
  queue: { backend: 'postgres' | 'redis'; url: string };
  delivery: {
    /** Retries after the first attempt of a message. */
    retries: number;
    retryBaseMs: number;
    retryCapMs: number;
    /** How often the outbox is swept for messages whose wake-up was lost or is due. */
    sweepIntervalMs: number;
    /** Messages of one channel that a worker has under way at once. */
    concurrency: number;
  };
  /** Due messages that may wait before no more events are taken; 0 for any number. */
  backlogLimit: number;
  /** How fast each account of a channel may be used. */
  pace: Partial<Record<Channel, Pace>>;
  email: {
    host: string;
    port: number;
    user: string | null;
    password: string | null;
    security: 'implicit-tls' | 'starttls' | 'none';
    from: string;
    adminEmails: string[];
  };
  /** The mailbox to which mails are returned; null: to the sender's, and nobody reads it. */
  bounceAddress: string | null;
  evolution: { url: string; apiKey: string; instance: string; timeoutMs: number } | null;
  /** Of every WhatsApp line, a workshop's own too. */
  evolutionTimeoutMs: number;
  push: {
    publicKey: string;
    privateKey: string;
    subject: string;
    /** Host suffixes that a subscription may point at. */
    endpointHosts: string[];
    /** Origins named by the operator that pass the guard as they are (the sandbox's). */
    trustedOrigins: string[];
  } | null;
  /** Whose messages end in the sandbox: what the console says of them. */
  sandboxChannels: Channel[];
  /** Where the sandbox's control API answers; null where there is none, and in production. */
  sandboxUrl: string | null;
  frontendUrl: string;
  defaultTallerName: string;
}

/** Thrown when a variable is missing or wrong; the message lists each with an example. */
export class ConfigurationError extends Error {}

/**
 * Reads and checks the whole environment once, and freezes the result. Nothing else reads
 * `process.env`. Throws {@link ConfigurationError} that names every bad variable.
 */
export function readConfiguration(
  source: Record<string, string | undefined> = process.env,
): Configuration {
  // An empty value, as `.env` files write it, means "not set".
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw new ConfigurationError(explain(parsed.error));
  return deepFreeze(arrange(parsed.data));
}

type Environment = z.infer<typeof environment>;

function arrange(env: Environment): Configuration {
  return {
    production: env.NODE_ENV === 'production',
    secretKeys: [env.SECRET_KEY, env.SECRET_KEY_PREVIOUS].filter((key) => key !== undefined),
    logLevel: env.LOG_LEVEL ?? (env.DEBUG ? 'debug' : 'info'),
    http: {
      host: env.HOST ?? (env.API_AUTH === 'off' ? '127.0.0.1' : '0.0.0.0'),
      port: env.PORT,
      allowedHosts: env.ALLOWED_HOSTS,
      probePort: env.PROBE_PORT ?? null,
      trustedProxies: env.TRUSTED_PROXIES,
    },
    auth: {
      mode: env.API_AUTH,
      internalSecrets: [env.INTERNAL_API_SECRET_KEY, env.INTERNAL_API_SECRET_KEY_PREVIOUS].filter(
        (secret) => secret !== undefined,
      ),
      oidc: oidcOf(env),
    },
    webhookSecrets: [env.WEBHOOK_SECRET, env.WEBHOOK_SECRET_PREVIOUS].filter(
      (secret) => secret !== undefined,
    ),
    rateLimit: {
      // Without authentication nobody can be told apart, and the machine is the caller's own.
      perMinute: env.RATE_LIMIT_PER_MINUTE ?? (env.API_AUTH === 'off' ? 0 : 6000),
      failedPerMinute: env.RATE_LIMIT_FAILED_AUTH_PER_MINUTE ?? 60,
    },
    database: {
      url: env.DATABASE_URL,
      poolSize: env.DATABASE_POOL_SIZE,
      sessionUrl: env.QUEUE_DATABASE_URL ?? env.DATABASE_URL,
    },
    queue: env.REDIS_URL
      ? { backend: 'redis', url: env.REDIS_URL }
      : { backend: 'postgres', url: env.QUEUE_DATABASE_URL ?? env.DATABASE_URL },
    delivery: {
      retries: env.DELIVERY_RETRIES,
      retryBaseMs: env.DELIVERY_RETRY_BASE_MS,
      retryCapMs: env.DELIVERY_RETRY_CAP_MS,
      sweepIntervalMs: env.DELIVERY_SWEEP_INTERVAL_MS,
      concurrency: env.DELIVERY_CONCURRENCY,
    },
    backlogLimit: env.BACKLOG_LIMIT,
    pace: paceOf(env),
    email: {
      host: env.EMAIL_HOST,
      port: env.EMAIL_PORT,
      user: env.EMAIL_HOST_USER ?? null,
      password: env.EMAIL_HOST_PASSWORD ?? null,
      security: emailSecurity(env),
      from: env.DEFAULT_FROM_EMAIL,
      adminEmails: env.ADMIN_EMAILS,
    },
    bounceAddress: env.BOUNCE_ADDRESS ?? null,
    evolution: evolutionOf(env),
    evolutionTimeoutMs: env.EVOLUTION_TIMEOUT * 1000,
    push: pushOf(env),
    sandboxChannels: env.SANDBOX_CHANNELS,
    sandboxUrl: env.SANDBOX_CONTROL_URL?.replace(/\/+$/, '') ?? null,
    frontendUrl: env.FRONTEND_URL.replace(/\/+$/, ''),
    defaultTallerName: env.TALLER_NAME,
  };
}

/** Django's two switches, read as Django reads them; without either the port decides. */
function emailSecurity(env: Environment): Configuration['email']['security'] {
  if (env.EMAIL_USE_SSL) return 'implicit-tls';
  if (env.EMAIL_USE_TLS) return 'starttls';
  if (env.EMAIL_USE_TLS === undefined && env.EMAIL_USE_SSL === undefined) {
    if (env.EMAIL_PORT === 465) return 'implicit-tls';
    if (env.EMAIL_PORT === 587) return 'starttls';
  }
  return 'none';
}

function evolutionOf(env: Environment): Configuration['evolution'] {
  const instance = env.EVOLUTION_INSTANCE ?? env.EVOLUTION_INSTANCE_NAME;
  if (!env.EVOLUTION_API_URL || !env.EVOLUTION_API_KEY || !instance) return null;
  return {
    url: env.EVOLUTION_API_URL.replace(/\/+$/, ''),
    apiKey: env.EVOLUTION_API_KEY,
    instance,
    timeoutMs: env.EVOLUTION_TIMEOUT * 1000,
  };
}

function pushOf(env: Environment): Configuration['push'] {
  if (!env.VAPID_PUBLIC_KEY || !env.VAPID_PRIVATE_KEY || !env.VAPID_CONTACT_EMAIL) return null;
  return {
    publicKey: env.VAPID_PUBLIC_KEY,
    privateKey: env.VAPID_PRIVATE_KEY,
    subject: env.VAPID_CONTACT_EMAIL,
    endpointHosts: env.PUSH_ENDPOINT_HOSTS,
    trustedOrigins: env.PUSH_TRUSTED_ORIGINS,
  };
}

function paceOf(env: Environment): Configuration['pace'] {
  return {
    whatsapp: {
      perMinute: env.WHATSAPP_PER_MINUTE || null,
      perDay: env.WHATSAPP_PER_DAY || null,
      pairIntervalMs: env.WHATSAPP_PAIR_INTERVAL_MS,
    },
    email: { ...unpaced, perMinute: env.EMAIL_PER_MINUTE || null },
  };
}

function explain(error: z.ZodError): string {
  const lines = error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  return `The environment is not usable:\n${lines.join('\n')}\nSee .env.example for every variable.`;
}

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null) deepFreeze(member);
  }
  return Object.freeze(value);
}
