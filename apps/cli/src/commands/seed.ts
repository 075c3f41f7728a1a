import { Command } from 'commander';
import { loadSeed } from '#infrastructure/persistence/seed/load-seed.js';
import { withDatabase } from '../terminal/database.js';
import { commandConfiguration } from '../terminal/environment.js';
import { print } from '../terminal/print.js';
import { say } from '../terminal/say.js';

/** `seed`: loads phases, services, templates and the matrix. */
export function seedCommand(): Command {
  return new Command('seed')
    .description(
      say(
        'Carga fases, servicios, plantillas y matriz',
        'Loads phases, services, templates, matrix',
      ),
    )
    .option('--force', say('repone lo que se editó', 'sets edited ones back to the seed'))
    .option('--json', say('para máquinas', 'for machines'))
    .action(async (options: { force?: boolean; json?: boolean }) => {
      const result = await withDatabase(commandConfiguration(), (dataSource) =>
        loadSeed(dataSource, { force: options.force ?? false }),
      );
      print(options.json, result, () => [
        say(
          `${result.phases} fases, ${result.serviceTypes} servicios, ${result.subtypes} subtipos, ${result.templates} plantillas, ${result.configs} orquestaciones, ${result.cells} celdas; ${result.created} filas nuevas.`,
          `${result.phases} phases, ${result.serviceTypes} services, ${result.subtypes} subtypes, ${result.templates} templates, ${result.configs} configurations, ${result.cells} cells; ${result.created} new rows.`,
        ),
      ]);
    });
}
