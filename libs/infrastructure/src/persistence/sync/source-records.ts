import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { newestOf, type Statement } from '#domain/sync/core-record.js';

/** A statement of a record's whole body, to be compared with what was said before. */
export function stateOf<Body extends object>(
  kind: string,
  { id, version }: { id: string; version: string },
  body: Body | null,
): Statement<Body> {
  const digest =
    body === null ? '' : createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return { kind, id, version, body, digest };
}

/**
 * Notes what the core system says, and gives back what of it is news: newer than all that was said
 * of the same thing before, whoever says so at the same moment. The rows of all that is spoken of
 * are locked until the transaction ends, in one order for everybody, and what is read after this
 * is what others left there.
 *
 * @param waits whether what is said is kept with the row until it is applied
 */
export async function noteStatements<Body extends object>(
  manager: EntityManager,
  statements: readonly Statement<Body>[],
  waits = false,
): Promise<Statement<Body>[]> {
  const newest = newestOf(statements);
  const rows = newest.map(({ kind, id, version, digest, body }) => ({
    kind,
    id,
    source_version: version,
    digest,
    deleted: body === null,
    waiting: waits ? body : null,
  }));
  const news = await manager.query<{ name: string }[]>(note, [JSON.stringify(rows)]);
  const names = new Set(news.map(({ name }) => name));
  return newest.filter(({ kind, id }) => names.has(`${kind} ${id}`));
}

const note = `
  INSERT INTO source_record AS known (kind, id, source_version, deleted, digest, waiting)
  SELECT kind, id, source_version, deleted, decode(digest, 'hex'), waiting
  FROM json_to_recordset($1::json) AS said(
    kind text, id text, source_version bigint, deleted boolean, digest text, waiting jsonb)
  ORDER BY kind COLLATE "C", id COLLATE "C"
  ON CONFLICT (kind, id) DO UPDATE SET source_version = excluded.source_version,
    deleted = excluded.deleted, digest = excluded.digest, waiting = excluded.waiting,
    said_at = clock_timestamp()
  WHERE (excluded.source_version, excluded.deleted, excluded.digest)
    > (known.source_version, known.deleted, known.digest)
  RETURNING kind || ' ' || id AS name
`;

/**
 * Keeps customers from coming or going until the transaction ends, those among them of whom
 * nothing was said yet: whoever brings one waits, and then sees the vehicles that wait for him.
 */
export async function holdCustomers(manager: EntityManager, ids: readonly string[]): Promise<void> {
  await manager.query(
    `INSERT INTO source_record (kind, id, source_version)
     SELECT 'customer', id, -1 FROM unnest($1::text[]) AS wanted(id) ORDER BY id COLLATE "C"
     ON CONFLICT DO NOTHING`,
    [ids],
  );
  await manager.query(
    `SELECT FROM source_record WHERE kind = 'customer' AND id = ANY($1::text[])
     ORDER BY id COLLATE "C" FOR SHARE`,
    [ids],
  );
}
