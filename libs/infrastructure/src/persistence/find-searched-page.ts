import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { PageOfRows, PageWindow } from './find-page.js';

/**
 * As `findPage`, for a query that searches texts: the rows are found first and put in order then.
 * Left to itself Postgres walks the index of the order until it has met a page of matches, as if
 * they were spread evenly; those of a name all stand together, so that `rosa` took 270 ms among
 * 200,000 customers in place of 25.
 */
export async function findSearchedPage<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  ordering: string,
  key: string,
  { offset, limit }: PageWindow,
): Promise<PageOfRows<Row>> {
  const direction = ordering.startsWith('-') ? 'DESC' : 'ASC';
  const column = ordering.replace(/^-/, '');
  const order = column === key ? [key] : [column, key];
  const columns = query.connection
    .getMetadata(query.expressionMap.mainAlias?.target ?? '')
    .columns.map(({ databaseName }) => databaseName);
  const [found, parameters] = query
    .clone()
    .select(columns.map((name) => `${query.alias}.${name} AS "${name}"`))
    .getQueryAndParameters();
  // OFFSET 0 keeps the planner from drawing the order into the search.
  const rows = await query.connection.query<Row[]>(
    `SELECT * FROM (${found} OFFSET 0) AS found
     ORDER BY ${order.map((name) => `"${name}" ${direction}`).join(', ')}
     LIMIT ${limit} OFFSET ${offset}`,
    parameters,
  );
  return { rows, count: await query.getCount() };
}
