import type { DataSource } from 'typeorm';
import { findPage, type PageOfRows, type PageWindow } from './find-page.js';
import { findSearchedPage } from './find-searched-page.js';
import { type VehicleRow, vehicleTable } from './schema/vehicle.schema.js';
import { whereWordsAreFound } from './search-words.js';

export interface VehicleFilter {
  search?: string;
  customerId?: string;
  /** A part of it; case, spaces and hyphens make no difference. */
  plate?: string;
}

/** Reads vehicles. A key that is bound to a workshop sees those of its customers alone. */
export class VehiclesRepository {
  constructor(private readonly dataSource: DataSource) {}

  page(
    scope: string | null,
    { search, customerId, plate }: VehicleFilter,
    ordering: string,
    window: PageWindow,
  ): Promise<PageOfRows<VehicleRow>> {
    const query = this.query(scope);
    if (customerId !== undefined) query.andWhere('v.customer_id = :customerId', { customerId });
    if (plate !== undefined) {
      // search_text ends with the plate's key, and is what the index knows.
      const part = `('%' || plate_key(:plate) || '%')`;
      query.andWhere(`v.plate_key LIKE ${part} AND v.search_text LIKE ${part}`, { plate });
    }
    if (search === undefined) return findPage(query, ordering, 'id', window);
    whereWordsAreFound(query, search);
    return findSearchedPage(query, ordering, 'id', window);
  }

  find(scope: string | null, id: string): Promise<VehicleRow | null> {
    return this.query(scope).andWhere('v.id = :id', { id }).getOne();
  }

  private query(scope: string | null) {
    const query = this.dataSource.manager.createQueryBuilder(vehicleTable.schema, 'v');
    if (scope !== null) {
      query.andWhere(
        'EXISTS (SELECT FROM customer c WHERE c.id = v.customer_id AND c.taller_id = :scope)',
        { scope },
      );
    }
    return query;
  }
}
