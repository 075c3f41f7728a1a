import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const given = new Set<number>();

/**
 * A TCP port of this machine at which nobody listens now, for a program that must be told one.
 *
 * Below 32768, where Linux takes no port for outgoing connections, and from a share of this test
 * worker's own: a port that the system chose was taken by another file's program before ours
 * listened.
 */
export async function freePort(): Promise<number> {
  const share = Number(process.env.JEST_WORKER_ID ?? 0) % 8;
  for (;;) {
    const port = 20_000 + randomInt(1500) * 8 + share;
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}
