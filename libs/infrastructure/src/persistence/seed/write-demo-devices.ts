import { createECDH, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { PushAddress } from '#domain/customers/recipient.js';
import { demoCustomers } from '#migrations/seed/demo/demo-customers.js';
import { demoStaff } from '#migrations/seed/demo/demo-staff.js';

/** A browser's push subscription, as its push service made it. */
export interface DemoSubscription {
  customerId: string;
  endpoint: string;
  /** base64url of 65 bytes (RFC 8291 section 2.1). */
  p256dh: string;
  /** base64url of 16 bytes. */
  auth: string;
}

/** Keeps live subscriptions; those of customers who are gone are left out. */
export async function writeSubscriptions(
  manager: EntityManager,
  subscriptions: readonly DemoSubscription[],
): Promise<void> {
  if (subscriptions.length === 0) return;
  const rows = subscriptions.map((subscription) => ({ ...subscription, id: uuidv7() }));
  await manager.query(
    `INSERT INTO push_subscription (id, customer_id, endpoint, p256dh, auth)
     SELECT s.id, c.id, s.endpoint, s.p256dh, s.auth
     FROM jsonb_to_recordset($1::jsonb)
       AS s (id uuid, "customerId" text, endpoint text, p256dh text, auth text)
     JOIN customer c ON c.id = s."customerId"
     ON CONFLICT (endpoint) DO UPDATE SET p256dh = excluded.p256dh, auth = excluded.auth,
       ended_at = NULL, ended_because = NULL`,
    [JSON.stringify(rows)],
  );
}

/**
 * Gives everybody who has a device one that they no longer use: what the push messages of the
 * past month went to. Ended, so that nothing is ever sent there again.
 *
 * @param origin of the push service that the endpoints name
 * @returns the devices by their owners' ids
 */
export async function writeFormerDevices(
  manager: EntityManager,
  origin: string,
): Promise<Map<string, PushAddress>> {
  const devices = new Map<string, PushAddress>();
  const rows: Record<string, unknown>[] = [];
  for (const [owners, column] of [
    [demoCustomers, 'customer_id'],
    [demoStaff, 'staff_member_id'],
  ] as const) {
    for (const { id } of owners.filter(({ device }) => device)) {
      const address = formerDevice(origin);
      devices.set(id, address);
      rows.push({ [column]: id, ...address });
    }
  }
  await manager.query(
    `INSERT INTO push_subscription
       (id, customer_id, staff_member_id, endpoint, p256dh, auth, created_at, ended_at,
        ended_because)
     SELECT "subscriptionId", customer_id, staff_member_id, endpoint, p256dh, auth,
       now() - interval '60 days', now(), 'replaced'
     FROM jsonb_to_recordset($1::jsonb) AS device ("subscriptionId" uuid, customer_id text,
       staff_member_id uuid, endpoint text, p256dh text, auth text)`,
    [JSON.stringify(rows)],
  );
  return devices;
}

// The private key is thrown away: no browser has these subscriptions.
function formerDevice(origin: string): PushAddress {
  return {
    channel: 'push',
    subscriptionId: uuidv7(),
    endpoint: `${origin}/push/${randomBytes(16).toString('base64url')}`,
    p256dh: createECDH('prime256v1').generateKeys('base64url'),
    auth: randomBytes(16).toString('base64url'),
  };
}
