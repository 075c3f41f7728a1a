import type { FieldErrors } from '#domain/errors.js';
import { membersOf } from './transient-errors.js';

/**
 * A row that the others do not allow.
 *
 * - `duplicate`: another row has these values already
 * - `unknown_reference`: a field names a row that there is not
 * - `in_use`: the row cannot go while others name it
 */
export class RowConflict extends Error {
  constructor(
    readonly kind: 'duplicate' | 'unknown_reference' | 'in_use',
    readonly fields: FieldErrors,
  ) {
    super(`${kind}: ${Object.keys(fields).join(', ')}`);
  }
}

/**
 * What Postgres' refusal of a write says in the table's own words; undefined for any other error.
 *
 * @param written the table that the statement wrote to
 */
export function rowConflictOf(error: unknown, written: string): RowConflict | undefined {
  const { code, table, detail } = membersOf(error);
  // `Key (a, b)=(1, 2) already exists.`; only the sentence after it depends on the server's language.
  const columns = /\(([^)]+)\)=/.exec(detail)?.[1]?.replaceAll('"', '').split(', ') ?? ['request'];
  if (code === '23505') return new RowConflict('duplicate', told(columns, 'is taken already'));
  // 23001: since Postgres 18, for a reference that restricts.
  if (code !== '23503' && code !== '23001') return undefined;
  return table === written
    ? new RowConflict('unknown_reference', told(columns, 'names nothing known'))
    : new RowConflict('in_use', told([table], 'still names it'));
}

function told(names: readonly string[], why: string): FieldErrors {
  return Object.fromEntries(names.map((name) => [name, [why]]));
}
