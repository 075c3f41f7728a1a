import {
  type Configuration,
  ConfigurationError,
  readConfiguration,
} from '#infrastructure/config/configuration.js';
import { startApi } from './start-api.js';

const configuration = readOrExit();
const api = await startApi(configuration).catch(leave);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    api.close().then(() => process.exit(0), leave);
  });
}

function readOrExit(): Configuration {
  try {
    return readConfiguration();
  } catch (error) {
    if (error instanceof ConfigurationError) return leave(error);
    throw error;
  }
}

/** One sentence on standard error is what somebody who starts a process reads. */
function leave(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
