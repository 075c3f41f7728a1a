import type { EntityManager } from 'typeorm';
import { forgetAddresses } from './forget-addresses.js';

/**
 * Lets the log forget a person in up to `limit` of the events about him, and stops what of them is
 * on its way. Times, states, channels and codes stay: they count, and name nobody. Run it in a
 * transaction, and again until it finds none.
 *
 * @returns events that were scrubbed, and notifications that were still on their way
 */
export async function scrubEvents(
  manager: EntityManager,
  customerId: string,
  pseudonym: string,
  limit: number,
): Promise<{ events: number; canceled: number }> {
  const events = idsOf(
    await manager.query(
      'SELECT id FROM event WHERE customer_id = $1 ORDER BY created_at LIMIT $2 FOR UPDATE',
      [customerId, limit],
    ),
  );
  if (events.length === 0) return { events: 0, canceled: 0 };
  // The notifications first, as whoever moves one on does.
  const notifications = idsOf(
    await manager.query(
      'SELECT id FROM notification WHERE event_id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
      [events],
    ),
  );
  const canceled = idsOf(await manager.query(cancel, [notifications]));
  const addresses = await manager.query<KnownAddress[]>(addressesOf, [notifications]);
  await forgetAddresses(
    manager,
    customerId,
    addresses.map(({ channel, address }) => [channel, address]),
  );
  await manager.query(openTimeline);
  for (const scrub of [forgetReceipts, scrubMessages, scrubTimeline, closeDeadLetters]) {
    await manager.query(scrub, [notifications]);
  }
  await manager.query(scrubNotifications, [notifications, pseudonym]);
  await manager.query(scrubEventRows, [events, pseudonym]);
  return { events: events.length, canceled: canceled.length };
}

function idsOf(rows: { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}

interface KnownAddress {
  channel: 'email' | 'whatsapp';
  address: string;
}

const cancel = `
  WITH canceled AS (
    UPDATE notification SET state = 'canceled', state_reason = 'erased',
      ended_at = clock_timestamp()
    WHERE id = ANY($1::uuid[]) AND state = 'in_progress'
    RETURNING id
  ), told AS (
    INSERT INTO timeline (notification_id, kind, data)
    SELECT id, 'ended', '{"state": "canceled", "reason": "erased"}' FROM canceled
  )
  SELECT id FROM canceled
`;

const addressesOf = `
  SELECT DISTINCT m.channel, coalesce(m.address->>'email', m.address->>'phone') AS address
  FROM message m JOIN notification n ON n.id = m.notification_id
  WHERE n.id = ANY($1::uuid[]) AND n.recipient_kind = 'customer'
    AND m.channel IN ('email', 'whatsapp')
`;

/** The timeline is only ever added to, save by this transaction. */
const openTimeline = `SELECT set_config('ambacar.rewrite_log', 'on', true)`;

/** What a provider says of a message later may quote the address. */
const forgetReceipts = `
  DELETE FROM receipt WHERE subject IN (
    SELECT unnest(ARRAY['message:' || id, channel || ':' || provider_message_id])
    FROM message WHERE notification_id = ANY($1::uuid[]))
`;

/**
 * A new fence: whoever is calling a provider now can record nothing any more, neither its words
 * nor a mark on the address. Addresses of staff are theirs, and stay.
 */
const scrubMessages = `
  UPDATE message m SET
    state = CASE WHEN m.state IN ('queued', 'sending') THEN 'canceled' ELSE m.state END,
    fence = m.fence + 1,
    lease_until = NULL,
    provider_message_id = NULL,
    address = CASE WHEN n.recipient_kind <> 'customer' THEN m.address ELSE (
      SELECT jsonb_object_agg(key, CASE key WHEN 'channel' THEN value ELSE '""' END)
      FROM jsonb_each(m.address)) END
  FROM notification n
  WHERE n.id = m.notification_id AND n.id = ANY($1::uuid[])
`;

/** What is kept by name is ours: a provider's words may quote an address. */
const scrubTimeline = `
  UPDATE timeline SET data = (
    SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(data)
    WHERE key IN ('outcome', 'code', 'duration_ms', 'next', 'retry_in_ms', 'because', 'from', 'to',
      'state', 'reason', 'until', 'receipt'))
  WHERE notification_id = ANY($1::uuid[])
`;

/** There is nothing left that could be sent again. */
const closeDeadLetters = `
  UPDATE dead_letter SET detail = NULL, refusal = coalesce(refusal, 'erased'),
    resolved_at = coalesce(resolved_at, clock_timestamp())
  WHERE id = ANY($1::uuid[])
`;

/** Staff were told of him: who they are stays, what they were told goes. */
const scrubNotifications = `
  UPDATE notification SET variables = '{}',
    recipient_id = CASE recipient_kind WHEN 'customer' THEN $2 ELSE recipient_id END,
    recipient_name = CASE recipient_kind WHEN 'customer' THEN 'Datos borrados'
      ELSE recipient_name END,
    ladder = CASE WHEN recipient_kind <> 'customer' THEN ladder ELSE (
      SELECT coalesce(jsonb_agg(rung || '{"addresses": []}' ORDER BY n), '[]')
      FROM jsonb_array_elements(ladder) WITH ORDINALITY AS step(rung, n)) END
  WHERE id = ANY($1::uuid[])
`;

/** Keys and request ids are the callers' words, and may well hold a name or a plate. */
const scrubEventRows = `
  UPDATE event SET customer_id = $2, vehicle_id = NULL, context = '{}', business_key = NULL,
    request_id = NULL
  WHERE id = ANY($1::uuid[])
`;
