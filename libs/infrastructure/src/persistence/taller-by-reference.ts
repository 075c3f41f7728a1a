import type { DataSource, EntityManager } from 'typeorm';

/**
 * A workshop by its slug or UUID, active or not; null when there is none. Its country reads phone
 * numbers that have no country code.
 */
export async function tallerByReference(
  database: DataSource | EntityManager,
  reference: string,
): Promise<{ id: string; country: string } | null> {
  const [row] = await database.query<{ id: string; country: string }[]>(
    'SELECT id, country FROM taller WHERE slug = $1 OR id::text = lower($1)',
    [reference],
  );
  return row ?? null;
}
