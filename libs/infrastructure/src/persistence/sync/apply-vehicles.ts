import type { EntityManager } from 'typeorm';
import { type CoreVehicle, newestOf } from '#domain/sync/core-record.js';
import { Change } from '../change.js';
import { recordReading } from '../odometer.js';
import { holdCustomers, noteStatements, stateOf } from './source-records.js';

type Body = NonNullable<CoreVehicle['body']>;

/**
 * Applies records of vehicles; run it in a transaction. A vehicle is what the newest record says,
 * whatever the order of arrival; a row that people edited is overwritten by the next newer record
 * and by no other. One whose customer is not here waits with its record, and is applied with the
 * customer; its row stays with its former owner until then.
 *
 * Odometer readings are taken from records that were the newest when they came.
 *
 * @returns how many vehicles changed, and the records that wait
 */
export async function applyVehicles(
  manager: EntityManager,
  vehicles: readonly CoreVehicle[],
): Promise<{ changed: number; waiting: CoreVehicle[] }> {
  const statements = vehicles.map((vehicle) => stateOf('vehicle', vehicle, vehicle.body));
  await holdCustomers(manager, [
    ...new Set(vehicles.flatMap(({ body }) => body?.customer_id ?? [])),
  ]);
  const news = await noteStatements(manager, statements, true);
  const newest = newestOf(statements);
  await placeVehicles(
    manager,
    newest.map(({ id }) => id),
  );
  const gone = news.filter(({ body }) => body === null).map(({ id }) => id);
  if (gone.length > 0) {
    await manager.query('DELETE FROM vehicle WHERE id = ANY($1::text[])', [gone]);
  }
  const waiting = await waitingAmong(manager, newest);
  return {
    changed: news.filter(({ id }) => !waiting.has(id)).length,
    waiting: newest
      .filter(({ id }) => waiting.has(id))
      .map(({ id, version, body }) => ({ id, version, body })),
  };
}

/** Those of the statements that hold, and could not be applied yet. */
async function waitingAmong(
  manager: EntityManager,
  statements: readonly { id: string; version: string; digest: string }[],
): Promise<Set<string>> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT s.id FROM source_record s
     JOIN unnest($1::text[], $2::bigint[], $3::text[]) AS said(id, version, digest)
       ON s.id = said.id AND s.source_version = said.version AND s.digest = decode(said.digest, 'hex')
     WHERE s.kind = 'vehicle' AND s.waiting IS NOT NULL`,
    [
      statements.map(({ id }) => id),
      statements.map(({ version }) => version),
      statements.map(({ digest }) => digest),
    ],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Applies the vehicles that wait for one of these customers. */
export async function placeVehiclesOf(
  manager: EntityManager,
  customerIds: readonly string[],
): Promise<void> {
  const waiting = await manager.query<{ id: string }[]>(
    `SELECT id FROM source_record WHERE kind = 'vehicle' AND waiting IS NOT NULL
       AND waiting->>'customer_id' = ANY($1::text[])`,
    [customerIds],
  );
  await placeVehicles(
    manager,
    waiting.map(({ id }) => id),
  );
}

/** Applies those of the vehicles that wait and whose customer is here. */
async function placeVehicles(manager: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const ready = await manager.query<{ id: string; waiting: Body }[]>(
    `SELECT s.id, s.waiting FROM source_record s JOIN customer c ON c.id = s.waiting->>'customer_id'
     WHERE s.kind = 'vehicle' AND s.id = ANY($1::text[]) AND s.waiting IS NOT NULL
     ORDER BY s.id COLLATE "C" FOR UPDATE OF s FOR KEY SHARE OF c`,
    [ids],
  );
  if (ready.length === 0) return;
  const rows = ready.map(({ id, waiting }) => ({ ...waiting, id }));
  await manager.query(upsert, [JSON.stringify(rows)]);
  await manager.query(
    `UPDATE source_record SET waiting = NULL WHERE kind = 'vehicle' AND id = ANY($1::text[])`,
    [rows.map(({ id }) => id)],
  );
  await writeReadings(manager, rows);
}

async function writeReadings(
  manager: EntityManager,
  rows: readonly (Body & { id: string })[],
): Promise<void> {
  const change = new Change(manager, { id: 'internal', name: 'internal', requestId: null });
  for (const { id: vehicleId, km, read_on: readOn } of rows) {
    if (km === null || readOn === null) continue;
    await recordReading(change, null, { vehicleId, readOn, km });
  }
}

const upsert = `
  INSERT INTO vehicle AS known (id, customer_id, plate, make, model, year)
  SELECT id, customer_id, plate, make, model, year FROM json_to_recordset($1::json) AS said(
    id text, customer_id text, plate text, make text, model text, year smallint)
  ON CONFLICT (id) DO UPDATE SET customer_id = excluded.customer_id, plate = excluded.plate,
    make = excluded.make, model = excluded.model, year = excluded.year, updated_at = now()
  WHERE (known.customer_id, known.plate, known.make, known.model, known.year) IS DISTINCT FROM
    (excluded.customer_id, excluded.plate, excluded.make, excluded.model, excluded.year)
`;

/**
 * Lets vehicles go back to waiting whose customers are about to be deleted: should a customer
 * return, so do they. Two statements, because the second must see what others left.
 */
export async function unplaceVehiclesOf(
  manager: EntityManager,
  customerIds: readonly string[],
): Promise<void> {
  await manager.query(
    `SELECT FROM source_record WHERE kind = 'vehicle' AND id IN (
       SELECT id FROM vehicle WHERE customer_id = ANY($1::text[]))
     ORDER BY id COLLATE "C" FOR UPDATE`,
    [customerIds],
  );
  await manager.query(
    `UPDATE source_record s SET waiting = jsonb_build_object('customer_id', v.customer_id,
       'plate', v.plate, 'make', v.make, 'model', v.model, 'year', v.year, 'km', NULL,
       'read_on', NULL)
     FROM vehicle v WHERE v.customer_id = ANY($1::text[]) AND s.kind = 'vehicle' AND s.id = v.id
       AND NOT s.deleted AND s.waiting IS NULL`,
    [customerIds],
  );
}

/**
 * Takes away the rows of vehicles that nobody waits for any more: the core system says that they
 * are somebody else's, who never came.
 */
export async function removeWaitingVehicles(
  manager: EntityManager,
  ids: readonly string[],
): Promise<void> {
  await manager.query(
    `DELETE FROM vehicle WHERE id IN (
       SELECT id FROM source_record
       WHERE kind = 'vehicle' AND id = ANY($1::text[]) AND waiting IS NOT NULL)`,
    [ids],
  );
}
