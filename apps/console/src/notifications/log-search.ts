import type { ListEventsData } from '#contracts/client/types.gen.js';

type EventsQuery = NonNullable<ListEventsData['query']>;

export const channels = ['whatsapp', 'email', 'push'] as const;
export const states = [
  'in_progress',
  'sent',
  'delivered',
  'read',
  'failed',
  'expired',
  'canceled',
  'superseded',
] as const satisfies NonNullable<EventsQuery['state']>[];

/** What the log is narrowed to, as it stands in the address bar. Absent: not narrowed by it. */
export interface LogSearch {
  /** Customer, plate or order. */
  q?: string;
  /** The first and the last day, both within, of the reader's own clock: `2026-11-22`. */
  from?: string;
  to?: string;
  channel?: (typeof channels)[number];
  state?: (typeof states)[number];
  type?: string;
  /** Slugs or UUIDs. */
  taller?: string;
  phase?: string;
  service?: string;
  /** The core system's own id. */
  customer?: string;
  /** From 1. */
  page?: number;
}

export const pageSize = 25;

/** Reads an address that somebody may have typed: what makes no sense is left out. */
export function readSearch(raw: Record<string, unknown>): LogSearch {
  const page = Number(raw.page);
  return withoutUndefined({
    q: textOf(raw.q, 100),
    from: dayOf(raw.from),
    to: dayOf(raw.to),
    channel: channels.find((channel) => channel === raw.channel),
    state: states.find((state) => state === raw.state),
    type: textOf(raw.type, 64),
    taller: textOf(raw.taller, 100),
    phase: textOf(raw.phase, 100),
    service: textOf(raw.service, 100),
    customer: textOf(raw.customer ?? raw.customer_id, 100),
    page: Number.isInteger(page) && page > 1 && page < 100_000 ? page : undefined,
  });
}

/** The query of the API that a search means. */
export function queryOf(search: LogSearch): EventsQuery {
  return withoutUndefined({
    search: search.q,
    created_after: search.from && startOf(search.from, 0),
    created_before: search.to && startOf(search.to, 1),
    channel: search.channel,
    state: search.state,
    event_type: search.type,
    taller_id: search.taller,
    phase_id: search.phase,
    service_type_id: search.service,
    customer_id: search.customer,
    page: search.page,
    page_size: pageSize,
  });
}

/** How many filters narrow the log, the text beside the button not counted. */
export function countFilters({ q: _q, page: _page, ...filters }: LogSearch): number {
  return Object.values(filters).filter((value) => value !== undefined).length;
}

/** The search with other values; from its first page on, unless it is another page. */
export function changed(search: LogSearch, change: Partial<LogSearch>): LogSearch {
  return readSearch({ ...search, page: undefined, ...change });
}

/** Midnight at which a day, or one so many days after it, begins by the reader's clock. */
function startOf(day: string, daysLater: number): string {
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + daysLater);
  return at.toISOString();
}

// The router reads digits as a number.
function textOf(value: unknown, most: number): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return String(value).slice(0, most) || undefined;
}

function dayOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  return Number.isNaN(Date.parse(value)) ? undefined : value;
}

function withoutUndefined<Value extends object>(value: Value): Value {
  const given = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(given) as Value;
}
