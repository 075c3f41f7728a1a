import { z } from 'zod';
import { channels } from '#domain/catalog/channels.js';
import { isLoopback } from './loopback.js';
import { isNetwork } from './network.js';
import { refuseOidc } from './oidc.js';

/**
 * Every variable of the environment: its form, its default, and what a wrong one is told.
 * `.env.example` explains each; a test keeps the two lists equal.
 */

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );

// Django wrote True and False; both spellings go on working.
const flag = z.stringbool({ error: 'say true or false, e.g. True' });

function whole(minimum: number, maximum: number, example: number) {
  const error = `a whole number from ${minimum} to ${maximum}, e.g. ${example}`;
  return z.coerce.number({ error }).int({ error }).min(minimum, { error }).max(maximum, { error });
}

function url(protocols: RegExp, example: string) {
  return z.url({ protocol: protocols, error: `not a usable address, e.g. ${example}` });
}

const mailbox = /^[^\s<>@,;:"'()]+@[^\s<>@,;:"'()]+$/;
const sender = /^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;
// Apple refuses a subject with a space, angle brackets, or a host without a dot.
const vapidSubject = /^mailto:[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+$/;

const pushServices =
  'fcm.googleapis.com,android.googleapis.com,push.services.mozilla.com,notify.windows.com,push.apple.com';

export const environment = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
    SECRET_KEY: z.string().optional(),
    SECRET_KEY_PREVIOUS: z.string().optional(),
    DEBUG: flag.default(false),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug'], {
        error: 'one of fatal, error, warn, info, debug, e.g. info',
      })
      .optional(),
    ALLOWED_HOSTS: list,
    HOST: z.string().optional(),
    PORT: whole(1, 65535, 8000).default(8000),
    PROBE_PORT: whole(1, 65535, 8081).optional(),
    API_AUTH: z
      .enum(['keys', 'off'], { error: 'keys, or off on this machine alone, e.g. keys' })
      .default('keys'),
    INTERNAL_API_SECRET_KEY: z
      .string()
      .min(32, { error: 'at least 32 characters, e.g. the output of: openssl rand -hex 32' })
      .optional(),
    INTERNAL_API_SECRET_KEY_PREVIOUS: z.string().optional(),
    WEBHOOK_SECRET: z
      .string()
      .regex(/^[!-~]{32,200}$/, {
        error: '32 to 200 characters without spaces, e.g. the output of: openssl rand -hex 32',
      })
      .optional(),
    WEBHOOK_SECRET_PREVIOUS: z.string().optional(),
    OIDC_ISSUER: url(/^https?$/, 'https://project.supabase.co/auth/v1').optional(),
    OIDC_JWKS_URL: url(
      /^https?$/,
      'https://project.supabase.co/auth/v1/.well-known/jwks.json',
    ).optional(),
    OIDC_AUDIENCE: list,
    OIDC_SCOPES_CLAIM: list.prefault('scope,scp,app_metadata.roles,app_metadata.role,role'),
    OIDC_TALLER_CLAIM: z.string().optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    RATE_LIMIT_PER_MINUTE: whole(0, 10_000_000, 6000).optional(),
    RATE_LIMIT_FAILED_AUTH_PER_MINUTE: whole(0, 10_000_000, 60).optional(),
    TRUSTED_PROXIES: list.refine((items) => items.every(isNetwork), {
      error: 'addresses or networks with commas between them, e.g. 10.0.0.0/8',
    }),

    DATABASE_URL: url(
      /^postgres(ql)?$/,
      'postgresql://user:password@db.example.com:5432/notifications',
    ),
    QUEUE_DATABASE_URL: url(
      /^postgres(ql)?$/,
      'postgresql://user:password@db.example.com:5432/notifications',
    ).optional(),
    DATABASE_POOL_SIZE: whole(2, 100, 8).default(8),
    REDIS_URL: url(/^rediss?$/, 'redis://redis.example.com:6379').optional(),

    DELIVERY_RETRIES: whole(0, 20, 3).default(3),
    DELIVERY_RETRY_BASE_MS: whole(1, 3_600_000, 5000).default(5000),
    DELIVERY_RETRY_CAP_MS: whole(1, 86_400_000, 300_000).default(300_000),
    DELIVERY_SWEEP_INTERVAL_MS: whole(50, 60_000, 2000).default(2000),
    DELIVERY_CONCURRENCY: whole(1, 1000, 128).default(128),
    BACKLOG_LIMIT: whole(0, 100_000_000, 100_000).default(100_000),

    EMAIL_HOST: z.string().default('localhost'),
    EMAIL_PORT: whole(1, 65535, 587).default(587),
    EMAIL_HOST_USER: z.string().optional(),
    EMAIL_HOST_PASSWORD: z.string().optional(),
    EMAIL_USE_TLS: flag.optional(),
    EMAIL_USE_SSL: flag.optional(),
    DEFAULT_FROM_EMAIL: z
      .string()
      .regex(sender, { error: 'a mailbox, e.g. Ambacar Service <avisos@example.com>' })
      .default('Ambacar Service <avisos@example.com>'),
    BOUNCE_ADDRESS: z
      .string()
      .regex(/^[^\s<>@,;:"'()+]{1,14}@[^\s<>@,;:"'()]+$/, {
        error: 'a mailbox with at most 14 characters before its @, e.g. rebotes@example.com',
      })
      .optional(),
    ADMIN_EMAILS: list.refine((items) => items.every((item) => mailbox.test(item)), {
      error: 'mailboxes with commas between them, e.g. jefe@example.com,taller@example.com',
    }),

    EVOLUTION_API_URL: url(/^https?$/, 'https://evolution.example.com').optional(),
    EVOLUTION_API_KEY: z.string().optional(),
    EVOLUTION_INSTANCE: z.string().optional(),
    EVOLUTION_INSTANCE_NAME: z.string().optional(),
    EVOLUTION_TIMEOUT: whole(1, 600, 100).default(100),
    WHATSAPP_PAIR_INTERVAL_MS: whole(0, 3_600_000, 6000).default(6000),
    WHATSAPP_PER_MINUTE: whole(0, 1_000_000, 6).default(0),
    WHATSAPP_PER_DAY: whole(0, 10_000_000, 200).default(0),
    EMAIL_PER_MINUTE: whole(0, 1_000_000, 100).default(0),

    VAPID_PUBLIC_KEY: z
      .string()
      .regex(/^[A-Za-z0-9_-]{87}$/, {
        error: '87 characters of base64url; make a pair with: npm run cli -- vapid',
      })
      .optional(),
    VAPID_PRIVATE_KEY: z
      .string()
      .regex(/^[A-Za-z0-9_-]{43}$/, {
        error: '43 characters of base64url; make a pair with: npm run cli -- vapid',
      })
      .optional(),
    VAPID_CONTACT_EMAIL: z
      .string()
      .transform((text) => (mailbox.test(text) ? `mailto:${text}` : text))
      .refine((text) => vapidSubject.test(text) || /^https:\/\/\S+\.\S+$/.test(text), {
        error: 'a mailbox on a public domain, e.g. avisos@example.com',
      })
      .optional(),
    PUSH_ENDPOINT_HOSTS: list.prefault(pushServices),
    PUSH_TRUSTED_ORIGINS: list,

    SANDBOX_CHANNELS: list.pipe(
      z.array(z.enum(channels, { error: 'channels with commas, e.g. email,whatsapp,push' })),
    ),
    SANDBOX_CONTROL_URL: url(/^http$/, 'http://127.0.0.1:8025').optional(),

    FRONTEND_URL: url(/^https?$/, 'https://app.example.com').default('http://localhost:3000'),
    TALLER_NAME: z.string().default('Ambacar Service'),

    // Read and checked for installations that have them; used once the Cloud API adapter is here.
    WHATSAPP_API_VERSION: z
      .string()
      .regex(/^v\d{1,2}\.\d$/, { error: 'a Graph version, e.g. v25.0' })
      .optional(),
    WHATSAPP_API_URL: url(/^https$/, 'https://graph.facebook.com').optional(),
  })
  .superRefine((env, context) => {
    const refuse = (variable: string, message: string) =>
      context.addIssue({ code: 'custom', path: [variable], message });
    if (env.EMAIL_USE_TLS && env.EMAIL_USE_SSL) {
      refuse('EMAIL_USE_SSL', 'not together with EMAIL_USE_TLS: SSL is for 465, TLS for 587');
    }
    if (env.API_AUTH === 'off' && env.HOST !== undefined && !isLoopback(env.HOST)) {
      refuse('HOST', 'with API_AUTH=off a loopback address alone, e.g. 127.0.0.1');
    }
    refuseOidc(env, refuse);
    if (env.BOUNCE_ADDRESS && !env.SECRET_KEY) {
      refuse('SECRET_KEY', 'with BOUNCE_ADDRESS, e.g. the output of: openssl rand -hex 32');
    }
    if (env.SANDBOX_CONTROL_URL && !isLoopback(new URL(env.SANDBOX_CONTROL_URL).hostname)) {
      refuse('SANDBOX_CONTROL_URL', 'on this machine alone, e.g. http://127.0.0.1:8025');
    }
    if (env.NODE_ENV !== 'production') return;
    if (env.SANDBOX_CONTROL_URL) {
      refuse('SANDBOX_CONTROL_URL', 'is for development alone; remove it');
    }
    if (env.API_AUTH === 'off') {
      refuse('API_AUTH', 'off is for development alone; remove it, and make a key for each caller');
    }
    if (!env.SECRET_KEY || env.SECRET_KEY.length < 32) {
      refuse('SECRET_KEY', 'at least 32 characters, e.g. the output of: openssl rand -hex 32');
    }
    if (env.SANDBOX_CHANNELS.length > 0) {
      refuse('SANDBOX_CHANNELS', 'nothing in production, for there messages leave; remove it');
    }
    if (env.PUSH_TRUSTED_ORIGINS.some((origin) => !origin.startsWith('https://'))) {
      refuse('PUSH_TRUSTED_ORIGINS', 'https only in production, e.g. https://push.example.com');
    }
  });
