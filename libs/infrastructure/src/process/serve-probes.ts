import { createServer } from 'node:http';
import type { Closable } from './run-process.js';

/** The probes as they are served. */
export interface ServedProbes extends Closable {
  /** From now on says that nothing should be sent here; whether the process lives is said as ever. */
  refuse(): void;
}

export interface Probes {
  /** Whether the process still makes progress; Kubernetes restarts it when not. */
  live(): boolean;
  /** Rejects while what the process needs (database, queue) does not answer. */
  ready(): Promise<void>;
}

/** How long readiness may take before it counts as a no. */
const readyWithinMs = 2000;

/**
 * Answers `GET /health/live` and `GET /health/ready` for processes without an API of their own,
 * with 200 or 503 and nothing that a stranger could use. Null port: no probes are served.
 */
export async function serveProbes(port: number | null, probes: Probes): Promise<ServedProbes> {
  if (port === null) return { refuse: () => undefined, close: async () => undefined };
  let refusing = false;
  const server = createServer(async (request, response) => {
    const path = request.url?.replace(/\/+$/, '');
    const healthy =
      path === '/health/live'
        ? probes.live()
        : path === '/health/ready'
          ? !refusing && (await answersInTime(probes.ready))
          : undefined;
    const status = healthy === undefined ? 404 : healthy ? 200 : 503;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: healthy ? 'healthy' : 'unhealthy' }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  return {
    refuse: () => {
      refusing = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answersInTime(ready: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), readyWithinMs);
  });
  const answered = ready().then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
