import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { forgetUnreadable } from '../dead-letters/dead-webhooks.js';
import { holdRecords, keepErased } from './erased-records.js';
import { forgetAddresses } from './forget-addresses.js';
import { forgetSyncRecords } from './forget-sync-records.js';
import type { IdHashes } from './id-hashes.js';

/** An erasure, by the id that stands in the person's place from then on. */
export interface BegunErasure {
  id: string;
  tallerId: string | null;
}

/**
 * Takes a customer away with all that belongs to him, and writes down that the log is to forget
 * him, and that what the core system said of him before is to be ignored. Run it in a transaction;
 * what is left to do is {@link Erasures.finish}'s. One whose row was deleted before is erased from
 * what was kept; asked again while an erasure is under way, this gives back the same.
 *
 * @param scope the only workshop that the caller may act for; null: all
 * @returns null when the caller can see nothing of such a customer
 */
export async function beginErasure(
  manager: EntityManager,
  hashes: IdHashes,
  scope: string | null,
  customerId: string,
): Promise<BegunErasure | null> {
  await holdRecords(manager);
  const [customer] = await manager.query<CustomerFacts[]>(
    'SELECT taller_id, email, phone FROM customer WHERE id = $1 FOR UPDATE',
    [customerId],
  );
  const isSeen = customer
    ? scope === null || customer.taller_id === scope
    : await isNamed(manager, scope, customerId);
  if (!isSeen) return null;
  // Before the row goes, which says which vehicles are his.
  await keepErased(manager, hashes, await forgetSyncRecords(manager, customerId));
  await forgetAddresses(manager, customerId, [
    ['email', customer?.email ?? null],
    ['whatsapp', customer?.phone ?? null],
  ]);
  await manager.query('DELETE FROM customer WHERE id = $1', [customerId]);
  await manager.query(insert, [
    randomUUID(),
    customer?.taller_id ?? scope,
    customerId,
    hashes.of({ kind: 'customer', id: customerId }),
  ]);
  await forgetUnreadable(manager);
  const [erasure] = await manager.query<BegunErasure[]>(
    'SELECT id, taller_id AS "tallerId" FROM erasure WHERE customer_id = $1',
    [customerId],
  );
  if (!erasure) throw new Error('an erasure was begun and is gone again');
  return erasure;
}

interface CustomerFacts {
  taller_id: string | null;
  email: string | null;
  phone: string | null;
}

/** Whether something is kept of a customer who has no row. */
async function isNamed(
  manager: EntityManager,
  scope: string | null,
  customerId: string,
): Promise<boolean> {
  const [row] = await manager.query<{ named: boolean }[]>(
    `SELECT EXISTS (SELECT FROM event WHERE customer_id = $1 AND ($2::uuid IS NULL OR taller_id = $2))
       OR $2::uuid IS NULL AND (
         EXISTS (SELECT FROM erasure WHERE customer_id = $1)
         OR EXISTS (SELECT FROM source_record WHERE kind = 'customer' AND id = $1)) AS named`,
    [customerId, scope],
  );
  return row?.named ?? false;
}

const insert = `
  INSERT INTO erasure (id, taller_id, customer_id, customer_hash) VALUES ($1, $2, $3, $4)
  ON CONFLICT (customer_id) WHERE customer_id IS NOT NULL DO NOTHING
`;
