import { Command } from 'commander';
import { migrate } from '#infrastructure/persistence/migrate.js';
import { withDatabase } from '../terminal/database.js';
import { commandConfiguration } from '../terminal/environment.js';
import { print } from '../terminal/print.js';
import { say } from '../terminal/say.js';

/** `migrate`: brings the database's schema up to this program's. Safe to repeat. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description(say('Actualiza el esquema de la base de datos', 'Brings the schema up to date'))
    .option('--json', say('para máquinas', 'for machines'))
    .action(async (options: { json?: boolean }) => {
      const configuration = commandConfiguration();
      const queueSchema = configuration.queue.backend === 'postgres';
      const result = await withDatabase(configuration, (dataSource) =>
        migrate(dataSource, { queueSchema }),
      );
      print(options.json, result, () =>
        result.applied.length === 0
          ? [say('El esquema ya está al día.', 'The schema is up to date.')]
          : result.applied.map((name) => `✔ ${name}`),
      );
    });
}
