import type { ApiKeyMade, ApiKeyView } from '#contracts/http/api-keys.dto.js';
import {
  type ApiKeyRow,
  statusOfApiKey,
} from '#infrastructure/persistence/schema/api-key.schema.js';

export function apiKeyView(row: ApiKeyRow): ApiKeyView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    taller_id: row.taller_id,
    status: statusOfApiKey(row, new Date()),
    expires_at: row.expires_at?.toISOString() ?? null,
    revoked_at: row.revoked_at?.toISOString() ?? null,
    replaced_by: row.replaced_by,
    last_used_at: row.last_used_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
  };
}

/** As it may be kept for a repeat of the request: without the key. */
export function madeWithoutKey(row: ApiKeyRow): ApiKeyMade {
  return { ...apiKeyView(row), key: null };
}
