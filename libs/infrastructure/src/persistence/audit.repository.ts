import type { DataSource } from 'typeorm';
import { anywhere, findPage, type PageOfRows, type PageWindow } from './find-page.js';
import { type AuditEntryRow, auditEntrySchema } from './schema/audit-entry.schema.js';

export interface AuditFilter {
  search?: string;
  resource?: string;
  resourceId?: string;
  authorId?: string;
  action?: string;
  /** ISO 8601; the second is not within. */
  createdAfter?: string;
  createdBefore?: string;
}

/** Reads the audit trail. A key that is bound to a workshop sees that workshop's entries alone. */
export class AuditRepository {
  constructor(private readonly dataSource: DataSource) {}

  page(
    scope: string | null,
    filter: AuditFilter,
    ordering: string,
    window: PageWindow,
  ): Promise<PageOfRows<AuditEntryRow>> {
    const query = this.dataSource.manager.createQueryBuilder(auditEntrySchema, 'a');
    if (scope !== null) query.andWhere('a.taller_id = :scope', { scope });
    if (filter.resource !== undefined) query.andWhere('a.resource = :resource', filter);
    if (filter.resourceId !== undefined) query.andWhere('a.resource_id = :resourceId', filter);
    if (filter.authorId !== undefined) query.andWhere('a.author_id = :authorId', filter);
    if (filter.action !== undefined) query.andWhere('a.action = :action', filter);
    if (filter.createdAfter !== undefined) query.andWhere('a.at >= :createdAfter', filter);
    if (filter.createdBefore !== undefined) query.andWhere('a.at < :createdBefore', filter);
    if (filter.search !== undefined) query.andWhere(named, { text: anywhere(filter.search) });
    return findPage(query, ordering, 'id', window);
  }
}

const named = `(searchable(a.author_name) LIKE searchable(:text)
  OR searchable(a.resource) LIKE searchable(:text)
  OR searchable(a.resource_id) LIKE searchable(:text))`;
