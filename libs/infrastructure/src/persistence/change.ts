import { isDeepStrictEqual } from 'node:util';
import type { EntityManager, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { rowConflictOf } from './row-conflict.js';
import type { Table } from './schema/table.js';

/** Who changes something, as the audit trail names them. */
export interface Author {
  /** The API key's id, the staff member's subject, or `anonymous`. */
  id: string;
  name: string;
  requestId: string | null;
}

export interface AuditNote {
  action: string;
  resource: string;
  resourceId: string;
  tallerId: string | null;
  /** Member to [before, after]. */
  changes: Record<string, [unknown, unknown]>;
}

/** Writes rows within one transaction, and what the audit trail keeps of them with them. */
export class Change {
  constructor(
    /** For statements that are not about one row. */
    readonly manager: EntityManager,
    private readonly author: Author,
  ) {}

  /** Throws {@link RowConflict} for a row that is there already or names what is not there. */
  async insert<Row extends ObjectLiteral>(table: Table<Row>, row: Partial<Row>): Promise<Row> {
    const { name } = this.manager.connection.getMetadata(table.schema);
    await guarded(name, () =>
      this.manager.createQueryBuilder().insert().into(table.schema).values(row).execute(),
    );
    const stored = await this.manager.findOneByOrFail(table.schema, keyOf(table, row));
    await this.keep(table, 'created', undefined, stored);
    return stored;
  }

  /**
   * Locks the row, lets it be altered, and writes what became different; a row that stays as it
   * was is not written. Null when there is no such row.
   *
   * @param alter changes the row in place; what it throws leaves the row as it was
   */
  async update<Row extends ObjectLiteral>(
    table: Table<Row>,
    where: FindOptionsWhere<Row>,
    alter: (row: Row) => void | Promise<void>,
  ): Promise<Row | null> {
    const row = await this.lock(table, where);
    if (!row) return null;
    const before = { ...row };
    await alter(row);
    const different = differences(before, row);
    if (Object.keys(different).length === 0) return before;
    const { name } = this.manager.connection.getMetadata(table.schema);
    await guarded(name, () =>
      this.manager
        .createQueryBuilder()
        .update(table.schema)
        .set(different)
        .where(keyOf(table, before))
        .execute(),
    );
    const stored = await this.manager.findOneByOrFail(table.schema, keyOf(table, before));
    await this.keep(table, 'changed', before, stored);
    return stored;
  }

  /** Gives back the row that is gone; null when there was none. */
  async remove<Row extends ObjectLiteral>(
    table: Table<Row>,
    where: FindOptionsWhere<Row>,
    check: (row: Row) => void = () => undefined,
  ): Promise<Row | null> {
    const row = await this.lock(table, where);
    if (!row) return null;
    check(row);
    const { name } = this.manager.connection.getMetadata(table.schema);
    await guarded(name, () => this.manager.delete(table.schema, keyOf(table, row)));
    await this.keep(table, 'deleted', row, undefined);
    return row;
  }

  /** Adds to the audit trail what the other methods cannot know of. */
  async note(note: AuditNote): Promise<void> {
    await this.manager.query(
      `INSERT INTO audit_entry (id, author_id, author_name, request_id, action, resource,
         resource_id, taller_id, changes)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        uuidv7(),
        this.author.id,
        this.author.name,
        this.author.requestId,
        note.action,
        note.resource,
        note.resourceId,
        note.tallerId,
        JSON.stringify(note.changes),
      ],
    );
  }

  private lock<Row extends ObjectLiteral>(
    { schema }: Table<Row>,
    where: FindOptionsWhere<Row>,
  ): Promise<Row | null> {
    return this.manager.findOne(schema, { where, lock: { mode: 'pessimistic_write' } });
  }

  private async keep<Row extends ObjectLiteral>(
    table: Table<Row>,
    action: string,
    before: Row | undefined,
    after: Row | undefined,
  ): Promise<void> {
    const row: ObjectLiteral | undefined = after ?? before;
    if (!table.audit || !row) return;
    const { resource, secret = [] } = table.audit;
    const hidden = new Set<string>([...secret, 'created_at', 'updated_at']);
    const told = (side: Row | undefined, name: string): unknown => {
      const value: unknown = side?.[name] ?? null;
      if (!secret.includes(name)) return value;
      return value === null ? 'not set' : 'set';
    };
    const names = Object.keys(differences(before ?? {}, after ?? {})).filter(
      (name) => !hidden.has(name) || secret.includes(name),
    );
    await this.note({
      action,
      resource,
      resourceId: table.key.map((name) => String(row[name])).join('/'),
      tallerId: resource === 'taller' ? row.id : (row.taller_id ?? null),
      changes: Object.fromEntries(
        names.map((name) => [name, [told(before, name), told(after, name)]]),
      ),
    });
  }
}

async function guarded<T>(table: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw rowConflictOf(error, table) ?? error;
  }
}

function keyOf<Row extends ObjectLiteral>(
  { key }: Table<Row>,
  row: Partial<Row>,
): FindOptionsWhere<Row> {
  const where: FindOptionsWhere<Row> = {};
  for (const name of key) where[name] = row[name];
  return where;
}

/** The members of `after` that `before` has not, or has otherwise. */
function differences<Row extends object>(before: object, after: Row): Partial<Row> {
  const different: Partial<Row> = {};
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const name of names) {
    const value: unknown = Reflect.get(after, name);
    if (!isDeepStrictEqual(Reflect.get(before, name), value)) Reflect.set(different, name, value);
  }
  return different;
}
