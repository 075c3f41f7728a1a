import type { DataSource } from 'typeorm';
import { tallerByReference } from '#infrastructure/persistence/taller-by-reference.js';
import { badField } from '../http/problem.js';

/**
 * The workshop that the filter `taller_id` names by slug or UUID, active or not: its id, null for
 * `null`, undefined where the query has no such filter. A 400 for one that there is not.
 */
export async function tallerOfQuery(
  dataSource: DataSource,
  reference: string | undefined,
): Promise<string | null | undefined> {
  if (reference === undefined) return undefined;
  if (reference === 'null') return null;
  const taller = await tallerByReference(dataSource, reference);
  if (!taller) throw badField('taller_id', 'names nothing known');
  return taller.id;
}
