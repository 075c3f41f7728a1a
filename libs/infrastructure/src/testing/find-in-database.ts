import type { DataSource } from 'typeorm';

/**
 * Where any of some texts stands in a database: every table of every schema, BullMQ's among them,
 * all columns as text, whatever case and accents. Bytes are searched for the texts' UTF-8.
 *
 * @returns `schema.table: text` for each find
 */
export async function findInDatabase(
  dataSource: DataSource,
  texts: readonly string[],
): Promise<string[]> {
  const tables = await dataSource.query<{ name: string }[]>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
     ORDER BY name`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await dataSource.query<{ found: string[] }[]>(
      `SELECT coalesce(array_agg(DISTINCT needle), '{}') AS found
       FROM (SELECT searchable(r::text) AS row FROM ${name} r OFFSET 0) AS plain,
         unnest($1::text[]) AS needle
       WHERE strpos(row, searchable(needle)) > 0
         OR strpos(row, encode(convert_to(needle, 'UTF8'), 'hex')) > 0`,
      [texts],
    );
    found.push(...(row?.found ?? []).map((text) => `${name}: ${text}`));
  }
  return found;
}
