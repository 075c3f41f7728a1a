import { RowConflict } from '#infrastructure/persistence/row-conflict.js';

/** A taken id is told by the name that it has in the body; the table calls it `id`. */
export async function underItsName<T>(member: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!(error instanceof RowConflict) || !error.fields.id) throw error;
    throw new RowConflict(error.kind, { [member]: error.fields.id });
  }
}
