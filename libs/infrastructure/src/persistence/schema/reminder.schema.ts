import { EntitySchema } from 'typeorm';
import type { Table } from './table.js';

/** A notice that was given, or is being given while it has neither event nor refusal. */
export interface ReminderNoticeRow {
  offset_days: number;
  /** `YYYY-MM-DD`. */
  due_on: string;
  /** ISO 8601. */
  given_at: string;
  event_id: string | null;
  refusal: string | null;
}

/** What is due for a vehicle. Dates are `YYYY-MM-DD`. */
export interface ReminderRow {
  id: string;
  customer_id: string;
  vehicle_id: string;
  service_type_id: string;
  description: string;
  due_on: string | null;
  due_km: number | null;
  /** When the odometer is expected to show `due_km`; null without `due_km` or a reading. */
  projected_on: string | null;
  status: 'pending' | 'completed' | 'cancelled';
  created_at: Date;
  updated_at: Date;
  /** The earlier of `due_on` and `projected_on`; Postgres keeps it. */
  effective_due_on: string | null;
  /** Read along; written through the service type. */
  service_type_slug: string;
  /** Read along, the latest last. */
  notices: ReminderNoticeRow[];
}

const reminderSchema = new EntitySchema<ReminderRow>({
  name: 'reminder',
  columns: {
    id: { type: 'uuid', primary: true },
    customer_id: { type: 'text' },
    vehicle_id: { type: 'text' },
    service_type_id: { type: 'uuid' },
    description: { type: 'text' },
    due_on: { type: 'date', nullable: true },
    due_km: { type: 'integer', nullable: true },
    projected_on: { type: 'date', nullable: true },
    status: { type: 'text' },
    created_at: { type: 'timestamptz', createDate: true },
    updated_at: { type: 'timestamptz', updateDate: true },
    effective_due_on: { type: 'date', nullable: true, insert: false, update: false },
    service_type_slug: {
      type: 'text',
      virtualProperty: true,
      query: (alias) => `SELECT s.slug FROM service_type s WHERE s.id = ${alias}.service_type_id`,
    },
    notices: {
      type: 'json',
      virtualProperty: true,
      query: (alias) => `
        SELECT coalesce(json_agg(json_build_object(
            'offset_days', n.offset_days, 'due_on', n.due_on, 'given_at', n.given_at,
            'event_id', n.event_id, 'refusal', n.refusal)
          ORDER BY n.given_at, n.offset_days), '[]')
        FROM reminder_notice n WHERE n.reminder_id = ${alias}.id`,
    },
  },
});

/** Without audit trail: a reminder says what a person drives, and when they come. */
export const reminderTable: Table<ReminderRow> = { schema: reminderSchema, key: ['id'] };
