import type { EntityManager } from 'typeorm';
import {
  type ErasedOwner,
  isNewsOfErased,
  isNewsOfErasedVehicle,
} from '#domain/sync/after-erasure.js';
import type { CoreCustomer, CoreVehicle } from '#domain/sync/core-record.js';
import { endErased, nameOf, raiseErased, readErased } from '../erasure/erased-records.js';
import type { IdHashes, NamedThing } from '../erasure/id-hashes.js';

/** Records that may be applied, and how many were left out. */
export interface Sifted<Record> {
  records: Record[];
  /** Said of people who were erased, and not after that for sure. */
  ignored: number;
}

type Said = NamedThing & { version: string };

/**
 * Leaves out what must not bring back a customer who was erased. One of whom there is news is a
 * customer like any other from here on. That he is gone is known already, and leaves no trace.
 * Erasures must be held until the transaction ends.
 */
export async function siftCustomers(
  manager: EntityManager,
  hashes: IdHashes,
  customers: readonly CoreCustomer[],
): Promise<Sifted<CoreCustomer>> {
  const named = (id: string): NamedThing => ({ kind: 'customer', id });
  const erased = await readErased(
    manager,
    hashes,
    customers.map(({ id }) => named(id)),
  );
  if (erased.size === 0) return { records: [...customers], ignored: 0 };
  const there = await thereAmong(
    manager,
    'customer',
    customers.map(({ id }) => id),
  );
  const sifted: Sifted<CoreCustomer> = { records: [], ignored: 0 };
  const news: NamedThing[] = [];
  const gone: Said[] = [];
  for (const record of customers) {
    const { id, version, body } = record;
    const known = erased.get(nameOf(named(id)));
    if (!known) sifted.records.push(record);
    else if (body === null && !there.has(id)) gone.push({ ...named(id), version });
    else if (isNewsOfErased(version, known, there.has(id))) {
      news.push(named(id));
      sifted.records.push(record);
    } else sifted.ignored += 1;
  }
  await endErased(manager, hashes, news);
  await raiseErased(manager, hashes, gone);
  return sifted;
}

/** The same for vehicles, which go by what was known of them and by the erasure of their owner. */
export async function siftVehicles(
  manager: EntityManager,
  hashes: IdHashes,
  vehicles: readonly CoreVehicle[],
): Promise<Sifted<CoreVehicle>> {
  const owners = vehicles.flatMap(({ body }) => body?.customer_id ?? []);
  const erased = await readErased(manager, hashes, [
    ...vehicles.map(({ id }): NamedThing => ({ kind: 'vehicle', id })),
    ...owners.map((id): NamedThing => ({ kind: 'customer', id })),
  ]);
  if (erased.size === 0) return { records: [...vehicles], ignored: 0 };
  const there = await thereAmong(manager, 'customer', owners);
  const vehiclesThere = await thereAmong(
    manager,
    'vehicle',
    vehicles.map(({ id }) => id),
  );
  const sifted: Sifted<CoreVehicle> = { records: [], ignored: 0 };
  const news: NamedThing[] = [];
  const gone: Said[] = [];
  const ownerOf = (body: CoreVehicle['body']): ErasedOwner | undefined => {
    const id = body?.customer_id ?? '';
    const record = erased.get(nameOf({ kind: 'customer', id }));
    return record && { record, isThere: there.has(id) };
  };
  for (const record of vehicles) {
    const { id, version, body } = record;
    const own = erased.get(nameOf({ kind: 'vehicle', id }));
    if (body === null && own && !vehiclesThere.has(id)) {
      gone.push({ kind: 'vehicle', id, version });
      continue;
    }
    const owner = ownerOf(body);
    if (isNewsOfErasedVehicle(version, own, owner)) {
      if (own) news.push({ kind: 'vehicle', id });
      sifted.records.push(record);
    } else sifted.ignored += 1;
  }
  await endErased(manager, hashes, news);
  await raiseErased(manager, hashes, gone);
  return sifted;
}

async function thereAmong(
  manager: EntityManager,
  kind: NamedThing['kind'],
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT id FROM ${kind} WHERE id = ANY($1::text[])`,
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}
