import type { EntityManager } from 'typeorm';
import type { Address } from '#domain/customers/recipient.js';

/**
 * Marks an address that its provider called wrong or gone. A push subscription ends for good
 * (RFC 8030 section 7.3); a mailbox or number is left out for a day, and for good when it happens
 * again: "not on WhatsApp" has false alarms.
 */
export async function suppressAddress(
  manager: EntityManager,
  address: Address,
  reason: string,
): Promise<void> {
  if (address.channel === 'push') {
    await manager.query(
      `UPDATE push_subscription SET ended_at = clock_timestamp(), ended_because = $2
       WHERE id = $1 AND ended_at IS NULL`,
      [address.subscriptionId, reason],
    );
    return;
  }
  const place = address.channel === 'email' ? address.email : address.phone;
  await manager.query(
    `INSERT INTO suppressed_address AS s (channel, address, reason, until)
     VALUES ($1, $2, $3, clock_timestamp() + interval '1 day')
     ON CONFLICT (channel, address) DO UPDATE SET reason = excluded.reason,
       until = CASE WHEN s.until < clock_timestamp() THEN 'infinity' ELSE s.until END`,
    [address.channel, place, reason],
  );
}
