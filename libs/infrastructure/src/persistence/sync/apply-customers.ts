import type { EntityManager } from 'typeorm';
import { type Channel, channels } from '#domain/catalog/channels.js';
import type { CoreCustomer } from '#domain/sync/core-record.js';
import { placeVehiclesOf, unplaceVehiclesOf } from './apply-vehicles.js';
import { noteStatements, stateOf } from './source-records.js';

/**
 * Applies records of customers; run it in a transaction. A customer is what the newest record
 * says, whatever the order of arrival; a row that people edited, or deleted, through the public
 * API is overwritten by the next newer record and by no other. What he prefers on a channel is
 * what the newest record that speaks of this channel says, on the same terms. His consent is his
 * own: no record gives it back.
 *
 * @returns how many customers changed, and the tasks that waited for one of them
 */
export async function applyCustomers(
  manager: EntityManager,
  customers: readonly CoreCustomer[],
): Promise<{ changed: number; wakened: string[] }> {
  const statements = [
    ...customers.map((customer) => stateOf('customer', customer, customer.body)),
    ...customers.flatMap(preferencesOf),
  ];
  const news = await noteStatements<object>(manager, statements);
  const bodies = news.flatMap(({ kind, id, body }) =>
    kind === 'customer' && body !== null ? [{ ...body, id }] : [],
  );
  const gone = news.filter(({ kind, body }) => kind === 'customer' && body === null);
  await removeCustomers(
    manager,
    gone.map(({ id }) => id),
  );
  if (bodies.length > 0) {
    await manager.query(upsert, [JSON.stringify(bodies)]);
    await manager.query(restoreConsents, [bodies.map(({ id }) => id), preferenceKinds]);
  }
  await writePreferences(manager, news);
  const brought = bodies.map(({ id }) => id);
  await placeVehiclesOf(manager, brought);
  return {
    changed: new Set(news.map(({ id }) => id)).size,
    wakened: await wakeWaitingFor(manager, brought),
  };
}

const preferenceKind = 'preference:';
const preferenceKinds = channels.map((channel) => preferenceKind + channel);

/** Whoever is gone prefers nothing any more. */
function preferencesOf(customer: CoreCustomer) {
  const { body, preferences } = customer;
  return channels.flatMap((channel) => {
    const said = body === null ? null : preferences[channel];
    return said === undefined ? [] : [stateOf(preferenceKind + channel, customer, said)];
  });
}

const upsert = `
  INSERT INTO customer AS known (id, name, email, phone, taller_id)
  SELECT id, name, email, phone, taller_id FROM json_to_recordset($1::json) AS said(
    id text, name text, email text, phone text, taller_id uuid)
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email,
    phone = excluded.phone, taller_id = excluded.taller_id, updated_at = now()
  WHERE (known.name, known.email, known.phone, known.taller_id) IS DISTINCT FROM
    (excluded.name, excluded.email, excluded.phone, excluded.taller_id)
`;

async function removeCustomers(manager: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await unplaceVehiclesOf(manager, ids);
  await manager.query(keepConsents, [ids]);
  await manager.query('DELETE FROM customer WHERE id = ANY($1::text[])', [ids]);
}

/** A withdrawn consent outlives the customer's row, should the core system bring him back. */
const keepConsents = `
  UPDATE source_record s SET consent_withdrawn_at = p.consent_withdrawn_at
  FROM customer_preference p
  WHERE p.customer_id = ANY($1::text[]) AND p.consent_withdrawn_at IS NOT NULL
    AND s.kind = '${preferenceKind}' || p.channel AND s.id = p.customer_id
`;

const restoreConsents = `
  WITH kept AS (
    SELECT kind, id, consent_withdrawn_at FROM source_record
    WHERE kind = ANY($2::text[]) AND id = ANY($1::text[]) AND consent_withdrawn_at IS NOT NULL
  ), restored AS (
    INSERT INTO customer_preference (customer_id, channel, consent_withdrawn_at)
    SELECT id, split_part(kind, ':', 2), consent_withdrawn_at FROM kept
    ON CONFLICT DO NOTHING
  )
  UPDATE source_record s SET consent_withdrawn_at = NULL
  FROM kept WHERE s.kind = kept.kind AND s.id = kept.id
`;

async function writePreferences(
  manager: EntityManager,
  news: readonly { kind: string; id: string; body: object | null }[],
): Promise<void> {
  const said = news
    .filter(({ kind }) => kind.startsWith(preferenceKind))
    .map(({ kind, id, body }) => ({
      ...body,
      customer_id: id,
      channel: kind.slice(preferenceKind.length) as Channel,
      said: body !== null,
    }));
  if (said.length === 0) return;
  await manager.query(upsertPreferences, [JSON.stringify(said.filter((one) => one.said))]);
  await manager.query(endPreferences, [JSON.stringify(said.filter((one) => !one.said))]);
}

const upsertPreferences = `
  INSERT INTO customer_preference (customer_id, channel, enabled, priority)
  SELECT c.id, said.channel, said.enabled, said.priority
  FROM json_to_recordset($1::json) AS said(
    customer_id text, channel text, enabled boolean, priority smallint)
  JOIN customer c ON c.id = said.customer_id
  ON CONFLICT (customer_id, channel) DO UPDATE
    SET enabled = excluded.enabled, priority = excluded.priority
`;

const endPreferences = `
  WITH ended AS (
    SELECT customer_id, channel
    FROM json_to_recordset($1::json) AS said(customer_id text, channel text)
  ), kept AS (
    UPDATE customer_preference p SET enabled = true, priority = NULL FROM ended
    WHERE p.customer_id = ended.customer_id AND p.channel = ended.channel
      AND p.consent_withdrawn_at IS NOT NULL
  )
  DELETE FROM customer_preference p USING ended
  WHERE p.customer_id = ended.customer_id AND p.channel = ended.channel
    AND p.consent_withdrawn_at IS NULL
`;

/**
 * Tasks of which all customers are here now are due at once. Others wait on: their vehicles were
 * applied with the customers that came, and another look would use up an attempt.
 */
async function wakeWaitingFor(
  manager: EntityManager,
  customerIds: readonly string[],
): Promise<string[]> {
  if (customerIds.length === 0) return [];
  const [wakened] = await manager.query<[{ id: string | null }[], number]>(wake, [customerIds]);
  return wakened.flatMap(({ id }) => id ?? []);
}

const wake = `
  UPDATE sync_task t SET waiting_for = array(
      SELECT unnest(t.waiting_for) EXCEPT SELECT unnest($1::text[])),
    due_at = CASE WHEN t.waiting_for <@ $1::text[] THEN clock_timestamp() ELSE t.due_at END,
    enqueued_at = CASE WHEN t.waiting_for <@ $1::text[] THEN clock_timestamp()
      ELSE t.enqueued_at END
  WHERE state = 'queued' AND waiting_for && $1::text[]
  RETURNING CASE WHEN cardinality(waiting_for) = 0 THEN id END AS id
`;
