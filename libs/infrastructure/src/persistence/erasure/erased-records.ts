import type { EntityManager } from 'typeorm';
import type { ErasedRecord } from '#domain/sync/after-erasure.js';
import type { IdHashes, NamedThing } from './id-hashes.js';

/** Any number of our own: records are applied by many at once, and not while somebody is erased. */
const erasureLock = 7_305_600_018;

/**
 * Waits until no records are being applied, and keeps them from it until the transaction ends. Of
 * an erasure and a record of the same person one is then wholly before the other.
 */
export async function holdRecords(manager: EntityManager): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [erasureLock]);
}

/** The other side of {@link holdRecords}: nobody is erased until the transaction ends. */
export async function holdErasures(manager: EntityManager): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock_shared($1)', [erasureLock]);
}

/** A name under which {@link readErased} gives back what it found. */
export function nameOf({ kind, id }: NamedThing): string {
  return `${kind} ${id}`;
}

/** Remembers things that are erased now, and what was last said of each (-1: nothing). */
export async function keepErased(
  manager: EntityManager,
  hashes: IdHashes,
  things: readonly (NamedThing & { version: string })[],
): Promise<void> {
  await manager.query(
    `INSERT INTO erased_record AS known (id_hash, last_version)
     SELECT hash, max(version) FROM unnest($1::bytea[], $2::bigint[]) AS said(hash, version)
     GROUP BY hash ORDER BY hash
     ON CONFLICT (id_hash) DO UPDATE SET erased_at = clock_timestamp(),
       last_version = greatest(known.last_version, excluded.last_version)`,
    [things.map((thing) => hashes.of(thing)), things.map(({ version }) => version)],
  );
}

/** What is remembered of those of the things that were erased. */
export async function readErased(
  manager: EntityManager,
  hashes: IdHashes,
  things: readonly NamedThing[],
): Promise<Map<string, ErasedRecord>> {
  const names = new Map<string, string>();
  for (const thing of things) {
    for (const hash of hashes.anyOf(thing)) names.set(hash.toString('hex'), nameOf(thing));
  }
  const rows = await manager.query<(ErasedRecord & { hash: string })[]>(
    `SELECT encode(id_hash, 'hex') AS hash, last_version::text AS "lastVersion",
       (extract(epoch FROM erased_at) * 1000000)::bigint::text || '000' AS "erasedAt"
     FROM erased_record
     WHERE id_hash IN (SELECT decode(hash, 'hex') FROM unnest($1::text[]) AS wanted(hash))`,
    [[...names.keys()]],
  );
  const erased = new Map<string, ErasedRecord>();
  for (const { hash, ...row } of rows) {
    const name = names.get(hash) ?? '';
    const known = erased.get(name);
    // Erased under the former key, and again under this one.
    erased.set(name, known ? newerOf(known, row) : row);
  }
  return erased;
}

/** Forgets that things were erased: there is news of them. */
export async function endErased(
  manager: EntityManager,
  hashes: IdHashes,
  things: readonly NamedThing[],
): Promise<void> {
  if (things.length === 0) return;
  await manager.query('DELETE FROM erased_record WHERE id_hash = ANY($1::bytea[])', [
    things.flatMap((thing) => hashes.anyOf(thing)),
  ]);
}

/** The core system says of erased things that they are gone; what it said before is older. */
export async function raiseErased(
  manager: EntityManager,
  hashes: IdHashes,
  things: readonly (NamedThing & { version: string })[],
): Promise<void> {
  if (things.length === 0) return;
  await manager.query(
    `UPDATE erased_record known SET last_version = greatest(known.last_version, said.version)
     FROM (
       SELECT hash, max(version) AS version
       FROM unnest($1::bytea[], $2::bigint[]) AS given(hash, version) GROUP BY hash
     ) said
     WHERE known.id_hash = said.hash`,
    [
      things.flatMap((thing) => hashes.anyOf(thing)),
      things.flatMap((thing) => hashes.anyOf(thing).map(() => thing.version)),
    ],
  );
}

function newerOf(one: ErasedRecord, other: ErasedRecord): ErasedRecord {
  const newer = (a: string, b: string) => (BigInt(a) > BigInt(b) ? a : b);
  return {
    lastVersion: newer(one.lastVersion, other.lastVersion),
    erasedAt: newer(one.erasedAt, other.erasedAt),
  };
}
