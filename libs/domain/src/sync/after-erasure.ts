/** What is kept of a customer or vehicle that was erased, beside a hash of its id. */
export interface ErasedRecord {
  /** The newest that the core system had said by then (`CoreRecord.version`); -1: nothing. */
  lastVersion: string;
  /** Nanoseconds from 1970, on the database's clock. */
  erasedAt: string;
}

/** What is known of the customer whom a vehicle's record names, where he was erased once. */
export interface ErasedOwner {
  record: ErasedRecord;
  /** Whether there is such a customer again. */
  isThere: boolean;
}

/** Versions below are numbers, and above they are moments: see `sourceVersionOf`. */
const firstMoment = 2n ** 53n;

/**
 * Whether a record of a customer who was erased tells of him anew. What was said before the erasure
 * and comes late must not bring him back, so in doubt it does not: of one of whom the core system
 * had said nothing, no number can tell when it was said. Somebody who is made anew by hand
 * (`isThere`) ends that doubt.
 */
export function isNewsOfErased(version: string, erased: ErasedRecord, isThere: boolean): boolean {
  const said = BigInt(version);
  const last = BigInt(erased.lastVersion);
  if (said <= last) return false;
  if (said >= firstMoment) return said > BigInt(erased.erasedAt);
  return last >= 0n || isThere;
}

/**
 * The same of a vehicle: by what was known of itself, and, as long as the customer whom the record
 * names is gone, by his erasure. One that somebody else has now is as any other.
 */
export function isNewsOfErasedVehicle(
  version: string,
  own: ErasedRecord | undefined,
  owner: ErasedOwner | undefined,
): boolean {
  if (own && BigInt(version) <= BigInt(own.lastVersion)) return false;
  if (!owner || owner.isThere) return true;
  const lastVersion = own?.lastVersion ?? '-1';
  return isNewsOfErased(version, { lastVersion, erasedAt: owner.record.erasedAt }, false);
}
