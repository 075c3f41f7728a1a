import type { DataSource } from 'typeorm';
import { tallerByReference } from '#infrastructure/persistence/taller-by-reference.js';
import type { Caller } from '../access/access.js';
import { badField } from '../http/problem.js';

/** Reads the workshop that a query is narrowed to. */
export class TallerFilter {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The workshop's id, or null for all. One that is not there, or that the caller may not see, is
   * a 400.
   */
  async read({ tallerId }: Caller, reference: string | undefined): Promise<string | null> {
    if (reference === undefined) return tallerId;
    const taller = await tallerByReference(this.dataSource, reference);
    if (taller && (tallerId === null || tallerId === taller.id)) return taller.id;
    throw badField('taller_id', 'names nothing known');
  }
}
