import { join } from 'node:path';
import { type Configuration, readConfiguration } from '#infrastructure/config/configuration.js';
import { environment as variables } from '#infrastructure/config/environment.js';
import { LockHeldError, takeLock } from '#infrastructure/embedded-postgres/folder-lock.js';
import { startEmbeddedPostgres } from '#infrastructure/embedded-postgres/start-embedded-postgres.js';
import { startApi } from '../../api/src/start-api.js';
import {
  announceInstance,
  type Instance,
  runningInstance,
  withdrawInstance,
} from '../../cli/src/terminal/instance.js';
import { say } from '../../cli/src/terminal/say.js';
import { type Sandbox, startSandbox } from '../../sandbox/src/start-sandbox.js';
import { startScheduler } from '../../scheduler/src/start-scheduler.js';
import { startWorker } from '../../worker/src/start-worker.js';
import { composeEnvironment } from './compose-environment.js';
import { fillDatabase } from './fill-database.js';
import { isFree } from './free-port.js';
import { keptSecrets } from './kept-secrets.js';
import { openDataFolder } from './open-data-folder.js';
import { sandboxPorts } from './sandbox-ports.js';
import type { Stages } from './stages.js';
import { StartRefusal } from './start-refusal.js';

type Variables = Record<string, string | undefined>;

/** What runs, for those who print it or talk to it. */
export interface Standalone extends Instance {
  configuration: Configuration;
}

/** Whether anybody may send anything: no key is asked for, and nobody real is reached. */
export function isPlayground({ channels, configuration }: Standalone): boolean {
  return channels.real.length === 0 && configuration.auth.mode === 'off';
}

/**
 * Starts the whole in this process: Postgres, the sandbox, scheduler, worker, API, in this order,
 * so that each finds what it needs, and closing goes the other way. Throws what
 * `explainFailure` explains; what was started by then is for the caller to close.
 */
export async function runStandalone(
  folder: string,
  given: Variables,
  stages: Stages,
): Promise<Standalone> {
  await lock(folder, stages);
  await refuseTakenPort(given);
  const databaseUrl = given.DATABASE_URL?.trim() || (await openPostgres(folder, stages));
  const sandbox = given.NODE_ENV === 'production' ? null : await openSandbox(folder, given, stages);
  const { environment, ...channels } = composeEnvironment(given, {
    databaseUrl,
    secrets: { ...keptSecrets(folder) },
    sandbox: sandbox?.environment ?? {},
  });
  const configuration = readConfiguration(environment);

  await fillDatabase(configuration, sandbox, channels, stages);
  const apiUrl = await openApps(configuration, stages);
  const [secret] = configuration.webhookSecrets;
  if (secret) sandbox?.tellReceipts(`${apiUrl}/api/v1/webhooks/evolution`, secret);
  const instance: Instance = {
    pid: process.pid,
    apiUrl,
    sandboxUrl: sandbox?.httpUrl ?? null,
    channels,
    databaseUrl,
    environment: environmentFor(environment),
  };
  await stages.run({
    work: () => announceInstance(folder, instance),
    close: () => withdrawInstance(folder),
  });
  return { ...instance, configuration };
}

function lock(folder: string, stages: Stages): Promise<{ release(): void }> {
  const work = () => {
    openDataFolder(folder);
    try {
      return takeLock(join(folder, 'lock'));
    } catch (error) {
      if (!(error instanceof LockHeldError)) throw error;
      const { pid, since } = error;
      const url = runningInstance(folder)?.apiUrl;
      throw new StartRefusal(
        `Ya está en marcha en esta carpeta: proceso ${pid}, desde ${since}${url ? `, en ${url}` : ''}. Para detenerlo: kill ${pid}`,
        `It already runs in this folder: process ${pid}, since ${since}${url ? `, at ${url}` : ''}. To stop it: kill ${pid}`,
      );
    }
  };
  return stages.run({ work, close: (held) => held.release() });
}

/** Before anything is started: the API comes last, and nobody wants to wait for that answer. */
async function refuseTakenPort(given: Variables): Promise<void> {
  const port = Number(given.PORT?.trim() || 8000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return;
  if (await isFree(given.HOST?.trim() || '127.0.0.1', port)) return;
  throw new StartRefusal(
    `El puerto ${port} está ocupado: cierre el programa que lo usa, o elija otro, por ejemplo: PORT=${port + 1} npm start`,
    `Port ${port} is taken: end the program that uses it, or choose another, e.g.: PORT=${port + 1} npm start`,
  );
}

async function openPostgres(folder: string, stages: Stages): Promise<string> {
  const postgres = await stages.run({
    work: () =>
      startEmbeddedPostgres({
        dataFolder: join(folder, 'postgres'),
        log: (line) => process.stderr.write(`${line}\n`),
      }),
    told: ({ port }) =>
      say(`PostgreSQL incluido, en el puerto ${port}`, `Embedded PostgreSQL, on port ${port}`),
    close: (server) => server.stop(),
  });
  return postgres.url;
}

async function openSandbox(folder: string, given: Variables, stages: Stages): Promise<Sandbox> {
  const dataFolder = join(folder, 'sandbox');
  return stages.run({
    work: async () => {
      const ports = await sandboxPorts(dataFolder, given);
      return startSandbox({ host: '127.0.0.1', ...ports, dataFolder });
    },
    told: () => say('Sandbox: correo, WhatsApp y push', 'Sandbox: e-mail, WhatsApp and push'),
    close: (sandbox) => sandbox.close(),
  });
}

async function openApps(configuration: Configuration, stages: Stages): Promise<string> {
  const apps: { close(): Promise<void> }[] = [];
  // Together, for each may need most of the time that there is.
  const closeApps = () => Promise.all(apps.splice(0).map((app) => app.close()));
  await stages.run({ work: () => undefined, close: () => closeApps().then(() => undefined) });
  await stages.run({ work: async () => void apps.push(await startScheduler(configuration)) });
  await stages.run({ work: async () => void apps.push(await startWorker(configuration)) });
  const api = await stages.run({
    work: () => startApi(configuration),
    told: () => say('API, worker y planificador', 'API, worker and scheduler'),
    close: (started) => Promise.all([started.close(), closeApps()]).then(() => undefined),
  });
  return api.url;
}

/** What the commands need to see the world as this instance does. */
function environmentFor(environment: Variables): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && name in variables.shape) kept[name] = value;
  }
  return kept;
}
