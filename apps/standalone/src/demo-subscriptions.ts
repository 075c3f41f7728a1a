import type { DataSource } from 'typeorm';
import type { DemoSubscription } from '#infrastructure/persistence/seed/write-demo-devices.js';
import { demoDeviceOwners } from '#migrations/seed/demo/demo-customers.js';

/**
 * Asks the sandbox for a browser for each demo customer who has one, as a browser asks its
 * vendor's push service. None where the database has live ones at this sandbox already.
 */
export async function demoSubscriptions(
  dataSource: DataSource,
  sandboxUrl: string,
  vapidPublicKey: string,
): Promise<DemoSubscription[]> {
  const [{ exists }] = await dataSource.query(
    `SELECT EXISTS (
       SELECT FROM push_subscription WHERE ended_at IS NULL AND starts_with(endpoint, $1)
     ) AS exists`,
    [`${sandboxUrl}/`],
  );
  if (exists) return [];
  return Promise.all(
    demoDeviceOwners.map(async (customerId) => {
      const answer = await fetch(`${sandboxUrl}/sandbox/push/subscriptions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ vapidPublicKey }),
      });
      const { endpoint, keys } = (await answer.json()) as Made;
      return { customerId, endpoint, p256dh: keys.p256dh, auth: keys.auth };
    }),
  );
}

interface Made {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}
