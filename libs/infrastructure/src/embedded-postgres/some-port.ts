import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { ServerProcess } from './server-process.js';

/**
 * Starts on the port that was asked for, or is refused. With 0, on the port of the last start, or
 * another free one, which it keeps in the folder: a URL noted down goes on working.
 */
export async function startOnSomePort(
  dataFolder: string,
  wanted: number,
  startOn: (port: number) => Promise<ServerProcess>,
): Promise<{ port: number; server: ServerProcess }> {
  if (wanted > 0) return { port: wanted, server: await startOn(wanted) };
  const portFile = join(dataFolder, 'port');
  for (let port = await keptPort(portFile); ; port = await freePort()) {
    try {
      const server = await startOn(port);
      writeFileSync(portFile, `${port}\n`);
      return { port, server };
    } catch (error) {
      // Taken between the look and the start.
      if (!(error instanceof EmbeddedPostgresError && error.fault === 'port_taken')) throw error;
    }
  }
}

async function keptPort(portFile: string): Promise<number> {
  try {
    const port = Number(readFileSync(portFile, 'utf8'));
    if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  } catch {
    // the first start
  }
  return freePort();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
