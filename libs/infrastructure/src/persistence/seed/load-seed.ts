import type { DataSource } from 'typeorm';
import { seedPhases, seedServiceTypes } from '#migrations/seed/catalog.js';
import { seedConfigs } from '#migrations/seed/matrix.js';
import { seedTemplates } from '#migrations/seed/templates/seed-templates.js';
import { writeCatalog } from './write-catalog.js';
import { writeMatrix } from './write-matrix.js';
import { writeTemplates } from './write-templates.js';

/** Any number, the same in all processes: whoever seeds waits for another who does. */
const seedLock = 7_305_600_001;

export interface SeedSummary {
  /** How many of each the seed has. */
  phases: number;
  serviceTypes: number;
  subtypes: number;
  templates: number;
  configs: number;
  cells: number;
  /** Rows that were not there before, template versions included. */
  created: number;
}

/**
 * Loads the workshop's data, in one transaction. What exists is left as it is, edits included,
 * and a template that was deleted stays deleted, because an installation may seed at every start;
 * with `force` the seed's own rows are set back to the seed, and a template whose text differs
 * gets a new version, because versions never change. Rows beside the seed's are never touched.
 *
 * The first run takes about a second, most of it for loading MJML; a run that finds everything
 * in place, a few milliseconds.
 */
export async function loadSeed(
  dataSource: DataSource,
  { force }: { force: boolean },
): Promise<SeedSummary> {
  return dataSource.transaction(async (manager) => {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [seedLock]);
    const { created: catalogRows, ids } = await writeCatalog(manager, force);
    const matrixRows = await writeMatrix(manager, ids, force);
    const templateRows = await writeTemplates(manager, ids, force);
    return {
      phases: seedPhases.length,
      serviceTypes: seedServiceTypes.length,
      subtypes: seedServiceTypes.flatMap(({ subtypes }) => subtypes).length,
      templates: seedTemplates.length,
      configs: seedConfigs.length,
      cells: seedConfigs.flatMap(({ cells }) => cells).length,
      created: catalogRows + matrixRows + templateRows,
    };
  });
}
