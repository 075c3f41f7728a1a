import type { Queries } from './checker/read-evidence.js';
import { refused, type World } from './world.js';

/**
 * Who is dispatched to. `email`, `whatsapp` and `push` are reached by that channel alone;
 * `climb-…` refuse it for good and are reached by another; `hopeless` by none.
 */
export const personKinds = [
  'email',
  'whatsapp',
  'push',
  'climb-email',
  'climb-whatsapp',
  'climb-push',
  'hopeless',
] as const;

export type PersonKind = (typeof personKinds)[number];

interface Reach {
  email?: 'takes' | 'refuses';
  whatsapp?: 'takes' | 'refuses';
  push?: 'takes' | 'refuses';
}

const reaches: Readonly<Record<PersonKind, Reach>> = {
  email: { email: 'takes' },
  whatsapp: { whatsapp: 'takes' },
  push: { push: 'takes' },
  'climb-email': { email: 'refuses', push: 'takes' },
  'climb-whatsapp': { whatsapp: 'refuses', email: 'takes' },
  'climb-push': { push: 'refuses', email: 'takes' },
  hopeless: { email: 'refuses' },
};

let made = 0;

/** Makes somebody with addresses that nobody else has; gives back the id. */
export async function addPerson(
  database: Queries,
  world: World,
  kind: PersonKind,
): Promise<string> {
  made += 1;
  const number = String(made).padStart(7, '0');
  const id = `fault-${kind}-${number}`;
  const { email, whatsapp, push } = reaches[kind];
  await database.query('INSERT INTO customer (id, name, email, phone) VALUES ($1, $2, $3, $4)', [
    id,
    `Zoraida Quishpe ${number}`,
    email ? `${email === 'refuses' ? refused.email : 'zoraida'}-${number}@example.com` : null,
    whatsapp ? `${whatsapp === 'refuses' ? refused.whatsapp : '+59398'}${number}` : null,
  ]);
  if (push) {
    const { endpoint, keys } = await world.subscribe();
    await database.query(
      `INSERT INTO push_subscription (id, customer_id, endpoint, p256dh, auth)
       VALUES (gen_random_uuid(), $1, $2, $3, $4)`,
      [id, endpoint, keys.p256dh, keys.auth],
    );
    if (push === 'refuses') await world.unsubscribe(endpoint);
  }
  // The channel that refuses comes first.
  const order = Object.entries(reaches[kind]).sort(([, a], [, b]) => a.localeCompare(b));
  for (const [place, [channel]] of order.entries()) {
    await database.query(
      `INSERT INTO customer_preference (customer_id, channel, priority, enabled)
       VALUES ($1, $2, $3, true)`,
      [id, channel, place + 1],
    );
  }
  return id;
}
