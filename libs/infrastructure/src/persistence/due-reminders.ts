import type { DataSource } from 'typeorm';
import type { DueVehicle } from '#domain/reminders/name-vehicles.js';
import type { GivenNotice } from '#domain/reminders/notice-due.js';

/** What a workshop's notices go by. Without an id: for the customers who have no workshop. */
export interface NoticeTerms {
  id: string | null;
  /** Days from the due date. */
  offsets: readonly number[];
  timeZone: string;
}

/** A pending reminder that falls due on some day. */
export interface DueReminder extends DueVehicle {
  id: string;
  /** Notices up to now, for whatever due date. */
  given: GivenNotice[];
}

/** What one message tells of: a customer's reminders of one kind of service. */
export interface ReminderGroup {
  customerId: string;
  serviceTypeId: string;
  reminders: DueReminder[];
}

/** Reads reminders that may be due. */
export class DueReminders {
  constructor(private readonly dataSource: DataSource) {}

  /** The active workshops in these zones. */
  talleresIn(zones: readonly string[]): Promise<NoticeTerms[]> {
    return this.dataSource.query<NoticeTerms[]>(
      `SELECT id, reminder_offsets_days AS offsets, time_zone AS "timeZone" FROM taller
       WHERE is_active AND time_zone = ANY($1::text[]) ORDER BY id`,
      [zones],
    );
  }

  /** Up to `limit` groups with a reminder due on one of the days, after another group. */
  page(
    tallerId: string | null,
    dueDates: readonly string[],
    after: ReminderGroup | undefined,
    limit: number,
  ): Promise<ReminderGroup[]> {
    return this.dataSource.query<ReminderGroup[]>(groupsPage, [
      tallerId,
      dueDates,
      after?.customerId ?? '',
      after?.serviceTypeId ?? '00000000-0000-0000-0000-000000000000',
      limit,
    ]);
  }
}

/**
 * Reminders whose customer may be told: what becomes of a vehicle sold is the buyer's to hear.
 *
 * @param reminders a table or a common table expression with the columns of `reminder`
 */
export const tellable = (reminders: string) => `
  ${reminders} r
  JOIN customer c ON c.id = r.customer_id
  JOIN vehicle v ON v.id = r.vehicle_id AND v.customer_id = r.customer_id`;

/** The columns of a {@link ReminderGroup}. */
export const groupColumns = (dueOn: string) => `
  r.customer_id AS "customerId", r.service_type_id AS "serviceTypeId",
  json_agg(json_build_object('id', r.id, 'dueOn', ${dueOn}, 'vehicleId', v.id, 'plate', v.plate,
    'description', concat_ws(' ', nullif(v.make, ''), nullif(v.model, ''), nullif(v.year, 0)),
    'given', (SELECT coalesce(json_agg(json_build_object(
        'dueOn', g.due_on, 'offsetDays', g.offset_days)), '[]')
      FROM reminder_notice g WHERE g.reminder_id = r.id)) ORDER BY r.id) AS reminders`;

/**
 * The days are looked up first, whatever the planner thinks: it takes a comparison with null for
 * one that finds nothing, and went through all customers for a few thousand reminders.
 */
const groupsPage = `
  WITH due AS MATERIALIZED (
    SELECT * FROM reminder WHERE status = 'pending' AND effective_due_on = ANY($2::date[])
  )
  SELECT ${groupColumns('r.effective_due_on')}
  FROM ${tellable('due')}
  WHERE c.taller_id IS NOT DISTINCT FROM $1::uuid
    AND (r.customer_id, r.service_type_id) > ($3, $4::uuid)
  GROUP BY r.customer_id, r.service_type_id
  ORDER BY r.customer_id, r.service_type_id LIMIT $5
`;
