import {
  type Configuration,
  ConfigurationError,
  readConfiguration,
} from '../config/configuration.js';

export interface Closable {
  close(): Promise<void>;
}

/** A close that takes longer is cut off: Kubernetes kills after 30 s, and says less about it. */
const closeWithinMs = 25_000;

/**
 * The life of one process: reads the environment, starts, and on SIGTERM or SIGINT closes in good
 * order and ends with code 0. A second signal ends it at once. A start that fails ends with code 1
 * and, for a wrong environment, with one readable text instead of a stack.
 */
export async function runProcess(
  start: (configuration: Configuration) => Promise<Closable>,
): Promise<void> {
  let running: Closable;
  try {
    running = await start(readConfiguration());
  } catch (error) {
    const told = error instanceof ConfigurationError ? error.message : (error as Error).stack;
    process.stderr.write(`${told}\n`);
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
