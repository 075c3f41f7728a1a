import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.js';
import type { Cluster } from './cluster.js';
import { endOrphan } from './end-orphan.js';
import { explainExit } from './explain-exit.js';
import { asIdentity } from './process-identity.js';

const run = promisify(execFile);

/** A Postgres that takes connections. */
export interface ServerProcess {
  pid: number;
  /** Resolves when it has ended, for whatever reason. */
  ended: Promise<void>;
  /** Ends sessions and it, in 30 ms as a rule; harder after 10 s. Waits for the end. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  port: number;
  /** Postgres' own parameters. */
  settings: Readonly<Record<string, string>>;
  /** Postgres writes what it has to say here; kept to a few megabytes. */
  logFile: string;
}

/**
 * Starts Postgres on the cluster and waits until it takes connections, crash recovery included.
 * In a process group of its own, so that a Ctrl-C reaches it after the application has drained.
 * Throws {@link EmbeddedPostgresError}.
 */
export async function startServer(
  binaries: PostgresBinaries,
  cluster: Cluster,
  options: ServerOptions,
): Promise<ServerProcess> {
  await endOrphan(cluster.folder);
  const patienceMs = 5000;
  for (const begun = performance.now(); ; await pause(200)) {
    const words = await attempt(binaries, cluster, options);
    if (typeof words !== 'string') return words;
    // The last backends of a server killed by force are about to notice.
    const passing = /pre-existing shared memory block|lock file ".*" already exists/.test(words);
    if (!passing || performance.now() - begun > patienceMs)
      throw explainExit(words, cluster, options);
  }
}

/** The running server, or what it said before it gave up. */
async function attempt(
  binaries: PostgresBinaries,
  cluster: Cluster,
  options: ServerOptions,
): Promise<ServerProcess | string> {
  const logStart = rotate(options.logFile);
  const log = openSync(options.logFile, 'a', 0o600);
  const parameters = Object.entries(options.settings).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const [program, words, identity] = asIdentity(cluster.identity, binaries.postgres, [
    '-D',
    cluster.folder,
    '-p',
    `${options.port}`,
    ...parameters,
  ]);
  const child = spawn(program, words, {
    ...identity,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  while (!gone && !isReady(cluster.folder, child.pid)) await pause(10);
  if (gone) return readFileSync(options.logFile, 'utf8').slice(logStart);
  return { pid: child.pid ?? 0, ended, stop: () => stop(child, ended, binaries, cluster.folder) };
}

/** The eighth line of postmaster.pid tells the server's state (Postgres ≥ 10, pidfile.h). */
function isReady(folder: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

async function stop(
  child: ChildProcess,
  ended: Promise<void>,
  binaries: PostgresBinaries,
  folder: string,
): Promise<void> {
  if (process.platform === 'win32') {
    await run(binaries.pgCtl, ['stop', '-D', folder, '-m', 'fast']).catch(() => child.kill());
    return ended;
  }
  // Fast, immediate, by force (postgres(1)).
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    child.kill(signal);
    const waiting = new AbortController();
    const late = pause(10_000, 'late', { signal: waiting.signal }).catch(() => 'stopped');
    const result = await Promise.race([ended, late]);
    waiting.abort();
    if (result !== 'late') return;
  }
}

/** Keeps one older log beside the current one, and tells where this start's words begin. */
function rotate(logFile: string): number {
  try {
    const { size } = statSync(logFile);
    if (size < 5_000_000) return size;
    renameSync(logFile, `${logFile}.1`);
  } catch {
    // no log yet
  }
  return 0;
}
