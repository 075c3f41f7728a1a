import { z } from 'zod';
import { ConfigurationError } from './configuration.js';

export interface SandboxConfiguration {
  /** A loopback address. */
  host: string;
  httpPort: number;
  smtpPort: number;
  /** Where push subscriptions and keys outlive a restart. */
  dataFolder: string;
  /** Messages that are kept; older ones are forgotten, also by the look-up of Evolution. */
  keptMessages: number;
}

function port(fallback: number) {
  const error = `a port from 0 (any) to 65535, e.g. ${fallback}`;
  return z.coerce
    .number({ error })
    .int({ error })
    .min(0, { error })
    .max(65535, { error })
    .default(fallback);
}

const keptError = 'a whole number from 1 to 1000000, e.g. 2000';

const sandboxEnvironment = z.object({
  SANDBOX_HOST: z
    .enum(['127.0.0.1', '::1', 'localhost'], { error: 'this machine alone, e.g. 127.0.0.1' })
    .default('127.0.0.1'),
  SANDBOX_HTTP_PORT: port(8025),
  SANDBOX_SMTP_PORT: port(1025),
  SANDBOX_DATA_FOLDER: z.string().default('.data/sandbox'),
  SANDBOX_KEPT_MESSAGES: z.coerce
    .number({ error: keptError })
    .int({ error: keptError })
    .min(1, { error: keptError })
    .max(1_000_000, { error: keptError })
    .default(2000),
});

/** Reads the sandbox's own variables. Throws {@link ConfigurationError} that names the bad ones. */
export function readSandboxConfiguration(
  source: Record<string, string | undefined> = process.env,
): SandboxConfiguration {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = sandboxEnvironment.safeParse(given);
  if (!parsed.success) throw new ConfigurationError(z.prettifyError(parsed.error));
  return {
    host: parsed.data.SANDBOX_HOST,
    httpPort: parsed.data.SANDBOX_HTTP_PORT,
    smtpPort: parsed.data.SANDBOX_SMTP_PORT,
    dataFolder: parsed.data.SANDBOX_DATA_FOLDER,
    keptMessages: parsed.data.SANDBOX_KEPT_MESSAGES,
  };
}
