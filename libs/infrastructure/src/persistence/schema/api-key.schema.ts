import { EntitySchema } from 'typeorm';
import type { Scope } from '#domain/access/scopes.js';
import type { Table } from './table.js';

/** A key of a calling system. It is never deleted: who called when must stay to be seen. */
export interface ApiKeyRow {
  id: string;
  /** Who calls by it: the id of the first key of its line of rotations. */
  caller_id: string;
  name: string;
  /** The key's first characters, by which people tell keys apart. */
  prefix: string;
  /** SHA-256 of the key. Written, never read back. */
  hash?: Uint8Array;
  scopes: Scope[];
  /** The only workshop that it may act for; null: all. */
  taller_id: string | null;
  expires_at: Date | null;
  revoked_at: Date | null;
  /** The key that it was rotated to. */
  replaced_by: string | null;
  /** To the minute. */
  last_used_at: Date | null;
  created_at: Date;
}

const apiKeySchema = new EntitySchema<ApiKeyRow>({
  name: 'api_key',
  columns: {
    id: { type: 'uuid', primary: true },
    caller_id: { type: 'uuid' },
    name: { type: 'text' },
    prefix: { type: 'text' },
    hash: { type: 'bytea', select: false },
    scopes: { type: 'text', array: true },
    taller_id: { type: 'uuid', nullable: true },
    expires_at: { type: 'timestamptz', nullable: true },
    revoked_at: { type: 'timestamptz', nullable: true },
    replaced_by: { type: 'uuid', nullable: true },
    last_used_at: { type: 'timestamptz', nullable: true },
    created_at: { type: 'timestamptz', createDate: true },
  },
});

export const apiKeyTable: Table<ApiKeyRow> = {
  schema: apiKeySchema,
  key: ['id'],
  audit: { resource: 'api_key' },
};

export type ApiKeyStatus = 'active' | 'expired' | 'revoked';

/** What a key is worth at a moment. */
export function statusOfApiKey(
  { revoked_at, expires_at }: Pick<ApiKeyRow, 'revoked_at' | 'expires_at'>,
  now: Date,
): ApiKeyStatus {
  if (revoked_at) return 'revoked';
  return expires_at && expires_at <= now ? 'expired' : 'active';
}
