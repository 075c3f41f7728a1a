import { type DataSource, type EntityManager, In } from 'typeorm';
import type { EventRows, MessageRow, NotificationRow, TimelineRow } from './events.repository.js';
import { type Preferences, readPreferences } from './preferences.js';
import { type CustomerRow, customerTable } from './schema/customer.schema.js';
import { type OdometerReadingRow, odometerReadingTable } from './schema/odometer-reading.schema.js';
import { type ReminderRow, reminderTable } from './schema/reminder.schema.js';
import { type VehicleRow, vehicleTable } from './schema/vehicle.schema.js';

export interface KeptNotification extends NotificationRow {
  variables: Record<string, string>;
}

/** One event about a person, with all that became of it. */
export interface KeptEvent extends EventRows {
  notifications: KeptNotification[];
}

export interface KeptSubscription {
  id: string;
  endpoint: string;
  created_at: Date;
  ended_at: Date | null;
  ended_because: string | null;
}

/** What a provider said of one of his addresses. */
export interface KeptMark {
  channel: string;
  address: string;
  reason: string;
  since: Date;
  /** Null: for good. */
  until: Date | null;
}

/** Everything that is held of one person. */
export interface PersonRecords {
  /** Null when the row was deleted, and the log still names him. */
  customer: CustomerRow | null;
  preferences: Preferences | null;
  vehicles: VehicleRow[];
  readings: OdometerReadingRow[];
  reminders: ReminderRow[];
  subscriptions: KeptSubscription[];
  marks: KeptMark[];
  events: KeptEvent[];
}

/**
 * Reads everything held of a customer, as of one moment; null when there is nothing of him.
 *
 * @param scope the only workshop that the caller sees; null: all
 */
export function readPersonRecords(
  dataSource: DataSource,
  scope: string | null,
  customerId: string,
): Promise<PersonRecords | null> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    const where = scope === null ? { id: customerId } : { id: customerId, taller_id: scope };
    const customer = await manager.findOneBy(customerTable.schema, where);
    const events = await eventsOf(manager, scope, customerId);
    if (!customer && events.length === 0) return null;
    return { customer, events, ...(await belongingsOf(manager, customer)) };
  });
}

async function belongingsOf(
  manager: EntityManager,
  customer: CustomerRow | null,
): Promise<Omit<PersonRecords, 'customer' | 'events'>> {
  if (!customer) {
    const none = { vehicles: [], readings: [], reminders: [], subscriptions: [], marks: [] };
    return { preferences: null, ...none };
  }
  const { id, email, phone } = customer;
  const where = { customer_id: id };
  const vehicles = await manager.find(vehicleTable.schema, { where, order: { plate: 'ASC' } });
  return {
    preferences: await readPreferences(manager, id),
    vehicles,
    readings: await manager.find(odometerReadingTable.schema, {
      where: { vehicle_id: In(vehicles.map((vehicle) => vehicle.id)) },
      order: { vehicle_id: 'ASC', read_on: 'ASC' },
    }),
    reminders: await manager.find(reminderTable.schema, { where, order: { created_at: 'ASC' } }),
    subscriptions: await manager.query<KeptSubscription[]>(subscriptionsOf, [id]),
    marks: await manager.query<KeptMark[]>(marksOf, [email, phone]),
  };
}

async function eventsOf(
  manager: EntityManager,
  scope: string | null,
  customerId: string,
): Promise<KeptEvent[]> {
  const events = await manager.query<EventRows['event'][]>(
    `SELECT * FROM event WHERE customer_id = $1 AND ($2::uuid IS NULL OR taller_id = $2)
     ORDER BY created_at, id`,
    [customerId, scope],
  );
  const notifications = await manager.query<KeptNotification[]>(
    'SELECT * FROM notification WHERE event_id = ANY($1::uuid[]) ORDER BY id',
    [events.map(({ id }) => id)],
  );
  const ids = notifications.map(({ id }) => id);
  const messages = await manager.query<MessageRow[]>(
    'SELECT * FROM message WHERE notification_id = ANY($1::uuid[]) ORDER BY rung, id',
    [ids],
  );
  const timeline = await manager.query<TimelineRow[]>(
    'SELECT * FROM timeline WHERE notification_id = ANY($1::uuid[]) ORDER BY notification_id, id',
    [ids],
  );
  const of = grouped(notifications, ({ event_id }) => event_id);
  const messagesOf = grouped(messages, ({ notification_id }) => notification_id);
  const timelineOf = grouped(timeline, ({ notification_id }) => notification_id);
  return events.map((event) => {
    const own = of(event.id);
    return {
      event,
      notifications: own,
      messages: own.flatMap(({ id }) => messagesOf(id)),
      timeline: own.flatMap(({ id }) => timelineOf(id)),
    };
  });
}

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): (key: string) => Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return (key) => groups.get(key) ?? [];
}

const subscriptionsOf = `
  SELECT id, endpoint, created_at, ended_at, ended_because FROM push_subscription
  WHERE customer_id = $1 ORDER BY created_at, id
`;

const marksOf = `
  SELECT channel, address, reason, since, CASE WHEN isfinite(until) THEN until END AS until
  FROM suppressed_address
  WHERE channel = 'email' AND address = $1 OR channel = 'whatsapp' AND address = $2
  ORDER BY channel
`;
