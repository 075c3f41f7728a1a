import type { Channel } from '../catalog/channels.js';

/**
 * What the core system says of one thing: the whole of it as of a version, or that it is gone.
 * What the record leaves out is empty, and does not stay as it was before.
 */
export interface CoreRecord<Body> {
  /** The core system's own id. */
  id: string;
  /** A whole number in decimal digits; see {@link sourceVersionOf}. */
  version: string;
  /** Null: the thing is gone. */
  body: Body | null;
}

export interface CoreCustomer
  extends CoreRecord<{
    name: string;
    email: string | null;
    /** E.164. */
    phone: string | null;
    taller_id: string | null;
  }> {
  /** Channels that the record says nothing of stay as they are. */
  preferences: Partial<Record<Channel, { enabled: boolean; priority: number | null }>>;
}

export type CoreVehicle = CoreRecord<{
  customer_id: string;
  plate: string;
  make: string;
  model: string;
  year: number | null;
  /** What the odometer showed, and on which day (`YYYY-MM-DD`). */
  km: number | null;
  read_on: string | null;
}>;

/** One thing of which records speak, and the order of what they say. */
export interface Statement<Body> {
  /** `customer`, `vehicle`, or `preference:` and a channel. */
  kind: string;
  id: string;
  version: string;
  body: Body | null;
  /** Hexadecimal digits, the same for the same body. */
  digest: string;
}

/**
 * The number by which a thing's records are put in order: its `version`, or the nanoseconds from
 * 1970 to its `updated_at`. Where a record has both, the version counts. A core system keeps to one
 * of the two; should it change over, a time is newer than any version, which has 16 digits at most.
 *
 * @param updatedAt ISO 8601 with offset, to the nanosecond at most
 */
export function sourceVersionOf(version: number | undefined, updatedAt: string): string {
  if (version !== undefined) return String(version);
  // Date keeps milliseconds alone; two changes in one would be told apart no more.
  const fraction = /\.(\d+)/.exec(updatedAt)?.[1] ?? '';
  const wholeSeconds = Math.floor(Date.parse(updatedAt.replace(/\.\d+/, '')) / 1000);
  return String(BigInt(wholeSeconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0')));
}

/**
 * Of all that is said of each thing the newest. The order of two statements rests on nothing but
 * themselves, so that whoever compares them, and when, comes to the same: the higher version; of
 * equal ones the end of the thing, then the greater digest.
 */
export function newestOf<S extends Statement<unknown>>(statements: readonly S[]): S[] {
  const newest = new Map<string, S>();
  for (const statement of statements) {
    const name = `${statement.kind} ${statement.id}`;
    const known = newest.get(name);
    if (!known || compare(statement, known) > 0) newest.set(name, statement);
  }
  return [...newest.values()];
}

function compare(a: Statement<unknown>, b: Statement<unknown>): number {
  const versions = BigInt(a.version) - BigInt(b.version);
  if (versions !== 0n) return versions > 0n ? 1 : -1;
  const ends = Number(a.body === null) - Number(b.body === null);
  if (ends !== 0) return ends;
  return a.digest === b.digest ? 0 : a.digest > b.digest ? 1 : -1;
}
