import { ConfigurationError } from '#infrastructure/config/configuration.js';
import { readSandboxConfiguration } from '#infrastructure/config/sandbox-configuration.js';
import { type Sandbox, startSandbox } from './start-sandbox.js';

/** Runs the sandbox alone, and prints the variables that point the service at it. */
try {
  const sandbox = await startSandbox(readSandboxConfiguration());
  process.stdout.write(`${greeting(sandbox)}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close());
  }
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

function greeting({ httpUrl, environment }: Sandbox): string {
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return [`Lo que llegue se ve en ${httpUrl}/sandbox/`, ...lines].join('\n');
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigurationError) return error.message;
  if (!('code' in error) || error.code !== 'EADDRINUSE') return error.stack ?? error.message;
  return `${error.message}. Choose others with SANDBOX_HTTP_PORT and SANDBOX_SMTP_PORT.`;
}
