import type { DataSource, EntityManager } from 'typeorm';
import { findPage, type PageOfRows, type PageWindow } from './find-page.js';
import { findSearchedPage } from './find-searched-page.js';
import { type CustomerRow, customerTable } from './schema/customer.schema.js';
import { whereWordsAreFound } from './search-words.js';

export interface CustomerFilter {
  search?: string;
  /** Null: those of no workshop. */
  tallerId?: string | null;
}

/** Reads customers. A key that is bound to a workshop sees that workshop's alone. */
export class CustomersRepository {
  constructor(private readonly dataSource: DataSource) {}

  page(
    scope: string | null,
    { search, tallerId }: CustomerFilter,
    ordering: string,
    window: PageWindow,
  ): Promise<PageOfRows<CustomerRow>> {
    const query = this.dataSource.manager.createQueryBuilder(customerTable.schema, 'c');
    if (scope !== null) query.andWhere('c.taller_id = :scope', { scope });
    if (tallerId === null) query.andWhere('c.taller_id IS NULL');
    else if (tallerId !== undefined) query.andWhere('c.taller_id = :tallerId', { tallerId });
    if (search === undefined) return findPage(query, ordering, 'id', window);
    whereWordsAreFound(query, search);
    return findSearchedPage(query, ordering, 'id', window);
  }

  find(scope: string | null, id: string): Promise<CustomerRow | null> {
    const where = scope === null ? { id } : { id, taller_id: scope };
    return this.dataSource.manager.findOneBy(customerTable.schema, where);
  }
}

/**
 * Whether there is such a customer in sight of a caller, kept as it is until the transaction ends.
 *
 * @param scope the only workshop that the caller sees; null: all
 */
export async function isCustomerOf(
  manager: EntityManager,
  scope: string | null,
  id: string,
): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `SELECT FROM customer WHERE id = $1 AND ($2::uuid IS NULL OR taller_id = $2) FOR KEY SHARE`,
    [id, scope],
  );
  return rows.length > 0;
}
