import { Command } from 'commander';
import {
  type ApiKeyScope,
  apiKeyScopes,
  createApiKey,
} from '#infrastructure/persistence/api-keys.js';
import { isFaultOfData } from '#infrastructure/persistence/transient-errors.js';
import { CliError } from '../terminal/cli-error.js';
import { withDatabase } from '../terminal/database.js';
import { commandConfiguration } from '../terminal/environment.js';
import { print } from '../terminal/print.js';
import { say } from '../terminal/say.js';

interface KeyOptions {
  name: string;
  scope: string[];
  taller?: string;
  expires?: string;
  json?: boolean;
}

/** `keys create`: makes a caller's API key, which is shown this once. */
export function keysCommand(): Command {
  const create = new Command('create')
    .description(say('Crea la clave de un sistema que llama', 'Makes the key of a calling system'))
    .requiredOption('--name <name>', say('quién la tendrá', 'who will hold it'))
    .option('--scope <scope>', scopeHelp(), addScope, [])
    .option('--taller <uuid>', say('solo para este taller', 'for this workshop alone'))
    .option('--expires <date>', say('hasta cuándo, p. ej. 2027-12-31', 'until, e.g. 2027-12-31'))
    .option('--json', say('para máquinas', 'for machines'))
    .action(async (options: KeyOptions) => {
      const scopes = readScopes(options.scope);
      const expiresAt = readExpiry(options.expires);
      const { name, taller: tallerId } = options;
      const made = await withDatabase(commandConfiguration(), (dataSource) =>
        createApiKey(dataSource, { name, scopes, tallerId, expiresAt }).catch(explainRefusal),
      );
      print(options.json, { ...made, name, scopes }, () => [
        made.key,
        say(
          'Guárdela ahora: no se puede volver a ver. Va en la cabecera Authorization: Bearer …',
          'Keep it now: it cannot be seen again. It goes into the header Authorization: Bearer …',
        ),
      ]);
    });
  return new Command('keys')
    .description(say('Claves de la API', 'Keys of the API'))
    .addCommand(create);
}

/** The database alone knows which workshops there are. */
function explainRefusal(error: unknown): never {
  if (!isFaultOfData(error)) throw error;
  throw new CliError(
    say(
      'No se creó: --name debe tener de 1 a 100 caracteres, y --taller ser el UUID de un taller',
      'Not made: --name must have 1 to 100 characters, and --taller be the UUID of a workshop',
    ),
  );
}

function scopeHelp(): string {
  const all = apiKeyScopes.join(', ');
  return say(`permiso, se puede repetir: ${all}`, `what it allows, may be repeated: ${all}`);
}

function addScope(scope: string, earlier: string[]): string[] {
  return [...earlier, scope];
}

function readScopes(given: readonly string[]): ApiKeyScope[] {
  const scopes = apiKeyScopes.filter((scope) => given.includes(scope));
  if (scopes.length === 0 || scopes.length < new Set(given).size) {
    throw new CliError(
      say(
        `--scope debe ser uno o más de: ${apiKeyScopes.join(', ')}`,
        `--scope must be one or more of: ${apiKeyScopes.join(', ')}`,
      ),
    );
  }
  return scopes;
}

function readExpiry(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const date = new Date(text);
  if (date > new Date()) return date;
  throw new CliError(
    say('--expires debe ser una fecha futura', '--expires must be a date in the future'),
  );
}
