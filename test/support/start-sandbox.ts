import { spawnProgram } from './spawned.js';

/** The sandbox says which variables point at it. */
export async function startSandbox(folder: string) {
  const program = await spawnProgram(
    'sandbox',
    'apps/sandbox/src/main.js',
    { SANDBOX_HTTP_PORT: '0', SANDBOX_SMTP_PORT: '0', SANDBOX_DATA_FOLDER: folder },
    (said) => said.includes('PUSH_TRUSTED_ORIGINS='),
  );
  const lines = program.said().matchAll(/^([A-Z_]+)=(.*)$/gm);
  const environment: Record<string, string> = Object.fromEntries(
    [...lines].map(([, name = '', value = '']) => [name, value]),
  );
  return { program, environment };
}
