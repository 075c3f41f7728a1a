import type { EntityManager } from 'typeorm';
import { type Channel, channels } from '#domain/catalog/channels.js';
import { stopChannel } from './stop-channel.js';

/** What a customer said about one channel. */
export interface Preference {
  enabled: boolean;
  /** 1 is tried first. Null: the matrix's order. */
  priority: number | null;
  consentWithdrawnAt: Date | null;
}

/** What becomes different about one channel; what is left out stays. */
export interface PreferenceChange {
  enabled?: boolean;
  priority?: number | null;
  consent?: boolean;
}

export type Preferences = Record<Channel, Preference>;

/** A customer's preferences; a channel that nothing was said about is open. */
export async function readPreferences(
  database: Pick<EntityManager, 'query'>,
  customerId: string,
): Promise<Preferences> {
  const rows = await database.query<(Preference & { channel: string })[]>(
    `SELECT channel, enabled, priority, consent_withdrawn_at AS "consentWithdrawnAt"
     FROM customer_preference WHERE customer_id = $1`,
    [customerId],
  );
  const preferences: Preferences = { email: { ...open }, whatsapp: { ...open }, push: { ...open } };
  for (const channel of channels) {
    const { channel: _, ...said } = rows.find((row) => row.channel === channel) ?? { channel };
    Object.assign(preferences[channel], said);
  }
  return preferences;
}

const open: Preference = { enabled: true, priority: null, consentWithdrawnAt: null };

/**
 * Writes what a customer says about some channels. With a consent, what waits to leave on the
 * channel is stopped. Run it in a transaction, with the customer's row locked.
 */
export async function changePreferences(
  manager: EntityManager,
  customerId: string,
  changes: Partial<Record<Channel, PreferenceChange>>,
): Promise<void> {
  const before = await readPreferences(manager, customerId);
  for (const channel of channels) {
    const change = changes[channel];
    if (!change) continue;
    const { enabled = before[channel].enabled, priority = before[channel].priority } = change;
    await manager.query(upsert, [customerId, channel, enabled, priority, change.consent ?? null]);
    if (change.consent === false) await stopChannel(manager, customerId, channel);
  }
}

const upsert = upsertPreference('customer_preference', 'customer_id');

/**
 * Writes what a person ($1) wants of a channel ($2): enabled ($3), priority ($4), and consent ($5,
 * null: as it was). A withdrawn consent keeps the time of its first withdrawal until it is given
 * back.
 */
export function upsertPreference(table: string, owner: string): string {
  return `
    INSERT INTO ${table} AS p (${owner}, channel, enabled, priority, consent_withdrawn_at)
    VALUES ($1, $2, $3, $4, CASE WHEN $5::boolean = false THEN clock_timestamp() END)
    ON CONFLICT (${owner}, channel) DO UPDATE SET
      enabled = excluded.enabled,
      priority = excluded.priority,
      consent_withdrawn_at = CASE
        WHEN $5::boolean IS NULL THEN p.consent_withdrawn_at
        WHEN $5::boolean THEN NULL
        ELSE coalesce(p.consent_withdrawn_at, excluded.consent_withdrawn_at)
      END
  `;
}
