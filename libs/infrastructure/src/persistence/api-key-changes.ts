import type { FindOptionsWhere } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Scope } from '#domain/access/scopes.js';
import { makeApiKey } from './api-key-secret.js';
import type { Change } from './change.js';
import { type ApiKeyRow, apiKeyTable, statusOfApiKey } from './schema/api-key.schema.js';
import type { Table } from './schema/table.js';

export interface NewApiKey {
  /** For people: who holds it. 1–100 characters. */
  name: string;
  scopes: readonly Scope[];
  /** The only workshop that the key may act for; without it, all. */
  tallerId?: string | null;
  expiresAt?: Date | null;
}

/** A row with the key itself, which is told this once: only its hash is kept. */
export interface MadeApiKey {
  row: ApiKeyRow;
  key: string;
}

// Its changes are told in words of their own.
const quietly: Table<ApiKeyRow> = { ...apiKeyTable, audit: undefined };

/** Makes a key. */
export function addApiKey(change: Change, wanted: NewApiKey): Promise<MadeApiKey> {
  const id = uuidv7();
  return insertKey(change, {
    id,
    caller_id: id,
    name: wanted.name,
    scopes: [...wanted.scopes],
    taller_id: wanted.tallerId ?? null,
    expires_at: wanted.expiresAt ?? null,
  });
}

/**
 * Makes a key that takes another's place: same name, scopes and workshop, the same caller. The old
 * one ends after the grace, or when it would have ended anyway. Null when there is no such key.
 *
 * @param wanted.expiresAt of the new key; undefined: as the old one had it
 * @param check throws what keeps the old key from being rotated, such as {@link whyNotRotatable}
 */
export async function rotateApiKey(
  change: Change,
  where: FindOptionsWhere<ApiKeyRow>,
  wanted: { graceMs: number; expiresAt?: Date | null },
  check: (old: ApiKeyRow) => void,
): Promise<MadeApiKey | null> {
  let made: MadeApiKey | undefined;
  let before: Date | null = null;
  const old = await change.update(quietly, where, async (row) => {
    check(row);
    before = row.expires_at;
    made = await insertKey(change, {
      id: uuidv7(),
      caller_id: row.caller_id,
      name: row.name,
      scopes: row.scopes,
      taller_id: row.taller_id,
      expires_at: wanted.expiresAt === undefined ? row.expires_at : wanted.expiresAt,
    });
    const end = new Date(Date.now() + wanted.graceMs);
    row.expires_at = row.expires_at && row.expires_at < end ? row.expires_at : end;
    row.replaced_by = made.row.id;
  });
  if (!old || !made) return null;
  await tell(change, 'rotated', old, {
    replaced_by: [null, old.replaced_by],
    expires_at: [before, old.expires_at],
  });
  return made;
}

/** Why a key cannot be rotated, to stand behind its name; undefined when it can. */
export function whyNotRotatable(row: ApiKeyRow): string | undefined {
  const status = statusOfApiKey(row, new Date());
  if (status !== 'active') return `has ${status === 'expired' ? 'expired' : 'been revoked'}`;
  return row.replaced_by === null ? undefined : `was rotated to ${row.replaced_by} already`;
}

/**
 * Ends a key for good. Processes that know it stop taking it within 5 seconds. One that has ended
 * stays as it is. Null when there is no such key.
 */
export async function endApiKey(
  change: Change,
  where: FindOptionsWhere<ApiKeyRow>,
  check: (row: ApiKeyRow) => void = () => undefined,
): Promise<ApiKeyRow | null> {
  let endedNow = false;
  const row = await change.update(quietly, where, (key) => {
    check(key);
    endedNow = key.revoked_at === null;
    key.revoked_at ??= new Date();
  });
  if (row && endedNow) await tell(change, 'revoked', row, { revoked_at: [null, row.revoked_at] });
  return row;
}

async function insertKey(change: Change, row: Partial<ApiKeyRow>): Promise<MadeApiKey> {
  const { key, prefix, hash } = makeApiKey();
  return { row: await change.insert(apiKeyTable, { ...row, prefix, hash }), key };
}

function tell(
  change: Change,
  action: string,
  row: ApiKeyRow,
  changes: Record<string, [unknown, unknown]>,
): Promise<void> {
  const { id, taller_id } = row;
  return change.note({
    action,
    resource: 'api_key',
    resourceId: id,
    tallerId: taller_id,
    changes,
  });
}
