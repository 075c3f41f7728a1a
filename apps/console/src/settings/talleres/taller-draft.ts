import type { TallerInput, TallerView } from '#contracts/client/types.gen.js';
import { readOffsets } from './read-offsets.js';

/** A taller as its form holds it: what is typed, readable or not. */
export interface TallerDraft {
  name: string;
  slug: string;
  zone: string;
  country: string;
  hasQuiet: boolean;
  quietFrom: string;
  quietTo: string;
  holidays: string[];
  offsets: string;
  isActive: boolean;
}

/** The draft of a taller that is there, or of a new one with the usual values. */
export function draftOf(taller: TallerView | null): TallerDraft {
  return {
    name: taller?.name ?? '',
    slug: taller?.slug ?? '',
    zone: taller?.time_zone ?? 'America/Guayaquil',
    country: taller?.country ?? 'EC',
    hasQuiet: taller ? taller.quiet_hours_from !== null : true,
    quietFrom: taller?.quiet_hours_from ?? '20:00',
    quietTo: taller?.quiet_hours_to ?? '08:00',
    holidays: taller?.holidays ?? [],
    offsets: (taller?.reminder_offsets_days ?? [-7, 0]).join(', '),
    isActive: taller?.is_active ?? true,
  };
}

export function valuesOf(draft: TallerDraft): TallerInput {
  const offsets = readOffsets(draft.offsets);
  return {
    name: draft.name,
    slug: draft.slug,
    time_zone: draft.zone,
    country: draft.country,
    quiet_hours_from: draft.hasQuiet ? draft.quietFrom : null,
    quiet_hours_to: draft.hasQuiet ? draft.quietTo : null,
    holidays: draft.holidays,
    ...(offsets && { reminder_offsets_days: offsets }),
    is_active: draft.isActive,
  };
}

/** The zones of America, with the one that is set wherever it lies. */
export function knownZones(current: string): string[] {
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.startsWith('America/'));
  return [...new Set([current, ...zones])];
}
