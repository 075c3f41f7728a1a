import type { DataSource, EntitySchema } from 'typeorm';
import { anywhere, findPage, type PageOfRows, type PageWindow } from './find-page.js';
import { type CatalogRow, phaseSchema, serviceTypeSchema } from './schema/catalog.schema.js';

export interface ServiceTypeWithSubtypes extends CatalogRow {
  /** In order. */
  subtypes: CatalogRow[];
}

/** Reads phases and service types, which are the same for every workshop. */
export class CatalogRepository {
  constructor(private readonly dataSource: DataSource) {}

  phases(
    search: string | undefined,
    ordering: string,
    window: PageWindow,
  ): Promise<PageOfRows<CatalogRow>> {
    return this.page(phaseSchema, search, ordering, window);
  }

  /** @param reference slug or UUID */
  phase(reference: string): Promise<CatalogRow | null> {
    return this.find(phaseSchema, reference);
  }

  async serviceTypes(
    search: string | undefined,
    ordering: string,
    window: PageWindow,
  ): Promise<PageOfRows<ServiceTypeWithSubtypes>> {
    const { count, rows } = await this.page(serviceTypeSchema, search, ordering, window);
    return { count, rows: await this.withSubtypes(rows) };
  }

  /** @param reference slug or UUID */
  async serviceType(reference: string): Promise<ServiceTypeWithSubtypes | null> {
    const row = await this.find(serviceTypeSchema, reference);
    const [whole] = row ? await this.withSubtypes([row]) : [];
    return whole ?? null;
  }

  private page(
    schema: EntitySchema<CatalogRow>,
    search: string | undefined,
    ordering: string,
    window: PageWindow,
  ): Promise<PageOfRows<CatalogRow>> {
    const query = this.dataSource.manager.createQueryBuilder(schema, 'c');
    if (search !== undefined) {
      query.andWhere(
        '(searchable(c.name) LIKE searchable(:text) OR c.slug LIKE searchable(:text))',
        { text: anywhere(search) },
      );
    }
    return findPage(query, ordering, 'id', window);
  }

  private find(schema: EntitySchema<CatalogRow>, reference: string): Promise<CatalogRow | null> {
    return this.dataSource.manager
      .createQueryBuilder(schema, 'c')
      .where('c.slug = :reference OR c.id::text = lower(:reference)', { reference })
      .getOne();
  }

  private async withSubtypes(rows: readonly CatalogRow[]): Promise<ServiceTypeWithSubtypes[]> {
    const subtypes = await this.dataSource.query<(CatalogRow & { owner: string })[]>(
      `SELECT service_type_id AS owner, id, slug, name, icon, "order" FROM service_subtype
       WHERE service_type_id = ANY($1) ORDER BY "order", id`,
      [rows.map(({ id }) => id)],
    );
    return rows.map((row) => ({
      ...row,
      subtypes: subtypes
        .filter(({ owner }) => owner === row.id)
        .map(({ owner: _, ...subtype }) => subtype),
    }));
  }
}
