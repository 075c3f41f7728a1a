import type { DataSource } from 'typeorm';

/** Rows looked at by one statement. */
const batchSize = 5000;

interface Place {
  caller: string;
  operation: string;
  key: string;
}

/**
 * Forgets the answers that are kept for callers who ask again, where they name a person: of events
 * about him, and of what was made for him. The table has no index that leads there; it holds the
 * last 7 days alone and is read once in the order of its key.
 */
export async function forgetAnswers(
  dataSource: DataSource,
  customerId: string,
  pseudonym: string,
): Promise<void> {
  const name = JSON.stringify(customerId);
  let last: Place | undefined = { caller: '', operation: '', key: '' };
  while (last) {
    const place: Place = last;
    const parameters = [place.caller, place.operation, place.key, name, pseudonym];
    [last] = await dataSource.query<Place[]>(forgetPage, parameters);
  }
}

/** A whole JSON text names him, in an answer or among a path's parameters. */
const forgetPage = `
  WITH page AS MATERIALIZED (
    SELECT ctid, caller, operation, key, event_id, response FROM idempotency_key
    WHERE (caller, operation, key) > ($1, $2, $3)
    ORDER BY caller, operation, key LIMIT ${batchSize}
  ), gone AS (
    DELETE FROM idempotency_key WHERE ctid = ANY(ARRAY(
      SELECT p.ctid FROM page p
      WHERE strpos(p.response::text, $4) > 0 OR strpos(p.operation, $4) > 0
        OR EXISTS (SELECT FROM event e WHERE e.id = p.event_id AND e.customer_id = $5)))
  )
  SELECT caller, operation, key FROM page ORDER BY caller DESC, operation DESC, key DESC LIMIT 1
`;
