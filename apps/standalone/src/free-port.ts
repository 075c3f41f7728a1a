import { createServer } from 'node:net';

/** Whether a server could listen there now. */
export function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The wanted port, or some other one where that is taken. Loopback. */
export async function freePortNear(wanted: number): Promise<number> {
  for (let port = wanted; port < 65_536; port++) {
    if (await isFree('127.0.0.1', port)) return port;
  }
  throw new Error(`no free port from ${wanted} up`);
}
