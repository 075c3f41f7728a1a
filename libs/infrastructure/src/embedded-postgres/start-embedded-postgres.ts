import { chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from './binaries.js';
import { type Cluster, noRight, openCluster } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { LockHeldError, takeLock } from './folder-lock.js';
import { startServer } from './server-process.js';
import { durableSettings, quickSettings } from './server-settings.js';
import { startOnSomePort } from './some-port.js';

export interface EmbeddedPostgresOptions {
  /** Everything that is kept lies below it. */
  dataFolder: string;
  /** 0 or none: a free one, kept for the next start where it is still free then. */
  port?: number;
  /** False gives up safety against power failure for speed. For tests. Default true. */
  durable?: boolean;
  /** Told of what a reader of the terminal may want to know. */
  log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** Of the database `notifications`, with the password in it; loopback only. */
  url: string;
  port: number;
  /** Postgres' own process. */
  pid: number;
  /** Ends Postgres and lets go of the folder. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts the real Postgres that npm installed, on a folder of its own and on loopback alone; makes
 * the data at the first start. Should Postgres die, it is started again on the same port. It ends
 * with this process, however that ends.
 *
 * Throws {@link EmbeddedPostgresError}: its message is one sentence with the way out.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const dataFolder = resolve(options.dataFolder);
  const lock = lockFolder(dataFolder);
  try {
    return await superviseIn(dataFolder, options, () => lock.release());
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function superviseIn(
  dataFolder: string,
  options: EmbeddedPostgresOptions,
  unlock: () => void,
): Promise<EmbeddedPostgres> {
  const { durable = true, log = () => undefined } = options;
  const binaries = await findBinaries();
  const cluster = await openCluster(binaries, dataFolder, durable);
  const settings = durable ? durableSettings : quickSettings;
  const logFile = join(dataFolder, 'postgres.log');
  const startOn = (port: number) => startServer(binaries, cluster, { port, settings, logFile });

  const { port, server: first } = await startOnSomePort(dataFolder, options.port ?? 0, startOn);
  let server = first;
  let stopping: Promise<void> | null = null;
  void keepRunning();

  async function keepRunning(): Promise<void> {
    for (let delayMs = 100; ; delayMs = Math.min(delayMs * 2, 10_000)) {
      await server.ended;
      if (stopping) return;
      log(`Postgres ended; starting it again. Its log is ${logFile}.`);
      await pause(delayMs);
      if (stopping) return;
      const next = await startOn(port).catch((error: Error) => log(error.message));
      if (next) server = next;
      if (stopping) await server.stop();
    }
  }

  const url = (database: string) =>
    `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/${database}?sslmode=disable`;
  try {
    await ensureDatabase(url('postgres'), cluster);
  } catch (error) {
    stopping = server.stop();
    await stopping;
    throw error;
  }
  return {
    url: url('notifications'),
    port,
    get pid() {
      return server.pid;
    },
    stop: () => {
      stopping ??= server.stop().then(unlock);
      return stopping;
    },
  };
}

function lockFolder(dataFolder: string): { release(): void } {
  try {
    // Others may pass through it, as Postgres' own user must; what lies in it is closed to them.
    mkdirSync(dataFolder, { recursive: true, mode: 0o711 });
    chmodSync(dataFolder, 0o711);
    return takeLock(join(dataFolder, 'lock'));
  } catch (error) {
    if (error instanceof LockHeldError) {
      throw new EmbeddedPostgresError(
        'in_use',
        `The data in ${dataFolder} is in use by process ${error.pid}: end that one first, or choose another folder with DATA_DIR.`,
        dataFolder,
        error.pid,
      );
    }
    throw noRight(dataFolder, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

async function ensureDatabase(adminUrl: string, cluster: Cluster): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'notifications'`);
    if (found.rowCount === 0) await client.query('CREATE DATABASE notifications');
  } catch (error) {
    throw new EmbeddedPostgresError(
      'failed',
      `Postgres runs on ${cluster.folder} but cannot be used: ${(error as Error).message}`,
      cluster.folder,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
