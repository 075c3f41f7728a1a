import { Command } from 'commander';
import type { DataSource } from 'typeorm';
import {
  type MadeApiKey,
  rotateApiKey,
  whyNotRotatable,
} from '#infrastructure/persistence/api-key-changes.js';
import { operator, revokeApiKey } from '#infrastructure/persistence/api-keys.js';
import { Changes } from '#infrastructure/persistence/changes.js';
import { isFaultOfData } from '#infrastructure/persistence/transient-errors.js';
import { CliError } from '../terminal/cli-error.js';
import { withDatabase } from '../terminal/database.js';
import { seconds } from '../terminal/duration.js';
import { commandConfiguration } from '../terminal/environment.js';
import { print } from '../terminal/print.js';
import { say } from '../terminal/say.js';

/** `keys revoke`: ends a key for good. */
export function revokeCommand(): Command {
  return new Command('revoke')
    .description(say('Revoca una clave, para siempre', 'Revokes a key, for good'))
    .argument('<id>', say('el que dice keys list', 'as keys list tells it'))
    .option('--json', say('para máquinas', 'for machines'))
    .action(async (id: string, options: { json?: boolean }) => {
      const row = await withDatabase(commandConfiguration(), (dataSource) =>
        revokeApiKey(dataSource, id).catch(noSuchKey),
      );
      if (!row) noSuchKey();
      print(options.json, { id, revoked_at: row.revoked_at }, () => [
        say(
          `${row.name}: revocada; ningún proceso la acepta pasados 5 segundos.`,
          `${row.name}: revoked; no process takes it after 5 seconds.`,
        ),
      ]);
    });
}

/** `keys rotate`: makes the key that takes another's place, which is shown this once. */
export function rotateCommand(): Command {
  return new Command('rotate')
    .description(say('Sustituye una clave por otra nueva', 'Replaces a key by a new one'))
    .argument('<id>', say('el que dice keys list', 'as keys list tells it'))
    .option(
      '--grace <duration>',
      say('lo que sigue la anterior; 0: nada', 'how long the old one goes on; 0: not at all'),
      seconds,
      seconds('24h'),
    )
    .option('--json', say('para máquinas', 'for machines'))
    .action(async (id: string, options: { grace: number; json?: boolean }) => {
      const made = await withDatabase(commandConfiguration(), (dataSource) =>
        rotate(dataSource, id, options.grace),
      );
      const { row, key } = made;
      print(options.json, { id: row.id, key, name: row.name, replaces: id }, () => [
        key,
        keepItNow(),
      ]);
    });
}

export function keepItNow(): string {
  return say(
    'Guárdela ahora: no se puede volver a ver. Va en la cabecera Authorization: Bearer …',
    'Keep it now: it cannot be seen again. It goes into the header Authorization: Bearer …',
  );
}

async function rotate(dataSource: DataSource, id: string, graceMs: number): Promise<MadeApiKey> {
  const made = await new Changes(dataSource)
    .run(operator, (change) =>
      rotateApiKey(change, { id }, { graceMs }, (old) => {
        const fault = whyNotRotatable(old);
        if (fault) {
          throw new CliError(
            say('La clave ya terminó o ya se rotó: vea keys list', `It ${fault}: see keys list`),
          );
        }
      }),
    )
    .catch(noSuchKey);
  return made ?? noSuchKey();
}

/** An id that is no UUID is one that there is not. */
function noSuchKey(error?: unknown): never {
  if (error !== undefined && !isFaultOfData(error)) throw error;
  throw new CliError(say('No hay ninguna clave con ese id', 'There is no key with that id'));
}
