import { type Configuration, readConfiguration } from '#infrastructure/config/configuration.js';
import { ApiClient } from './api-client.js';
import { CliError } from './cli-error.js';
import { type Instance, runningInstance } from './instance.js';
import { say } from './say.js';

/**
 * The configuration of the instance of `npm start` that runs in this folder, or, where none runs
 * or the environment names a database of its own, the environment's. Throws {@link CliError}
 * where neither says which database.
 */
export function commandConfiguration(): Configuration {
  const instance = matchingInstance();
  if (instance) return readConfiguration(instance.environment);
  if (!process.env.DATABASE_URL?.trim()) {
    throw new CliError(
      say(
        'No hay base de datos: arranque el servicio con npm start, o indique una en DATABASE_URL.',
        'There is no database: start the service with npm start, or name one in DATABASE_URL.',
      ),
    );
  }
  return readConfiguration();
}

/** The instance that runs here, unless the environment means another database. */
function matchingInstance(): Instance | null {
  const named = process.env.DATABASE_URL?.trim();
  const instance = runningInstance();
  return instance && (!named || named === instance.databaseUrl) ? instance : null;
}

/** A client of the named API, the running instance's, or the one at `HOST` and `PORT`. */
export function apiClient(options: { api?: string; apiKey?: string }): ApiClient {
  const port = process.env.PORT?.trim() || '8000';
  const url = options.api ?? runningInstance()?.apiUrl ?? `http://127.0.0.1:${port}`;
  return new ApiClient(url.replace(/\/+$/, ''), options.apiKey ?? null);
}

/** The sandbox's address. Throws {@link CliError} where none runs. */
export function sandboxUrl(given: string | undefined): string {
  const url = given ?? runningInstance()?.sandboxUrl;
  if (url) return url.replace(/\/+$/, '');
  throw new CliError(
    say(
      'No hay sandbox en marcha aquí: arranque el servicio con npm start, o indique uno con --sandbox.',
      'No sandbox runs here: start the service with npm start, or name one with --sandbox.',
    ),
  );
}
