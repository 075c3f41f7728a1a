import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { migrate } from '#infrastructure/persistence/migrate.js';
import { loadSeed } from '#infrastructure/persistence/seed/load-seed.js';
import { freePort } from '../bench/instance.js';
import { type Program, startProgram } from './programs.js';

/** What makes a minute of an installation's life take a second. */
export const quick: Record<string, string> = {
  API_AUTH: 'off',
  DATABASE_POOL_SIZE: '6',
  DELIVERY_RETRY_BASE_MS: '50',
  DELIVERY_RETRY_CAP_MS: '2000',
  DELIVERY_SWEEP_INTERVAL_MS: '250',
  EVOLUTION_TIMEOUT: '2',
  WHATSAPP_PAIR_INTERVAL_MS: '0',
  WEBHOOK_SECRET: 'told-by-the-sandbox-when-it-tells-of-receipts',
  VAPID_CONTACT_EMAIL: 'avisos@example.com',
  FRONTEND_URL: 'https://app.example.com',
  LOG_LEVEL: 'info',
};

/** A database with our schema and the workshop's data. */
export async function makeSchema(url: string, queueSchema: boolean): Promise<void> {
  const options = { applicationName: 'ambacar-faults', poolSize: 2 };
  const dataSource = createDataSource({ url, poolSize: 2 }, options);
  await dataSource.initialize();
  await migrate(dataSource, { queueSchema });
  await loadSeed(dataSource, { force: false });
  await dataSource.destroy();
}

/** The world outside. */
export function startSandbox(folder: string): Program {
  return startProgram({
    name: 'sandbox',
    path: 'apps/sandbox/src/main.js',
    environment: {
      SANDBOX_HTTP_PORT: '0',
      SANDBOX_SMTP_PORT: '0',
      SANDBOX_DATA_FOLDER: join(folder, 'sandbox'),
      // Minutes of the load: what is looked up late must not be forgotten by then, as Evolution's
      // own database forgets nothing. With 2000 a long run on a busy machine sent 900 twice.
      SANDBOX_KEPT_MESSAGES: '30000',
    },
    logFile: join(folder, 'sandbox.log'),
  });
}

/** The variables that point the service at the sandbox, as it says them itself. */
export async function settingsOf(sandbox: Program): Promise<Record<string, string>> {
  while (!sandbox.said().includes('PUSH_TRUSTED_ORIGINS=')) {
    if (sandbox.hasEnded()) throw new Error(`the sandbox did not start: ${sandbox.said()}`);
    await pause(20);
  }
  const lines = sandbox.said().matchAll(/^([A-Z_]+)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}

/** Lets the sandbox's WhatsApp tell the first API what becomes of its messages. */
export async function tellReceipts(
  settings: Record<string, string>,
  apiPort: number,
): Promise<void> {
  const { EVOLUTION_API_URL, EVOLUTION_INSTANCE, EVOLUTION_API_KEY = '' } = settings;
  const webhook = {
    enabled: true,
    url: `http://127.0.0.1:${apiPort}/api/v1/webhooks/evolution/`,
    headers: { 'x-webhook-secret': quick.WEBHOOK_SECRET },
    events: ['MESSAGES_UPDATE'],
  };
  const answer = await fetch(`${EVOLUTION_API_URL}/webhook/set/${EVOLUTION_INSTANCE}`, {
    method: 'POST',
    headers: { apikey: EVOLUTION_API_KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ webhook }),
  });
  if (!answer.ok) throw new Error(`sandbox: webhook/set ${answer.status} ${await answer.text()}`);
}

/** So many that nobody listens on now. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freePort());
  return ports;
}
