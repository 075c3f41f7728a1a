import type { Channel } from '#domain/catalog/channels.js';
import type { Customer, Vehicle } from '#domain/customers/customer.js';
import type { Address, ChannelPreference, Recipient } from '#domain/customers/recipient.js';
import type { Receipt } from '#domain/dispatch/receipt.js';
import { preparedForCount } from './run-prepared.js';

/** What one dispatch wants to know. */
export interface FactsNeed {
  customerId: string;
  vehicleId: string | null;
  claim: { caller: string; operation: string; key: string } | null;
}

/** One row of {@link readFacts}. */
export interface FactsRow extends PersonRow {
  configuration_version: string;
  now: Date;
  customer_id: string | null;
  taller_id: string | null;
  vehicle_id: string | null;
  plate: string | null;
  make: string | null;
  model: string | null;
  year: number | null;
  body_hash: Uint8Array | null;
  response: Receipt | null;
}

/** The columns that customers and members of staff have in common. */
export interface PersonRow {
  name: string;
  email: string | null;
  phone: string | null;
  preferences: Partial<Record<Channel, ChannelPreference>> | null;
  subscriptions: Omit<Extract<Address, { channel: 'push' }>, 'channel'>[] | null;
  suppressed: Channel[] | null;
}

/** Parameters of {@link readFacts} for several needs. */
export function factsParameters(needs: readonly FactsNeed[]): unknown[] {
  return [
    needs.map(({ customerId }) => customerId),
    needs.map(({ vehicleId }) => vehicleId),
    needs.map(({ claim }) => claim?.caller ?? null),
    needs.map(({ claim }) => claim?.operation ?? null),
    needs.map(({ claim }) => claim?.key ?? null),
  ];
}

/** SQL columns of a person: preferences, live subscriptions, suppressed channels. */
const personColumns = (person: string, preferences: string, owner: string) => `
  ${person}.name, ${person}.email, ${person}.phone,
  (SELECT json_object_agg(p.channel, json_build_object('enabled', p.enabled,
      'priority', p.priority, 'consentWithdrawn', p.consent_withdrawn_at IS NOT NULL))
   FROM ${preferences} p WHERE p.${owner} = ${person}.id) AS preferences,
  (SELECT json_agg(json_build_object('subscriptionId', s.id, 'endpoint', s.endpoint,
      'p256dh', s.p256dh, 'auth', s.auth) ORDER BY s.created_at)
   FROM push_subscription s WHERE s.${owner} = ${person}.id AND s.ended_at IS NULL)
   AS subscriptions,
  (SELECT json_agg(a.channel) FROM suppressed_address a WHERE a.until > clock_timestamp()
      AND ((a.channel = 'email' AND a.address = ${person}.email)
        OR (a.channel = 'whatsapp' AND a.address = ${person}.phone))) AS suppressed`;

/** Everything that dispatches read, for many at once, in the order of the needs. */
export const readFacts = preparedForCount(
  'read_dispatch_facts',
  (given) => `
  SELECT (SELECT version FROM configuration_version) AS configuration_version,
    clock_timestamp() AS now,
    c.id AS customer_id, c.taller_id,
    ${personColumns('c', 'customer_preference', 'customer_id')},
    v.id AS vehicle_id, v.plate, v.make, v.model, v.year,
    k.body_hash, k.response
  FROM unnest(${['$1', '$2', '$3', '$4', '$5'].map((place) => given(`${place}::text[]`)).join(', ')})
    WITH ORDINALITY AS need(customer_id, vehicle_id, caller, operation, key, n)
  LEFT JOIN customer c ON c.id = need.customer_id
  LEFT JOIN vehicle v ON v.id = need.vehicle_id AND v.customer_id = c.id
  LEFT JOIN idempotency_key k
    ON k.caller = need.caller AND k.operation = need.operation AND k.key = need.key
  ORDER BY need.n
`,
);

/** Who of a workshop's staff follows a phase; without a workshop, nobody. */
export const readStaff = `
  SELECT m.id, ${personColumns('m', 'staff_preference', 'staff_member_id')}
  FROM staff_member m
  JOIN staff_phase f ON f.staff_member_id = m.id AND f.phase_id = $2
  WHERE m.taller_id = $1 AND m.is_active
  ORDER BY m.created_at, m.id
`;

export function toCustomer(row: FactsRow): Customer | null {
  if (row.customer_id === null) return null;
  return { recipient: toRecipient('customer', row.customer_id, row), tallerId: row.taller_id };
}

export function toVehicle(row: FactsRow): Vehicle | null {
  if (row.vehicle_id === null) return null;
  const description = [row.make, row.model, row.year].filter((part) => part).join(' ');
  return { id: row.vehicle_id, plate: row.plate ?? '', description };
}

export function toRecipient(kind: Recipient['kind'], id: string, row: PersonRow): Recipient {
  const addresses: Address[] = [];
  if (row.email) addresses.push({ channel: 'email', email: row.email });
  if (row.phone) addresses.push({ channel: 'whatsapp', phone: row.phone });
  for (const subscription of row.subscriptions ?? []) {
    addresses.push({ channel: 'push', ...subscription });
  }
  return {
    kind,
    id,
    name: row.name,
    addresses,
    preferences: row.preferences ?? {},
    suppressed: row.suppressed ?? [],
  };
}
