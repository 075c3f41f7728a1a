import type { EntityManager } from 'typeorm';

/**
 * Forgets what providers said of a person's addresses. An address that somebody else has as well,
 * as families share one, keeps its mark: it still must not be written to.
 *
 * @param customerId who is erased; his own row does not count
 */
export async function forgetAddresses(
  manager: EntityManager,
  customerId: string,
  addresses: readonly (readonly [channel: 'email' | 'whatsapp', address: string | null])[],
): Promise<void> {
  const known = addresses.filter(([, address]) => address !== null);
  if (known.length === 0) return;
  await manager.query(
    `DELETE FROM suppressed_address s
     USING unnest($1::text[], $2::text[]) AS gone(channel, address)
     WHERE s.channel = gone.channel AND s.address = gone.address
       AND NOT EXISTS (SELECT FROM customer c WHERE c.id <> $3
         AND (c.email = gone.address OR c.phone = gone.address))
       AND NOT EXISTS (SELECT FROM staff_member m
         WHERE m.email = gone.address OR m.phone = gone.address)`,
    [known.map(([channel]) => channel), known.map(([, address]) => address), customerId],
  );
}
