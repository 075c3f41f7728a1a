import type { Channel, Target } from './draft.js';

/** What the list is narrowed to, as it stands in the address bar. */
export interface Filters {
  search?: string;
  channel?: Channel;
  target?: Target;
  service_type_id?: string;
  phase_id?: string;
  taller_id?: string;
  /** The router reads `?is_active=false` as false. */
  is_active?: boolean;
  page?: number;
}

/** Where a new template is to stand, as far as a link to it says. */
export interface WantedPlace {
  channel?: Channel;
  target?: Target;
  service_type?: string;
  phase?: string;
  taller?: string;
}

export const channelNames = ['email', 'whatsapp', 'push'] as const satisfies Channel[];
export const targetNames = ['clients', 'staff'] as const satisfies Target[];

/** What is of no use in an address is left out of it, never refused. */
export function filtersOf(search: Record<string, unknown>): Filters {
  const { is_active: isActive } = search;
  const page = Number(search.page);
  return known({
    search: textOf(search.search),
    channel: oneOf(channelNames, search.channel),
    target: oneOf(targetNames, search.target),
    service_type_id: textOf(search.service_type_id),
    phase_id: textOf(search.phase_id),
    taller_id: textOf(search.taller_id),
    is_active: typeof isActive === 'boolean' ? isActive : undefined,
    page: Number.isInteger(page) && page > 1 ? page : undefined,
  });
}

export function placeOf(search: Record<string, unknown>): WantedPlace {
  return known({
    channel: oneOf(channelNames, search.channel),
    target: oneOf(targetNames, search.target),
    service_type: textOf(search.service_type),
    phase: textOf(search.phase),
    taller: textOf(search.taller),
  });
}

function oneOf<Choice extends string>(choices: readonly Choice[], value: unknown) {
  return choices.find((choice) => choice === value);
}

/** The router reads `?search=2024` as a number. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function known<Search extends object>(search: Search): Search {
  const kept = Object.entries(search).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as Search;
}
