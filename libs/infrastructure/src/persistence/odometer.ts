import type { EntityManager } from 'typeorm';
import {
  type OdometerReading,
  projectReaching,
  trustedReadings,
} from '#domain/reminders/odometer.js';
import type { Change } from './change.js';
import { type OdometerReadingRow, odometerReadingTable } from './schema/odometer-reading.schema.js';

/**
 * Readings that are looked at, the latest of a vehicle: years of visits, and what a system that
 * sends one every day can make us compare with each other in a few milliseconds.
 */
const looked = 400;

/**
 * Writes down what an odometer showed, in place of an earlier word on the same day. Which readings
 * are doubtful, and when the vehicle's reminders fall due, is told anew with it. Null when the
 * caller sees no such vehicle.
 *
 * @param scope the only workshop that the caller sees; null: all
 */
export async function recordReading(
  change: Change,
  scope: string | null,
  reading: { vehicleId: string; readOn: string; km: number },
): Promise<OdometerReadingRow | null> {
  const { vehicleId: vehicle_id, readOn: read_on, km } = reading;
  if (!(await lockVehicle(change.manager, scope, vehicle_id))) return null;
  const key = { vehicle_id, read_on };
  const corrected = await change.update(odometerReadingTable, key, (row) => {
    row.km = km;
  });
  if (!corrected) await change.insert(odometerReadingTable, { ...key, km, is_doubtful: false });
  await reassess(change.manager, vehicle_id);
  return change.manager.findOneByOrFail(odometerReadingTable.schema, key);
}

/** Takes a reading back. Null when there is none, or the caller sees no such vehicle. */
export async function removeReading(
  change: Change,
  scope: string | null,
  { vehicleId: vehicle_id, readOn: read_on }: { vehicleId: string; readOn: string },
): Promise<OdometerReadingRow | null> {
  if (!(await lockVehicle(change.manager, scope, vehicle_id))) return null;
  const removed = await change.remove(odometerReadingTable, { vehicle_id, read_on });
  if (removed) await reassess(change.manager, vehicle_id);
  return removed;
}

/**
 * When a vehicle is expected to reach so many kilometres, or null. Call it with the vehicle's row
 * locked for sharing, or the reminder's own row: a reading that comes meanwhile would be missed.
 */
export async function projectFor(
  manager: EntityManager,
  vehicleId: string,
  km: number,
): Promise<string | null> {
  return projectReaching(await readTrusted(manager, vehicleId), km);
}

async function lockVehicle(
  manager: EntityManager,
  scope: string | null,
  id: string,
): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `SELECT FROM vehicle v JOIN customer c ON c.id = v.customer_id
     WHERE v.id = $1 AND ($2::uuid IS NULL OR c.taller_id = $2) FOR NO KEY UPDATE OF v`,
    [id, scope],
  );
  return rows.length > 0;
}

async function reassess(manager: EntityManager, vehicleId: string): Promise<void> {
  const readings = await readLatest(manager, vehicleId);
  const trusted = trustedReadings(readings);
  await manager.query(
    `UPDATE odometer_reading SET is_doubtful = NOT is_doubtful
     WHERE vehicle_id = $1 AND read_on >= $2 AND is_doubtful = (read_on = ANY($3::date[]))`,
    [vehicleId, readings[0]?.readOn ?? null, trusted.map(({ readOn }) => readOn)],
  );
  // All of them, and by a statement of its own: one may be getting its kilometres at this moment.
  await manager.query('SELECT FROM reminder WHERE vehicle_id = $1 ORDER BY id FOR NO KEY UPDATE', [
    vehicleId,
  ]);
  const reminders = await manager.query<{ id: string; due_km: number }[]>(
    `SELECT id, due_km FROM reminder
     WHERE vehicle_id = $1 AND status = 'pending' AND due_km IS NOT NULL`,
    [vehicleId],
  );
  await manager.query(
    `UPDATE reminder r SET projected_on = p.projected_on
     FROM unnest($1::uuid[], $2::date[]) AS p(id, projected_on)
     WHERE r.id = p.id AND r.projected_on IS DISTINCT FROM p.projected_on`,
    [
      reminders.map(({ id }) => id),
      reminders.map(({ due_km }) => projectReaching(trusted, due_km)),
    ],
  );
}

async function readTrusted(manager: EntityManager, vehicleId: string): Promise<OdometerReading[]> {
  return trustedReadings(await readLatest(manager, vehicleId));
}

/** By day. */
async function readLatest(manager: EntityManager, vehicleId: string): Promise<OdometerReading[]> {
  const latestFirst = await manager.query<OdometerReading[]>(
    `SELECT read_on::text AS "readOn", km FROM odometer_reading
     WHERE vehicle_id = $1 ORDER BY read_on DESC LIMIT ${looked}`,
    [vehicleId],
  );
  return latestFirst.toReversed();
}
