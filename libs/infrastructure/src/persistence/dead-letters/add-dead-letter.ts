import type { EntityManager } from 'typeorm';

/** Something that failed for good. */
export interface NewDeadLetter {
  /** The failed notification's or task's own. */
  id: string;
  kind: 'notification' | 'sync';
  /** Stable, `snake_case`; dead letters are grouped by it. */
  cause: string;
  /** For people; nothing of a customer stands in it. */
  detail: string | null;
  tallerId: string | null;
}

/** Puts what ended in failure where people look for it, in the transaction that ends it. */
export async function addDeadLetter(
  manager: EntityManager,
  { id, kind, cause, detail, tallerId }: NewDeadLetter,
): Promise<void> {
  await manager.query(
    'INSERT INTO dead_letter (id, kind, cause, detail, taller_id) VALUES ($1, $2, $3, $4, $5)',
    [id, kind, cause, detail, tallerId],
  );
}
