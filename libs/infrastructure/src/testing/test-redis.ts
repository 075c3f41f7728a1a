import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './free-port.js';

/** A Redis of one test file's own. */
export interface TestRedis {
  url: string;
  /** Ends it as a power cut does; what it held is gone. */
  kill(): Promise<void>;
  /** Lets it stand still: it takes connections and answers nothing. */
  freeze(): void;
  thaw(): void;
  /** Starts it again at the same place, empty. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Whether what works on either store is tried on Redis too: in `npm run test:redis`. `npm test` asks
 * for nothing that is not in the packages, and so tries nothing of Redis.
 */
export const triesRedis = process.env.TEST_REDIS === 'on';

/** Starts a `redis-server` of its own on a free port; throws where the program is not installed. */
export async function startTestRedis(): Promise<TestRedis> {
  const port = await freePort();
  // Whatever it writes, be it a file that a test asks for, is its own and goes with it.
  const folder = await mkdtemp(join(tmpdir(), 'ambacar-redis-'));
  const start = async () => {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', ''];
    const child = spawn('redis-server', [...options, '--maxmemory-policy', 'noeviction'], {
      cwd: folder,
      stdio: 'ignore',
    });
    // Rejects with the error where there is no such program.
    await once(child, 'spawn');
    return child;
  };
  let server = await start().catch(async (cause: unknown) => {
    await rm(folder, { recursive: true });
    throw new Error('redis-server is not installed: apt-get install redis-server', { cause });
  });
  const url = `redis://127.0.0.1:${port}`;
  await answers(url);
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  return {
    url,
    kill,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    restart: async () => {
      server = await start();
      await answers(url);
    },
    close: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<void> {
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  client.disconnect();
  await pause(0);
}
