import type { EntityManager } from 'typeorm';
import type { NamedThing } from './id-hashes.js';

/**
 * Forgets what the core system said of a customer: the newest word on him and his vehicles, and
 * what of him waits to be applied. A task that is being applied loses its claim, and is done again
 * without him.
 *
 * @returns him and each of his vehicles, with the newest version that was said; -1 where none was
 */
export async function forgetSyncRecords(
  manager: EntityManager,
  customerId: string,
): Promise<(NamedThing & { version: string })[]> {
  const name = JSON.stringify(customerId);
  const told = await manager.query<(NamedThing & { version: string })[]>(toldOf, [
    name,
    customerId,
  ]);
  await manager.query(trimTasks, [name, customerId]);
  await manager.query(forgetRecords, [customerId]);
  return told;
}

const toldOf = `
  SELECT kind, id, max(version)::text AS version FROM (
    SELECT 'customer' AS kind, $2 AS id, -1::bigint AS version
    UNION ALL
    SELECT 'vehicle', id, -1 FROM vehicle WHERE customer_id = $2
    UNION ALL
    SELECT kind, id, source_version FROM source_record
    WHERE kind = 'customer' AND id = $2 OR kind = 'vehicle' AND (waiting->>'customer_id' = $2
      OR id IN (SELECT v.id FROM vehicle v WHERE v.customer_id = $2))
    UNION ALL
    SELECT CASE t.kind WHEN 'customers' THEN 'customer' ELSE 'vehicle' END, record->>'id',
      (record->>'version')::bigint
    FROM sync_task t, jsonb_array_elements(t.payload) AS record
    WHERE t.payload IS NOT NULL AND strpos(t.payload::text, $1) > 0
      AND CASE t.kind WHEN 'customers' THEN record->>'id'
        ELSE record->'body'->>'customer_id' END = $2
  ) told
  GROUP BY kind, id
`;

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
