import type pg from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { keepsSessions } from './poolers.js';

/** A statement of the hot path: the same text every time, under a name of its own. */
export interface PreparedStatement {
  name: string;
  text: string;
}

/** Up to so many items a statement is that of an idle service; under load they are more. */
const few = 4;

/**
 * A statement over arrays, for `few` items and for many. Postgres keeps a plan only while it looks
 * no dearer than one made for the values at hand, and for the one item of an idle service that
 * never holds: the statement was planned each time, for 0.3 to 0.6 ms. Behind a sub-select their
 * number cannot be seen, so the plan of `few` is kept. Many are worth a plan of their own.
 *
 * @param text the statement, `given` wrapping each array parameter: `unnest(${given('$1::int[]')})`
 */
export function preparedForCount(
  name: string,
  text: (given: (array: string) => string) => string,
): (count: number) => PreparedStatement {
  const forFew = { name: `${name}_few`, text: text((array) => `(SELECT ${array})`) };
  const forMany = { name, text: text((array) => array) };
  return (count) => (count <= few ? forFew : forMany);
}

/**
 * Runs a statement that each connection parses once. Planning the claims, records and reads of the
 * hot path anew took longer than running them: 1 to 2 ms each on an idle service.
 *
 * Behind a pooler that gives each transaction another connection, a name would not be known
 * there, so the statement is planned each time.
 */
export async function runPrepared<Row extends pg.QueryResultRow>(
  dataSource: DataSource,
  statement: PreparedStatement,
  values: readonly unknown[],
): Promise<Row[]> {
  const runner = dataSource.createQueryRunner();
  try {
    return await runPreparedOn<Row>(runner, statement, values);
  } finally {
    await runner.release();
  }
}

/** The same on a connection that is held already, inside its transaction if it has one. */
export async function runPreparedOn<Row extends pg.QueryResultRow>(
  runner: QueryRunner,
  { name, text }: PreparedStatement,
  values: readonly unknown[],
): Promise<Row[]> {
  const client: pg.ClientBase = await runner.connect();
  const query = { text, values: [...values] };
  const { rows } = await client.query<Row>(
    keepsSessions(urlOf(runner.dataSource)) ? { ...query, name } : query,
  );
  return rows;
}

/** Where a DataSource of ours connects to. */
export function urlOf({ options }: DataSource): string {
  return 'url' in options && options.url ? options.url : '';
}
