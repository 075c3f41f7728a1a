import type { DataSource } from 'typeorm';

/** A pending reminder near one of its notices. */
export interface DueReminder {
  id: string;
  customerId: string;
  vehicleId: string;
  serviceTypeId: string;
  tallerId: string | null;
  /** `YYYY-MM-DD`. */
  dueOn: string;
  /** Today where the customer's workshop is, `YYYY-MM-DD`. */
  today: string;
  /** Offsets of the notices already given for this due date. */
  given: number[];
}

/** Reads reminders that may be due and writes down which notices were given. */
export class DueReminders {
  constructor(private readonly dataSource: DataSource) {}

  /** Up to `limit` reminders whose due date is at most `days` away, after a cursor. */
  page(days: number, afterId: string | null, limit: number): Promise<DueReminder[]> {
    return this.dataSource.query<DueReminder[]>(duePage, [days, afterId, limit]);
  }

  /** Writes down a notice as given (or why it was refused); a second time changes nothing. */
  async markGiven(
    reminder: DueReminder,
    offsetDays: number,
    outcome: { eventId: string } | { refusal: string },
  ): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO reminder_notice (reminder_id, due_on, offset_days, event_id, refusal)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [
        reminder.id,
        reminder.dueOn,
        offsetDays,
        'eventId' in outcome ? outcome.eventId : null,
        'refusal' in outcome ? outcome.refusal : null,
      ],
    );
  }
}

const duePage = `
  SELECT r.id, r.customer_id AS "customerId", r.vehicle_id AS "vehicleId",
    r.service_type_id AS "serviceTypeId", c.taller_id AS "tallerId",
    r.due_on::text AS "dueOn", local.today::text AS today,
    array(SELECT n.offset_days FROM reminder_notice n
          WHERE n.reminder_id = r.id AND n.due_on = r.due_on) AS given
  FROM reminder r
  JOIN customer c ON c.id = r.customer_id
  LEFT JOIN taller t ON t.id = c.taller_id
  CROSS JOIN LATERAL (
    SELECT (clock_timestamp() AT TIME ZONE coalesce(t.time_zone, 'America/Guayaquil'))::date AS today
  ) local
  WHERE r.status = 'pending' AND r.due_on BETWEEN local.today - $1::int AND local.today + $1::int
    AND ($2::uuid IS NULL OR r.id > $2::uuid)
  ORDER BY r.id LIMIT $3
`;
