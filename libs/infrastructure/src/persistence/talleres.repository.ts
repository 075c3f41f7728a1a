import type { DataSource } from 'typeorm';
import { anywhere, findPage, type PageOfRows, type PageWindow } from './find-page.js';
import { type TallerRow, tallerTable } from './schema/taller.schema.js';

export interface TallerFilter {
  search?: string;
  isActive?: boolean;
}

/** Reads workshops. A key that is bound to one sees that one alone. */
export class TalleresRepository {
  constructor(private readonly dataSource: DataSource) {}

  page(
    scope: string | null,
    filter: TallerFilter,
    ordering: string,
    window: PageWindow,
  ): Promise<PageOfRows<TallerRow>> {
    const query = this.dataSource.manager.createQueryBuilder(tallerTable.schema, 't');
    if (scope !== null) query.andWhere('t.id = :scope', { scope });
    if (filter.isActive !== undefined) query.andWhere('t.is_active = :isActive', filter);
    if (filter.search !== undefined) {
      query.andWhere(
        '(searchable(t.name) LIKE searchable(:text) OR t.slug LIKE searchable(:text))',
        {
          text: anywhere(filter.search),
        },
      );
    }
    return findPage(query, ordering, 'id', window);
  }

  find(scope: string | null, id: string): Promise<TallerRow | null> {
    if (scope !== null && scope !== id) return Promise.resolve(null);
    return this.dataSource.manager.findOneBy(tallerTable.schema, { id });
  }
}
