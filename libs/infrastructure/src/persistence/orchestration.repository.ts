import type { DataSource, EntityManager } from 'typeorm';
import { channels, type Target } from '#domain/catalog/channels.js';
import type { Cell } from '#domain/orchestration/setup.js';
import { anywhere, findPage, type PageOfRows, type PageWindow } from './find-page.js';
import { cellAsJson } from './matrix-cells.js';
import {
  type OrchestrationConfigRow,
  orchestrationConfigTable,
} from './schema/orchestration-config.schema.js';

export interface OrchestrationFilter {
  search?: string;
  serviceTypeId?: string;
  target?: Target;
  /** Null: the global ones. */
  tallerId?: string | null;
  isActive?: boolean;
}

/** A configuration with its cells, in the order of the phases and channels. */
export interface ConfigWithCells extends OrchestrationConfigRow {
  cells: Cell[];
}

/** Reads configurations. A key that is bound to a workshop sees its own and the global ones. */
export class OrchestrationRepository {
  constructor(private readonly dataSource: DataSource) {}

  async page(
    scope: string | null,
    filter: OrchestrationFilter,
    ordering: string,
    window: PageWindow,
  ): Promise<PageOfRows<ConfigWithCells>> {
    const { manager } = this.dataSource;
    const query = manager.createQueryBuilder(orchestrationConfigTable.schema, 'c');
    if (scope !== null) query.andWhere('(c.taller_id IS NULL OR c.taller_id = :scope)', { scope });
    if (filter.serviceTypeId !== undefined) {
      query.andWhere('c.service_type_id = :serviceTypeId', filter);
    }
    if (filter.target !== undefined) query.andWhere('c.target = :target', filter);
    if (filter.tallerId === null) query.andWhere('c.taller_id IS NULL');
    else if (filter.tallerId !== undefined) query.andWhere('c.taller_id = :tallerId', filter);
    if (filter.isActive !== undefined) query.andWhere('c.is_active = :isActive', filter);
    if (filter.search !== undefined) query.andWhere(namedAlike, { text: anywhere(filter.search) });
    const { count, rows } = await findPage(query, ordering, 'id', window);
    const cells = await readCells(
      manager,
      rows.map(({ id }) => id),
    );
    return { count, rows: rows.map((row) => ({ ...row, cells: cells.get(row.id) ?? [] })) };
  }

  /** @param manager of a transaction that changed it, to see it as it is there */
  async find(
    scope: string | null,
    id: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<ConfigWithCells | null> {
    const [row] = await manager.query<ConfigWithCells[]>(
      `SELECT c.*, ${cellsOf('c.id')} AS cells FROM orchestration_config c
       WHERE c.id = $1 AND ($2::uuid IS NULL OR c.taller_id IS NULL OR c.taller_id = $2)`,
      [id, scope],
    );
    return row ?? null;
  }
}

/** The cells of each configuration, as they are when this statement begins. */
export async function readCells(
  manager: EntityManager,
  configIds: readonly string[],
): Promise<Map<string, Cell[]>> {
  const rows = await manager.query<{ id: string; cells: Cell[] }[]>(
    `SELECT c.id, ${cellsOf('c.id')} AS cells FROM unnest($1::uuid[]) AS c (id)`,
    [configIds],
  );
  return new Map(rows.map(({ id, cells }) => [id, cells]));
}

const cellsOf = (config: string) => `
  (SELECT coalesce(json_agg(${cellAsJson('m')}
      ORDER BY p."order", array_position('{${channels.join()}}'::text[], m.channel)), '[]')
   FROM matrix_cell m JOIN phase p ON p.id = m.phase_id WHERE m.config_id = ${config})`;

// By the names of what it is for: a configuration has none of its own.
const namedAlike = `(
  EXISTS (SELECT FROM service_type s WHERE s.id = c.service_type_id
    AND (searchable(s.name) LIKE searchable(:text) OR s.slug LIKE searchable(:text)))
  OR EXISTS (SELECT FROM taller t WHERE t.id = c.taller_id
    AND (searchable(t.name) LIKE searchable(:text) OR t.slug LIKE searchable(:text))))`;
