import type { ReminderView } from '#contracts/http/reminders.dto.js';
import type { ReminderRow } from '#infrastructure/persistence/schema/reminder.schema.js';

/** A reminder as every list and answer tells it. */
export function reminderViewOf(row: ReminderRow): ReminderView {
  return {
    id: row.id,
    customer_id: row.customer_id,
    vehicle_id: row.vehicle_id,
    service_type_id: row.service_type_id,
    service_type_slug: row.service_type_slug,
    description: row.description,
    due_on: row.due_on,
    due_km: row.due_km,
    projected_on: row.projected_on,
    effective_due_on: row.effective_due_on,
    status: row.status,
    notices: row.notices.map((notice) => ({
      ...notice,
      given_at: new Date(notice.given_at).toISOString(),
    })),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
