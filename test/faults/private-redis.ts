import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { freePort } from '../bench/instance.js';

/** A Redis of the run's own that keeps nothing on a disk: what it held is gone when it dies. */
export class PrivateRedis {
  private constructor(
    private readonly port: number,
    private child: ChildProcess,
  ) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Null where the program is not installed. */
  static async start(): Promise<PrivateRedis | null> {
    const port = await freePort();
    const child = spawnServer(port);
    const isThere = await once(child, 'spawn').then(
      () => true,
      () => false,
    );
    if (!isThere) return null;
    const redis = new PrivateRedis(port, child);
    await redis.answers();
    return redis;
  }

  async empty(): Promise<void> {
    await this.ask((client) => client.flushall());
  }

  async kill(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  /** Starts it again at the same place, empty. */
  async start(): Promise<void> {
    this.child = spawnServer(this.port);
    await this.answers();
  }

  private async answers(): Promise<void> {
    await this.ask((client) => client.ping());
  }

  private async ask(command: (client: Redis) => Promise<unknown>): Promise<void> {
    const client = new Redis(this.url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    await command(client);
    client.disconnect();
  }
}

function spawnServer(port: number): ChildProcess {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', ''];
  return spawn('redis-server', [...options, '--maxmemory-policy', 'noeviction'], {
    stdio: 'ignore',
  });
}
