import type { EntityManager } from 'typeorm';
import { seedPhases, seedServiceTypes } from '#migrations/seed/catalog.js';

/**
 * Ids by slug, as the database has them: an installation may have got a phase or a service type
 * under another id before it was seeded.
 */
export interface CatalogIds {
  phase(slug: string): string;
  serviceType(slug: string): string;
}

/** Writes phases, service types and subtypes; answers how many rows are new. */
export async function writeCatalog(
  manager: EntityManager,
  force: boolean,
): Promise<{ created: number; ids: CatalogIds }> {
  const phases = await writeRows(manager, 'phase', '', seedPhases, force);
  const orderedTypes = seedServiceTypes.map((type, index) => ({ ...type, order: index + 1 }));
  const types = await writeRows(manager, 'service_type', '', orderedTypes, force);
  const ids: CatalogIds = {
    phase: await idsBySlug(manager, 'phase'),
    serviceType: await idsBySlug(manager, 'service_type'),
  };
  const orderedSubtypes = seedServiceTypes.flatMap(({ slug, subtypes }) =>
    subtypes.map((subtype, index) => ({
      ...subtype,
      service_type_id: ids.serviceType(slug),
      order: index + 1,
    })),
  );
  const subtypes = await writeRows(
    manager,
    'service_subtype',
    'service_type_id',
    orderedSubtypes,
    force,
  );
  return { created: phases + types + subtypes, ids };
}

async function writeRows(
  manager: EntityManager,
  table: string,
  parent: string,
  rows: readonly object[],
  force: boolean,
): Promise<number> {
  const columns = `${parent ? `${parent}, ` : ''}id, slug, name, icon, "order"`;
  const key = parent ? `${parent}, slug` : 'slug';
  const onConflict = force
    ? `(${key}) DO UPDATE SET name = excluded.name, icon = excluded.icon, "order" = excluded."order"`
    : 'DO NOTHING';
  const written: { created: boolean }[] = await manager.query(
    `INSERT INTO ${table} (${columns})
     SELECT ${columns} FROM jsonb_to_recordset($1::jsonb)
       AS row (service_type_id uuid, id uuid, slug text, name text, icon text, "order" smallint)
     ON CONFLICT ${onConflict}
     RETURNING xmax = 0 AS created`,
    [JSON.stringify(rows)],
  );
  return written.filter(({ created }) => created).length;
}

async function idsBySlug(manager: EntityManager, table: string): Promise<(slug: string) => string> {
  const rows: { id: string; slug: string }[] = await manager.query(`SELECT id, slug FROM ${table}`);
  const ids = new Map(rows.map(({ id, slug }) => [slug, id]));
  return (slug) => {
    const id = ids.get(slug);
    if (id === undefined) {
      throw new Error(`The seed's ${table} ${slug} could not be written: its place is taken`);
    }
    return id;
  };
}
