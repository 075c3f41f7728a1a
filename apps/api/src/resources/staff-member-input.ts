import type { PreferencesInput } from '#contracts/http/preferences.dto.js';
import type {
  StaffMemberInput,
  StaffMemberPatch,
  StaffMemberView,
} from '#contracts/http/staff-members.dto.js';
import { findByReference, type Phase } from '#domain/catalog/catalog.js';
import type { FieldErrors } from '#domain/errors.js';
import type { Setup } from '#domain/orchestration/setup.js';
import type { Preference } from '#infrastructure/persistence/preferences.js';
import type { StaffChoicesChange } from '#infrastructure/persistence/staff-choices.js';
import type { StaffMember } from '#infrastructure/persistence/staff-members.repository.js';
import type { Caller } from '../access/access.js';
import { badField, Problem } from '../http/problem.js';

/** A whole member, with its defaults. Without a workshop named it is the caller's, if it has one. */
export function wholeMember(input: StaffMemberInput, { tallerId }: Caller): StaffMemberInput {
  const taller_id = input.taller_id ?? tallerId;
  if (taller_id === null) throw badField('taller_id', 'must name a workshop');
  return {
    email: null,
    phone: null,
    is_active: true,
    phase_ids: [],
    ...input,
    taller_id,
    preferences: wholePreferences(input.preferences),
  };
}

/** What a body says of phases and preferences; a 400 names each phase that there is not. */
export function choicesOf(
  { phase_ids, preferences }: StaffMemberPatch,
  { phases }: Setup,
): StaffChoicesChange {
  return { phaseIds: phase_ids && idsOf(phase_ids, phases), preferences };
}

export function viewOf(member: StaffMember): StaffMemberView {
  const { email, whatsapp, push } = member.preferences;
  return {
    id: member.id,
    name: member.name,
    email: member.email,
    phone: member.phone,
    taller_id: member.taller_id,
    is_active: member.is_active,
    phase_ids: member.phaseIds,
    preferences: {
      email: preferenceView(email),
      whatsapp: preferenceView(whatsapp),
      push: preferenceView(push),
    },
    created_at: member.created_at.toISOString(),
    updated_at: member.updated_at.toISOString(),
  };
}

function preferenceView({ enabled, priority, consentWithdrawnAt }: Preference) {
  return {
    enabled,
    priority,
    consent: consentWithdrawnAt === null,
    consent_withdrawn_at: consentWithdrawnAt?.toISOString() ?? null,
  };
}

/** A consent that was withdrawn is given back by no omission. */
function wholePreferences(given: PreferencesInput = {}): PreferencesInput {
  const open = { enabled: true, priority: null };
  return {
    email: { ...open, ...given.email },
    whatsapp: { ...open, ...given.whatsapp },
    push: { ...open, ...given.push },
  };
}

function idsOf(references: readonly string[], phases: readonly Phase[]): string[] {
  const unknown: FieldErrors = {};
  const ids = references.map((reference, index) => {
    const phase = findByReference(phases, reference);
    if (!phase) unknown[`phase_ids.${index}`] = ['names no phase'];
    return phase?.id ?? '';
  });
  if (Object.keys(unknown).length > 0) throw new Problem('validation_failed', { errors: unknown });
  return [...new Set(ids)];
}
