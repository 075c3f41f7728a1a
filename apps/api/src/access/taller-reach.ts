import type { DataSource } from 'typeorm';
import { tallerByReference } from '#infrastructure/persistence/taller-by-reference.js';
import { badField } from '../http/problem.js';

/** Whoever may act for one workshop alone, or for all (null). */
interface Reach {
  tallerId: string | null;
}

/** Whether what belongs to this workshop is the caller's to see. */
export function isWithin({ tallerId }: Reach, owner: string | null): boolean {
  return tallerId === null || tallerId === owner;
}

/** The same where what belongs to no workshop is everybody's. */
export function isOpenTo(reach: Reach, owner: string | null): boolean {
  return owner === null || isWithin(reach, owner);
}

/**
 * The workshop that a query is narrowed to: the one that it names by slug or UUID, else the
 * caller's own; null for all. One that is not there, or not the caller's to see, is a 400.
 */
export async function tallerWithin(
  dataSource: DataSource,
  caller: Reach,
  reference: string | undefined,
): Promise<string | null> {
  if (reference === undefined) return caller.tallerId;
  const taller = await tallerByReference(dataSource, reference);
  if (!taller || !isWithin(caller, taller.id)) {
    throw badField('taller_id', 'names nothing known');
  }
  return taller.id;
}
