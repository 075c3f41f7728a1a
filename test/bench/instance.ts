import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import webPush from 'web-push';
import { readConfiguration } from '#infrastructure/config/configuration.js';
import { startEmbeddedPostgres } from '#infrastructure/embedded-postgres/start-embedded-postgres.js';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { migrate } from '#infrastructure/persistence/migrate.js';
import { loadSeed } from '#infrastructure/persistence/seed/load-seed.js';
import { insertBenchCustomers } from './dispatch-body.js';
import { cpuMs, type Started, startProgram } from './processes.js';
import { ProviderClient } from './provider-client.js';

/** The system under test: its own Postgres, api, worker, scheduler, and a provider beside it. */
export interface Instance {
  apiUrl: string;
  databaseUrl: string;
  redisUrl: string | null;
  database: DataSource;
  provider: ProviderClient;
  /** The processes that are ours: api, worker, scheduler. */
  services: Started[];
  startWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  /** CPU of api, worker, scheduler and Postgres together so far, in milliseconds. */
  cpuMs(): number;
  stop(): Promise<void>;
}

export interface InstanceOptions {
  redis: { url: string; pid: number } | null;
}

/** Starts everything as separate processes, as an installation would, on an empty database. */
export async function startInstance({ redis }: InstanceOptions): Promise<Instance> {
  const folder = await mkdtemp(join(tmpdir(), 'ambacar-bench-'));
  const postgres = await startEmbeddedPostgres({ dataFolder: folder });
  const [apiPort, providerPort] = [await freePort(), await freePort()];
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const provider = new ProviderClient(`http://127.0.0.1:${providerPort}`);
  const vapid = webPush.generateVAPIDKeys();
  const environment: Record<string, string> = {
    DATABASE_URL: postgres.url,
    API_AUTH: 'off',
    PORT: String(apiPort),
    EVOLUTION_API_URL: provider.url,
    EVOLUTION_API_KEY: 'bench',
    EVOLUTION_INSTANCE: 'bench',
    EVOLUTION_TIMEOUT: '10',
    // E-mail comes second, and only where it is to be away: nobody listens there.
    EMAIL_HOST: '127.0.0.1',
    EMAIL_PORT: '1',
    VAPID_PUBLIC_KEY: vapid.publicKey,
    VAPID_PRIVATE_KEY: vapid.privateKey,
    VAPID_CONTACT_EMAIL: 'bench@example.com',
    ...(redis ? { REDIS_URL: redis.url } : {}),
  };
  const database = createDataSource(readConfiguration(environment).database, {
    applicationName: 'ambacar-bench',
    poolSize: 2,
  });
  await database.initialize();
  await migrate(database, { queueSchema: true });
  await loadSeed(database, { force: false });
  await database.query(insertBenchCustomers);

  const beside = await startProgram(
    'provider',
    'test/bench/provider-program.js',
    { PROVIDER_PORT: String(providerPort) },
    () => provider.answers(),
  );
  const connectedAs = (applicationName: string) => async () => {
    const rows = await database.query<unknown[]>(
      'SELECT FROM pg_stat_activity WHERE application_name = $1',
      [applicationName],
    );
    return rows.length > 0;
  };
  const api = await startProgram(
    'api',
    'apps/api/src/main.js',
    environment,
    async () => (await fetch(`${apiUrl}/health/ready`)).ok,
  );
  const startWorker = () =>
    startProgram('worker', 'apps/worker/src/main.js', environment, connectedAs('ambacar-worker'));
  const scheduler = await startProgram(
    'scheduler',
    'apps/scheduler/src/main.js',
    environment,
    connectedAs('ambacar-scheduler'),
  );
  const services = [api, await startWorker(), scheduler];
  const worker = () => services.find(({ name }) => name === 'worker');
  // What a stopped worker used is not lost from the sum.
  let endedMs = 0;

  return {
    apiUrl,
    databaseUrl: postgres.url,
    redisUrl: redis?.url ?? null,
    database,
    provider,
    services,
    startWorker: async () => {
      services.push(await startWorker());
    },
    stopWorker: async () => {
      const running = worker();
      if (!running) return;
      endedMs += cpuMs(running.pid);
      services.splice(services.indexOf(running), 1);
      await running.stop();
    },
    cpuMs: () =>
      endedMs +
      [...services.map(({ pid }) => pid), postgres.pid, ...(redis ? [redis.pid] : [])]
        .map(cpuMs)
        .reduce((sum, value) => sum + value, 0),
    stop: async () => {
      for (const service of services) await service.stop();
      await beside.stop();
      await database.destroy();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A TCP port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port could be had');
  return address.port;
}
