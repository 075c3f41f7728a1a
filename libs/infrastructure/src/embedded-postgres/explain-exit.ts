import { type Cluster, damaged } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { ServerOptions } from './server-process.js';

/** Makes one sentence of what Postgres wrote before it gave up. */
export function explainExit(
  words: string,
  cluster: Cluster,
  options: ServerOptions,
): EmbeddedPostgresError {
  const fatal =
    words.match(/(?:FATAL|PANIC): {2}(.*)/)?.[1] ?? words.trim().split('\n').at(-1) ?? '';
  if (/could not bind|Address already in use/i.test(words)) {
    return new EmbeddedPostgresError(
      'port_taken',
      `Port ${options.port} is taken: end the program that uses it, or choose another port.`,
      `${options.port}`,
    );
  }
  if (/No space left/.test(words)) {
    return new EmbeddedPostgresError(
      'disk_full',
      `The disk of ${cluster.folder} is full: free 100 MB.`,
      cluster.folder,
    );
  }
  if (cluster.isNew || fatal === '') {
    return new EmbeddedPostgresError(
      'failed',
      `Postgres did not start: ${fatal || 'without a word'}. Its log is ${options.logFile}.`,
      cluster.folder,
    );
  }
  return damaged(cluster.folder, fatal);
}
