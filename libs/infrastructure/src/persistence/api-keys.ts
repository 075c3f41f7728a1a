import type { DataSource } from 'typeorm';
import type { Scope } from '#domain/access/scopes.js';
import { addApiKey, endApiKey, type NewApiKey } from './api-key-changes.js';
import type { Author } from './change.js';
import { Changes } from './changes.js';
import type { ApiKeyRow } from './schema/api-key.schema.js';

/** What a key allows. */
export interface ApiKey {
  /** Who calls by it: the id of the first key of its line of rotations. */
  id: string;
  name: string;
  scopes: Scope[];
  tallerId: string | null;
  expiresAt: Date | null;
}

/** Who has the database needs no name of ours. */
export const operator: Author = { id: 'operator', name: 'operator', requestId: null };

/** Makes a key, for who has the database. It is told this once: only its hash is kept. */
export async function createApiKey(
  dataSource: DataSource,
  wanted: NewApiKey,
): Promise<{ id: string; key: string }> {
  const { row, key } = await new Changes(dataSource).run(operator, (change) =>
    addApiKey(change, wanted),
  );
  return { id: row.id, key };
}

/** The key with this hash, if it is neither revoked nor expired; notes its use once a minute. */
export async function findApiKey(dataSource: DataSource, hash: Buffer): Promise<ApiKey | null> {
  const [row] = await dataSource.query<ApiKey[]>(
    `WITH found AS (
       SELECT * FROM api_key
       WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
     ), used AS (
       UPDATE api_key k SET last_used_at = now() FROM found
       WHERE k.id = found.id
         AND (found.last_used_at IS NULL OR found.last_used_at < now() - interval '1 minute')
     )
     SELECT caller_id AS id, name, scopes, taller_id AS "tallerId", expires_at AS "expiresAt"
     FROM found`,
    [hash],
  );
  return row ?? null;
}

/**
 * Ends a key, for who has the database. Processes that know it stop taking it within 5 seconds.
 * Null when there is no such key.
 */
export function revokeApiKey(dataSource: DataSource, id: string): Promise<ApiKeyRow | null> {
  return new Changes(dataSource).run(operator, (change) => endApiKey(change, { id }));
}
