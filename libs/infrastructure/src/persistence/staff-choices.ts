import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import { type Channel, channels } from '#domain/catalog/channels.js';
import {
  type Preference,
  type PreferenceChange,
  type Preferences,
  upsertPreference,
} from './preferences.js';

/** What a member of staff wants to hear of, and where. */
export interface StaffChoices {
  /** In the order of the phases. */
  phaseIds: string[];
  /** A channel that nothing was said about is open. */
  preferences: Preferences;
}

/** What becomes different; what is left out stays. */
export interface StaffChoicesChange {
  phaseIds?: readonly string[];
  preferences?: Partial<Record<Channel, PreferenceChange>>;
}

/** The choices of some members, in their order. */
export async function readChoices(
  manager: EntityManager,
  memberIds: readonly string[],
): Promise<StaffChoices[]> {
  const rows = await manager.query<{ phaseIds: string[]; said: Said[] }[]>(select, [memberIds]);
  return rows.map(({ phaseIds, said }) => ({
    phaseIds,
    preferences: {
      email: preferenceOf(said, 'email'),
      whatsapp: preferenceOf(said, 'whatsapp'),
      push: preferenceOf(said, 'push'),
    },
  }));
}

/** Writes what a member chooses, whose row must be locked; its `updated_at` moves with them. */
export async function changeChoices(
  manager: EntityManager,
  memberId: string,
  { phaseIds, preferences = {} }: StaffChoicesChange,
): Promise<void> {
  const [before] = await readChoices(manager, [memberId]);
  if (phaseIds) await manager.query(follow, [memberId, phaseIds]);
  for (const channel of channels) {
    const change = preferences[channel];
    if (!change) continue;
    const known = before?.preferences[channel];
    const { enabled = known?.enabled, priority = known?.priority, consent = null } = change;
    await manager.query(prefer, [memberId, channel, enabled, priority, consent]);
  }
  const [after] = await readChoices(manager, [memberId]);
  if (isDeepStrictEqual(before, after)) return;
  await manager.query('UPDATE staff_member SET updated_at = clock_timestamp() WHERE id = $1', [
    memberId,
  ]);
}

interface Said extends Omit<Preference, 'consentWithdrawnAt'> {
  channel: string;
  withdrawnAt: string | null;
}

function preferenceOf(said: readonly Said[], channel: Channel): Preference {
  const own = said.find((preference) => preference.channel === channel);
  if (!own) return { enabled: true, priority: null, consentWithdrawnAt: null };
  const { enabled, priority, withdrawnAt } = own;
  return { enabled, priority, consentWithdrawnAt: withdrawnAt ? new Date(withdrawnAt) : null };
}

const select = `
  SELECT
    (SELECT coalesce(json_agg(f.phase_id ORDER BY p."order"), '[]')
     FROM staff_phase f JOIN phase p ON p.id = f.phase_id
     WHERE f.staff_member_id = member.id) AS "phaseIds",
    (SELECT coalesce(json_agg(json_build_object('channel', s.channel, 'enabled', s.enabled,
        'priority', s.priority, 'withdrawnAt', s.consent_withdrawn_at)), '[]')
     FROM staff_preference s WHERE s.staff_member_id = member.id) AS said
  FROM unnest($1::uuid[]) WITH ORDINALITY AS member (id, place) ORDER BY place
`;

const follow = `
  WITH wanted AS (SELECT unnest($2::uuid[]) AS phase_id), dropped AS (
    DELETE FROM staff_phase WHERE staff_member_id = $1
      AND phase_id NOT IN (SELECT phase_id FROM wanted)
  )
  INSERT INTO staff_phase (staff_member_id, phase_id) SELECT $1, phase_id FROM wanted
  ON CONFLICT DO NOTHING
`;

const prefer = upsertPreference('staff_preference', 'staff_member_id');
