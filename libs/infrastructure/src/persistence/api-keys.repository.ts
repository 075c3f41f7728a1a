import type { DataSource } from 'typeorm';
import { anywhere, findPage, type PageOfRows, type PageWindow } from './find-page.js';
import { type ApiKeyRow, type ApiKeyStatus, apiKeyTable } from './schema/api-key.schema.js';

export interface ApiKeyFilter {
  search?: string;
  status?: ApiKeyStatus;
  /** Null: those that act for all workshops. */
  tallerId?: string | null;
}

/** Reads keys, ended ones too. Who is bound to one workshop sees that one's alone. */
export class ApiKeysRepository {
  constructor(private readonly dataSource: DataSource) {}

  page(
    scope: string | null,
    filter: ApiKeyFilter,
    ordering: string,
    window: PageWindow,
  ): Promise<PageOfRows<ApiKeyRow>> {
    const query = this.dataSource.manager.createQueryBuilder(apiKeyTable.schema, 'k');
    if (scope !== null) query.andWhere('k.taller_id = :scope', { scope });
    if (filter.tallerId === null) query.andWhere('k.taller_id IS NULL');
    else if (filter.tallerId !== undefined) query.andWhere('k.taller_id = :tallerId', filter);
    if (filter.status !== undefined) query.andWhere(withStatus[filter.status]);
    if (filter.search !== undefined) {
      query.andWhere(
        '(searchable(k.name) LIKE searchable(:text) OR starts_with(k.prefix, :start))',
        { text: anywhere(filter.search), start: filter.search },
      );
    }
    return findPage(query, ordering, 'id', window);
  }

  find(scope: string | null, id: string): Promise<ApiKeyRow | null> {
    return this.dataSource.manager.findOneBy(apiKeyTable.schema, keyWithin(scope, id));
  }
}

/** A key as a caller may name it: one that is bound to a workshop names that one's alone. */
export function keyWithin(scope: string | null, id: string): { id: string; taller_id?: string } {
  return scope === null ? { id } : { id, taller_id: scope };
}

const withStatus: Readonly<Record<ApiKeyStatus, string>> = {
  active: 'k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())',
  expired: 'k.revoked_at IS NULL AND k.expires_at <= now()',
  revoked: 'k.revoked_at IS NOT NULL',
};
