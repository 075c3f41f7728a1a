import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

export interface PageOfRows<Row> {
  /** Of all pages. */
  count: number;
  rows: Row[];
}

export interface PageWindow {
  offset: number;
  limit: number;
}

/**
 * One page of a query, and how many rows it has in all.
 *
 * @param ordering a column of the query's table, `-` before it for the last first
 * @param key settles the order of what is otherwise equal, so that no row is on two pages
 * @param nulls `NULLS LAST` where rows without a value are the last in both directions, which an
 *   index serves in one alone
 */
export async function findPage<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  ordering: string,
  key: string,
  { offset, limit }: PageWindow,
  nulls?: 'NULLS LAST',
): Promise<PageOfRows<Row>> {
  const direction = ordering.startsWith('-') ? 'DESC' : 'ASC';
  const column = ordering.replace(/^-/, '');
  query.orderBy(`${query.alias}.${column}`, direction, nulls);
  if (column !== key) query.addOrderBy(`${query.alias}.${key}`, direction);
  const [rows, count] = await query.offset(offset).limit(limit).getManyAndCount();
  return { count, rows };
}

/**
 * Text for the right side of LIKE that is found anywhere, with no wildcard of the caller's.
 * Decomposed here, as searchable() does it, so that no full-width % becomes one there.
 */
export function anywhere(text: string): string {
  return `%${text.normalize('NFKD').replace(/[\\%_]/g, '\\$&')}%`;
}
