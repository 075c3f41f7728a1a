import type { DataSource } from 'typeorm';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { migrate } from '#infrastructure/persistence/migrate.js';
import { loadDemo } from '#infrastructure/persistence/seed/load-demo.js';
import { loadSeed } from '#infrastructure/persistence/seed/load-seed.js';
import { say } from '../../cli/src/terminal/say.js';
import type { Sandbox } from '../../sandbox/src/start-sandbox.js';
import type { ComposedEnvironment } from './compose-environment.js';
import { demoSubscriptions } from './demo-subscriptions.js';
import { openDatabase } from './open-database.js';
import type { Stages } from './stages.js';

/**
 * Brings the schema up to date and loads what an installation needs to send. The invented
 * customers come along only where every channel ends in the sandbox: nothing of the demo may
 * reach a real provider.
 */
export async function fillDatabase(
  configuration: Configuration,
  sandbox: Sandbox | null,
  channels: Pick<ComposedEnvironment, 'real'>,
  stages: Stages,
): Promise<void> {
  const dataSource = await openDatabase(configuration);
  try {
    await stages.run({
      work: () => migrate(dataSource, { queueSchema: configuration.queue.backend === 'postgres' }),
      told: ({ applied }) =>
        applied.length === 0
          ? null
          : say(`Esquema: ${applied.length} migraciones`, `Schema: ${applied.length} migrations`),
    });
    await stages.run({
      work: () => loadSeed(dataSource, { force: false }),
      told: (seed) =>
        seed.created === 0
          ? null
          : say(
              `Datos del taller: ${seed.phases} fases, ${seed.serviceTypes} servicios, ${seed.subtypes} subtipos, ${seed.templates} plantillas, ${seed.cells} celdas`,
              `Workshop data: ${seed.phases} phases, ${seed.serviceTypes} services, ${seed.subtypes} subtypes, ${seed.templates} templates, ${seed.cells} cells`,
            ),
    });
    if (sandbox && channels.real.length === 0) {
      await stages.run({ work: () => fillDemo(dataSource, sandbox, configuration) });
    }
  } finally {
    await dataSource.destroy();
  }
}

async function fillDemo(
  dataSource: DataSource,
  sandbox: Sandbox,
  { push }: Configuration,
): Promise<void> {
  const subscriptions = push
    ? await demoSubscriptions(dataSource, sandbox.httpUrl, push.publicKey)
    : [];
  await loadDemo(dataSource, { subscriptions });
}
