import type { EntitySchema, ObjectLiteral } from 'typeorm';

/** A table whose rows are changed one at a time by people and by the core system. */
export interface Table<Row extends ObjectLiteral> {
  schema: EntitySchema<Row>;
  /** The columns of the primary key. */
  key: readonly (keyof Row & string)[];
  /**
   * What the audit trail calls a row. Absent for tables that hold personal data: the trail is
   * kept for good, and a person may ask to be forgotten.
   */
  audit?: {
    resource: string;
    /** Columns told as set or not set, never by value. */
    secret?: readonly (keyof Row & string)[];
  };
}
