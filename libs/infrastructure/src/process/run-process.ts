import {
  type Configuration,
  ConfigurationError,
  readConfiguration,
} from '../config/configuration.js';
import { isOutage } from '../persistence/transient-errors.js';
import { QueueRefusal } from '../queue/queue-refusal.js';

export interface Closable {
  close(): Promise<void>;
}

/** A close that takes longer is cut off: Kubernetes kills after 30 s, and says less about it. */
const closeWithinMs = 25_000;

/**
 * The life of one process: reads the environment, starts, and on SIGTERM or SIGINT closes in good
 * order and ends with code 0. A second signal ends it at once. A start that fails ends with code 1
 * and, for a wrong environment or a database out of reach, one readable text instead of a stack.
 */
export async function runProcess(
  start: (configuration: Configuration) => Promise<Closable>,
): Promise<void> {
  let running: Closable;
  try {
    running = await start(readConfiguration());
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
  let closing = false;
  const end = () => {
    if (closing) process.exit(130);
    closing = true;
    setTimeout(() => process.exit(1), closeWithinMs).unref();
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`closing failed: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

/** What a person can mend is told in its own words; a fault of ours with the place in the code. */
function explain(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof QueueRefusal) return error.message;
  if (isOutage(error)) return `The database cannot be reached: ${String(error)}`;
  if (!(error instanceof Error)) return String(error);
  const noPort = 'syscall' in error && error.syscall === 'listen';
  return noPort ? `The port cannot be had: ${error.message}` : (error.stack ?? error.message);
}
