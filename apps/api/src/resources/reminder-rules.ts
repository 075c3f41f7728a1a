import type { EntityManager } from 'typeorm';
import { isCustomerOf } from '#infrastructure/persistence/customers.repository.js';
import { projectFor } from '#infrastructure/persistence/odometer.js';
import type { ReminderRow } from '#infrastructure/persistence/schema/reminder.schema.js';
import { badField, Problem } from '../http/problem.js';

type Settled = Pick<
  ReminderRow,
  'customer_id' | 'vehicle_id' | 'due_on' | 'due_km' | 'projected_on'
>;

/**
 * Checks what a reminder as a whole must hold, and projects when its kilometres are reached.
 *
 * @param scope the only workshop whose customers the caller sees; null: all
 * @param before as it was, locked; what has not changed since is not checked again, so that a
 *   reminder of a vehicle that was sold can still be cancelled
 */
export async function settleReminder(
  manager: EntityManager,
  scope: string | null,
  row: Settled,
  before?: Settled,
): Promise<void> {
  const { customer_id, vehicle_id, due_on, due_km } = row;
  if (due_on === null && due_km === null) {
    throw badField('due_on', 'must be given where due_km is not');
  }
  if (customer_id !== before?.customer_id || vehicle_id !== before.vehicle_id) {
    await holdVehicle(manager, scope, row);
  }
  row.projected_on = due_km === null ? null : await projectFor(manager, vehicle_id, due_km);
}

/** Keeps the vehicle as it is until the transaction ends, so that no reading comes in between. */
async function holdVehicle(
  manager: EntityManager,
  scope: string | null,
  { customer_id, vehicle_id }: Settled,
): Promise<void> {
  if (!(await isCustomerOf(manager, scope, customer_id))) {
    const errors = { customer_id: ['names nothing known'] };
    throw new Problem('unknown_customer', { errors });
  }
  const vehicles = await manager.query<unknown[]>(
    'SELECT FROM vehicle WHERE id = $1 AND customer_id = $2 FOR SHARE',
    [vehicle_id, customer_id],
  );
  if (vehicles.length === 0) {
    const errors = { vehicle_id: ['names no vehicle of this customer'] };
    throw new Problem('unknown_vehicle', { errors });
  }
}
