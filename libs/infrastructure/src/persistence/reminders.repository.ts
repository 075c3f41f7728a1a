import type { DataSource } from 'typeorm';
import { anywhere, findPage, type PageOfRows, type PageWindow } from './find-page.js';
import { type ReminderRow, reminderTable } from './schema/reminder.schema.js';

export interface ReminderFilter {
  search?: string;
  status?: string;
  customerId?: string;
  vehicleId?: string;
  /** `YYYY-MM-DD`: the day that counts is this one or a later one. */
  dueAfter?: string;
  dueBefore?: string;
}

/** Reads reminders. A key that is bound to a workshop sees those of its customers. */
export class RemindersRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @param ordering by `due_on` goes by the day that counts */
  page(
    scope: string | null,
    filter: ReminderFilter,
    ordering: string,
    window: PageWindow,
  ): Promise<PageOfRows<ReminderRow>> {
    const query = this.visible(scope);
    const { search, ...exact } = filter;
    for (const [name, condition] of Object.entries(conditions)) {
      if (Reflect.get(exact, name) !== undefined) query.andWhere(condition, exact);
    }
    if (search !== undefined) query.andWhere(matches, { text: anywhere(search) });
    return findPage(query, ordering.replace('due_on', 'effective_due_on'), 'id', window);
  }

  find(scope: string | null, id: string): Promise<ReminderRow | null> {
    return this.visible(scope).andWhere('r.id = :id', { id }).getOne();
  }

  private visible(scope: string | null) {
    const query = this.dataSource.manager.createQueryBuilder(reminderTable.schema, 'r');
    return scope === null ? query : query.andWhere(ofTaller, { scope });
  }
}

const ofTaller = `EXISTS (
  SELECT FROM customer c WHERE c.id = r.customer_id AND c.taller_id = :scope)`;

const conditions = {
  status: 'r.status = :status',
  customerId: 'r.customer_id = :customerId',
  vehicleId: 'r.vehicle_id = :vehicleId',
  dueAfter: 'r.effective_due_on >= :dueAfter',
  dueBefore: 'r.effective_due_on <= :dueBefore',
};

/** The description, or the vehicle's plate. */
const matches = `(searchable(r.description) LIKE searchable(:text) OR EXISTS (
  SELECT FROM vehicle v WHERE v.id = r.vehicle_id
    AND searchable(v.plate) LIKE searchable(:text)))`;
