import type { DataSource, EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';

/** One browser on one device. */
export interface PushSubscriptionRow {
  id: string;
  customer_id: string | null;
  staff_member_id: string | null;
  endpoint: string;
  created_at: Date;
}

/** Whose browser it is. */
export type DeviceOwner = { customerId: string } | { staffMemberId: string };

export interface NewSubscription {
  /** Checked: see `checkEndpoint`. */
  endpoint: string;
  p256dh: string;
  auth: string;
}

const columns = 's.id, s.customer_id, s.staff_member_id, s.endpoint, s.created_at';

/** The workshop of whoever holds subscription `s`. */
const tallerOfOwner = `(
  SELECT taller_id FROM customer WHERE id = s.customer_id
  UNION ALL SELECT taller_id FROM staff_member WHERE id = s.staff_member_id)`;

/** The browsers that take notices. A key that is bound to a workshop sees that of its people. */
export class PushSubscriptionsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** A customer's live subscriptions, oldest first. */
  ofCustomer(customerId: string): Promise<PushSubscriptionRow[]> {
    return this.dataSource.query<PushSubscriptionRow[]>(
      `SELECT ${columns} FROM push_subscription s
       WHERE s.customer_id = $1 AND s.ended_at IS NULL ORDER BY s.created_at, s.id`,
      [customerId],
    );
  }

  /**
   * Keeps a subscription. One whose endpoint is known is renewed, alive again if it had ended, and
   * goes over to its new owner: a browser has one person at a time. Null when it belongs to
   * somebody whom the caller cannot see.
   */
  async keep(
    manager: EntityManager,
    scope: string | null,
    owner: DeviceOwner,
    { endpoint, p256dh, auth }: NewSubscription,
  ): Promise<PushSubscriptionRow | null> {
    const [row] = await manager.query<PushSubscriptionRow[]>(
      `INSERT INTO push_subscription AS s
         (id, customer_id, staff_member_id, endpoint, p256dh, auth)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (endpoint) DO UPDATE SET customer_id = excluded.customer_id,
         staff_member_id = excluded.staff_member_id, p256dh = excluded.p256dh,
         auth = excluded.auth, ended_at = NULL, ended_because = NULL
       WHERE $7::uuid IS NULL OR $7 = ${tallerOfOwner}
       RETURNING ${columns}`,
      [
        uuidv7(),
        'customerId' in owner ? owner.customerId : null,
        'staffMemberId' in owner ? owner.staffMemberId : null,
        endpoint,
        p256dh,
        auth,
        scope,
      ],
    );
    return row ?? null;
  }

  /** Ends a live subscription by its endpoint; false when the caller sees none. */
  async end(scope: string | null, endpoint: string): Promise<boolean> {
    const [, ended] = await this.dataSource.query<[unknown, number]>(
      `UPDATE push_subscription s SET ended_at = clock_timestamp(), ended_because = 'unsubscribed'
       WHERE s.endpoint = $1 AND s.ended_at IS NULL
         AND ($2::uuid IS NULL OR $2 = ${tallerOfOwner})`,
      [endpoint, scope],
    );
    return ended > 0;
  }
}

/** Whether there is such a member of staff in sight of a caller, kept until the transaction ends. */
export async function isStaffMemberOf(
  manager: EntityManager,
  scope: string | null,
  id: string,
): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `SELECT FROM staff_member WHERE id = $1 AND ($2::uuid IS NULL OR taller_id = $2)
     FOR KEY SHARE`,
    [id, scope],
  );
  return rows.length > 0;
}
