import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { anywhere, findPage, type PageOfRows, type PageWindow } from './find-page.js';
import { customerTable } from './schema/customer.schema.js';
import { type ReminderRow, reminderTable } from './schema/reminder.schema.js';
import { vehicleTable } from './schema/vehicle.schema.js';
import { whereWordsAreFound } from './search-words.js';

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
    if (search !== undefined) this.whereFound(query, search);
    const order = ordering.replace('due_on', 'effective_due_on');
    return findPage(query, order, 'id', window, 'NULLS LAST');
  }

  find(scope: string | null, id: string): Promise<ReminderRow | null> {
    return this.visible(scope).andWhere('r.id = :id', { id }).getOne();
  }

  /** In the description, or as the lists of vehicles and of customers find theirs. */
  private whereFound(query: SelectQueryBuilder<ReminderRow>, search: string): void {
    const { manager } = this.dataSource;
    const vehicles = manager.createQueryBuilder(vehicleTable.schema, 'v').select('v.id');
    const customers = manager.createQueryBuilder(customerTable.schema, 'c').select('c.id');
    whereWordsAreFound(vehicles, search);
    whereWordsAreFound(customers, search);
    query.andWhere(
      `(searchable(r.description) LIKE searchable(:text) OR r.vehicle_id IN (${vehicles.getQuery()})
        OR r.customer_id IN (${customers.getQuery()}))`,
      { ...customers.getParameters(), text: anywhere(search) },
    );
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
