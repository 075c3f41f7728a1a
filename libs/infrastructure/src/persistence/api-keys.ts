import { createHash, randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';

export const apiKeyScopes = ['dispatch', 'read', 'write', 'admin'] as const;
export type ApiKeyScope = (typeof apiKeyScopes)[number];

export interface NewApiKey {
  /** For people: who holds it. 1–100 characters. */
  name: string;
  scopes: readonly ApiKeyScope[];
  /** The only workshop that the key may act for; without it, all. */
  tallerId?: string | null;
  expiresAt?: Date | null;
}

/** What a key allows. */
export interface ApiKey {
  id: string;
  name: string;
  scopes: ApiKeyScope[];
  tallerId: string | null;
  expiresAt: Date | null;
}

const start = 'amb_live_';
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Digits that 32 bytes need in base 62. */
const length = 43;

/** The form of every key, for a look before the hash is made. */
export const apiKeyForm = /^amb_live_[0-9A-Za-z]{43}$/;

/** Makes a key. It is told this once: only its hash is kept. */
export async function createApiKey(
  dataSource: DataSource,
  wanted: NewApiKey,
): Promise<{ id: string; key: string }> {
  const id = uuidv7();
  const key = start + toBase62(randomBytes(32));
  await dataSource.query(
    `INSERT INTO api_key (id, name, prefix, hash, scopes, taller_id, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      wanted.name,
      key.slice(0, start.length + 4),
      hashApiKey(key),
      wanted.scopes,
      wanted.tallerId ?? null,
      wanted.expiresAt ?? null,
    ],
  );
  return { id, key };
}

/** The key with this hash, if it is neither revoked nor expired; notes its use once a minute. */
export async function findApiKey(dataSource: DataSource, hash: Buffer): Promise<ApiKey | null> {
  const [row] = await dataSource.query<ApiKey[]>(
    `WITH found AS (
       SELECT id, name, scopes, taller_id, expires_at, last_used_at FROM api_key
       WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
     ), used AS (
       UPDATE api_key k SET last_used_at = now() FROM found
       WHERE k.id = found.id
         AND (found.last_used_at IS NULL OR found.last_used_at < now() - interval '1 minute')
     )
     SELECT id, name, scopes, taller_id AS "tallerId", expires_at AS "expiresAt" FROM found`,
    [hash],
  );
  return row ?? null;
}

/** Ends a key. Processes that know it stop taking it within 5 seconds. */
export async function revokeApiKey(dataSource: DataSource, id: string): Promise<void> {
  await dataSource.query(
    'UPDATE api_key SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL',
    [id],
  );
}

export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

function toBase62(bytes: Buffer): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = digits.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}
