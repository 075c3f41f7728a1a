import type { SyncCustomer, SyncPreference, SyncVehicle } from '#contracts/http/sync.dto.js';
import { channels } from '#domain/catalog/channels.js';
import type { FieldErrors } from '#domain/errors.js';
import { dayIn } from '#domain/reminders/calendar-date.js';
import { type CoreCustomer, type CoreVehicle, sourceVersionOf } from '#domain/sync/core-record.js';
import { badField, Problem } from '../http/problem.js';
import { checkedContacts } from '../resources/checked-contacts.js';

/** Reads the numbers of those who belong to no workshop. */
const defaultCountry = 'EC';

/** The workshops, by slug and by UUID. */
export type Talleres = ReadonlyMap<string, { id: string; country: string }>;

/** A customer's record in its own words; a 400 names what cannot be. */
export function readCustomer(record: SyncCustomer, talleres: Talleres): CoreCustomer {
  const { customer_id: id, name, taller_id: reference = null, preferences } = record;
  const version = versionOf(record);
  if (record.deleted) return { id, version, body: null, preferences: {} };
  const taller = reference === null ? null : talleres.get(reference.toLowerCase());
  const faults: FieldErrors = {};
  if (name === undefined) faults.name = [needed];
  if (taller === undefined) faults.taller_id = ['names nothing known'];
  const contacts = contactsOf(record, taller?.country ?? defaultCountry, faults);
  if (name === undefined || Object.keys(faults).length > 0) {
    throw new Problem('validation_failed', { errors: faults });
  }
  const said: CoreCustomer['preferences'] = {};
  for (const channel of channels) {
    const preference = preferences?.[channel];
    if (preference) said[channel] = preferenceOf(preference);
  }
  const { email = null, phone = null } = contacts;
  const body = { name, email, phone, taller_id: taller?.id ?? null };
  return { id, version, body, preferences: said };
}

/** A vehicle's record in its own words; a 400 names what is missing. */
export function readVehicle(record: SyncVehicle, now: Date): CoreVehicle {
  const { vehicle_id: id, customer_id, plate, make, model, year = null, km = null } = record;
  const version = versionOf(record);
  if (record.deleted) return { id, version, body: null };
  if (
    customer_id === undefined ||
    plate === undefined ||
    make === undefined ||
    model === undefined
  ) {
    const wanted = { customer_id, plate, make, model };
    const missing = Object.entries(wanted).filter(([, value]) => value === undefined);
    const errors = Object.fromEntries(missing.map(([name]) => [name, [needed]]));
    throw new Problem('validation_failed', { errors });
  }
  const read_on = km === null ? null : dayOf(record.updated_at ?? null, now);
  return { id, version, body: { customer_id, plate, make, model, year, km, read_on } };
}

const needed = 'is needed, unless `deleted` is true';

function versionOf({ version, updated_at }: SyncCustomer | SyncVehicle): string {
  if ((version ?? updated_at ?? null) === null) {
    throw badField('version', 'is needed where there is no updated_at');
  }
  return sourceVersionOf(version ?? undefined, updated_at ?? '');
}

function contactsOf(
  { email, phone }: SyncCustomer,
  country: string,
  faults: FieldErrors,
): { email?: string | null; phone?: string | null } {
  try {
    return checkedContacts({ email, phone }, country);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    Object.assign(faults, error.errors);
    return {};
  }
}

function preferenceOf({ enabled = true, priority = null }: SyncPreference) {
  return { enabled, priority };
}

/** The day that it was where the core system wrote the time; none is in the future. */
function dayOf(updatedAt: string | null, now: Date): string {
  if (updatedAt === null) return dayIn('America/Guayaquil', now);
  const day = updatedAt.slice(0, 10);
  // Nowhere is it later than there.
  const latest = dayIn('Pacific/Kiritimati', now);
  if (day > latest) return latest;
  return day;
}
