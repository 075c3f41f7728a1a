import type { EntityManager } from 'typeorm';
import { seedConfigs } from '#migrations/seed/matrix.js';
import { seedId } from '#migrations/seed/seed-id.js';
import type { CatalogIds } from './write-catalog.js';

/** Writes the global configurations and their cells; answers how many rows are new. */
export async function writeMatrix(
  manager: EntityManager,
  ids: CatalogIds,
  force: boolean,
): Promise<number> {
  const configs = seedConfigs.map(({ serviceType, target }) => ({
    id: seedId('orchestration-config', `${serviceType}/${target}`),
    service_type_id: ids.serviceType(serviceType),
    target,
  }));
  const writtenConfigs = await manager.query(
    `INSERT INTO orchestration_config (id, service_type_id, target)
     SELECT id, service_type_id, target
     FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, service_type_id uuid, target text)
     ON CONFLICT ${
       force
         ? '(service_type_id, target, taller_id) DO UPDATE SET is_active = true, updated_at = now()'
         : 'DO NOTHING'
     }
     RETURNING xmax = 0 AS created`,
    [JSON.stringify(configs)],
  );
  const cells = seedConfigs.flatMap(({ serviceType, target, cells: cellsOfConfig }) =>
    cellsOfConfig.map(({ phase, ...cell }) => ({
      ...cell,
      service_type_id: ids.serviceType(serviceType),
      target,
      phase_id: ids.phase(phase),
    })),
  );
  const writtenCells = await manager.query(
    `INSERT INTO matrix_cell (config_id, phase_id, channel, enabled, priority)
     SELECT config.id, row.phase_id, row.channel, row.enabled, row.priority
     FROM jsonb_to_recordset($1::jsonb) AS row
       (service_type_id uuid, target text, phase_id uuid, channel text, enabled boolean,
        priority smallint)
     JOIN orchestration_config config USING (service_type_id, target)
     WHERE config.taller_id IS NULL
     ON CONFLICT (config_id, phase_id, channel) DO ${force ? `UPDATE SET ${asSeeded}` : 'NOTHING'}
     RETURNING xmax = 0 AS created`,
    [JSON.stringify(cells)],
  );
  return [...writtenConfigs, ...writtenCells].filter(({ created }) => created).length;
}

/** What the seed leaves to the columns' defaults is made so again. */
const asSeeded = `
  enabled = excluded.enabled, priority = excluded.priority,
  advance_after_minutes = excluded.advance_after_minutes, advance_until = excluded.advance_until,
  quiet_hours = excluded.quiet_hours, when_held_too_long = excluded.when_held_too_long`;
