import type { EntityManager } from 'typeorm';

/**
 * Forgets what the core system said of a customer: the newest word on him and his vehicles, and
 * what of him waits to be applied. A task that is being applied loses its claim, and is done again
 * without him.
 */
export async function forgetSyncRecords(manager: EntityManager, customerId: string): Promise<void> {
  const name = JSON.stringify(customerId);
  await manager.query(trimTasks, [name, customerId]);
  await manager.query(forgetRecords, [customerId]);
}

/** A record names him by a whole JSON text: `"id": "customer-001"`. */
const trimTasks = `
  UPDATE sync_task t SET
    payload = (SELECT coalesce(jsonb_agg(record ORDER BY n), '[]')
      FROM jsonb_array_elements(t.payload) WITH ORDINALITY AS entry(record, n)
      WHERE strpos(record::text, $1) = 0),
    waiting_for = array_remove(waiting_for, $2),
    error = NULL,
    fence = fence + 1,
    state = CASE WHEN state = 'running' THEN 'queued' ELSE state END,
    lease_until = NULL,
    enqueued_at = CASE WHEN state = 'running' THEN NULL ELSE enqueued_at END
  WHERE payload IS NOT NULL AND strpos(payload::text, $1) > 0
`;

const forgetRecords = `
  DELETE FROM source_record
  WHERE id = $1 AND (kind = 'customer' OR kind LIKE 'preference:%')
    OR kind = 'vehicle' AND (waiting->>'customer_id' = $1
      OR id IN (SELECT v.id FROM vehicle v WHERE v.customer_id = $1))
`;
