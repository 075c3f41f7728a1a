import { Command } from 'commander';
import { scopes as knownScopes, type Scope, scopesIn } from '#domain/access/scopes.js';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import { RowConflict } from '#infrastructure/persistence/row-conflict.js';
import { isFaultOfData } from '#infrastructure/persistence/transient-errors.js';
import { CliError } from '../terminal/cli-error.js';
import { withDatabase } from '../terminal/database.js';
import { commandConfiguration } from '../terminal/environment.js';
import { print } from '../terminal/print.js';
import { say } from '../terminal/say.js';
import { keepItNow, revokeCommand, rotateCommand } from './keys-end.js';
import { listCommand } from './keys-list.js';

interface KeyOptions {
  name: string;
  scope: string[];
  taller?: string;
  expires?: string;
  json?: boolean;
}

/** `keys`: the API keys of calling systems. */
export function keysCommand(): Command {
  return new Command('keys')
    .description(say('Claves de la API', 'Keys of the API'))
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(rotateCommand())
    .addCommand(revokeCommand());
}

/** `keys create`: makes a caller's API key, which is shown this once. */
function createCommand(): Command {
  return new Command('create')
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
      print(options.json, { ...made, name, scopes }, () => [made.key, keepItNow()]);
    });
}

/** The database alone knows which workshops there are. */
function explainRefusal(error: unknown): never {
  if (!isFaultOfData(error) && !(error instanceof RowConflict)) throw error;
  throw new CliError(
    say(
      'No se creó: --name debe tener de 1 a 100 caracteres, y --taller ser el UUID de un taller',
      'Not made: --name must have 1 to 100 characters, and --taller be the UUID of a workshop',
    ),
  );
}

function scopeHelp(): string {
  const all = knownScopes.join(', ');
  return say(`permiso, se puede repetir: ${all}`, `what it allows, may be repeated: ${all}`);
}

function addScope(scope: string, earlier: string[]): string[] {
  return [...earlier, scope];
}

function readScopes(given: readonly string[]): Scope[] {
  const scopes = scopesIn(given);
  if (scopes.length === 0 || scopes.length < new Set(given).size) {
    const all = knownScopes.join(', ');
    throw new CliError(
      say(`--scope debe ser uno o más de: ${all}`, `--scope must be one or more of: ${all}`),
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
