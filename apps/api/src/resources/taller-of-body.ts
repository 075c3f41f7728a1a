import type { EntityManager } from 'typeorm';
import { tallerByReference } from '#infrastructure/persistence/taller-by-reference.js';
import { type Caller, tallerOfNew } from '../access/access.js';
import { badField } from '../http/problem.js';

/** Reads the numbers of those who belong to no workshop. */
const defaultCountry = 'EC';

/**
 * The workshop that a body names by slug or UUID, as far as the caller may (403); its country
 * reads phone numbers. Who may act for one alone is told the same of any other, there or not.
 *
 * @param reference absent means the caller's own, null none
 */
export async function tallerOfBody(
  manager: EntityManager,
  caller: Caller,
  reference: string | null | undefined,
): Promise<{ id: string | null; country: string }> {
  const wanted = reference === undefined ? caller.tallerId : reference;
  const taller = wanted === null ? null : await tallerByReference(manager, wanted);
  if (wanted !== null && taller === null && caller.tallerId === null) {
    throw badField('taller_id', 'names nothing known');
  }
  return {
    id: tallerOfNew(caller, taller?.id ?? null),
    country: taller?.country ?? defaultCountry,
  };
}
