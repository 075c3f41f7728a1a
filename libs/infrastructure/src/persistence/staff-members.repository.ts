import type { DataSource, EntityManager } from 'typeorm';
import { findPage, type PageOfRows, type PageWindow } from './find-page.js';
import type { StaffMemberRow } from './schema/staff-member.schema.js';
import { staffMemberTable } from './schema/staff-member.schema.js';
import { whereWordsAreFound } from './search-words.js';
import { readChoices, type StaffChoices } from './staff-choices.js';

export interface StaffMemberFilter {
  search?: string;
  tallerId?: string;
  /** Those who follow this phase. */
  phaseId?: string;
  isActive?: boolean;
}

export type StaffMember = StaffMemberRow & StaffChoices;

/** Reads those who work in the workshops. A key that is bound to one sees its people alone. */
export class StaffMembersRepository {
  constructor(private readonly dataSource: DataSource) {}

  async page(
    scope: string | null,
    filter: StaffMemberFilter,
    ordering: string,
    window: PageWindow,
  ): Promise<PageOfRows<StaffMember>> {
    const { manager } = this.dataSource;
    const query = manager.createQueryBuilder(staffMemberTable.schema, 'm');
    if (scope !== null) query.andWhere('m.taller_id = :scope', { scope });
    if (filter.tallerId !== undefined) query.andWhere('m.taller_id = :tallerId', filter);
    if (filter.isActive !== undefined) query.andWhere('m.is_active = :isActive', filter);
    if (filter.phaseId !== undefined) query.andWhere(follows, filter);
    if (filter.search !== undefined) whereWordsAreFound(query, filter.search);
    const { count, rows } = await findPage(query, ordering, 'id', window);
    return { count, rows: await withChoices(manager, rows) };
  }

  /** @param manager of a transaction that changed it, to see it as it is there */
  async find(
    scope: string | null,
    id: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<StaffMember | null> {
    const where = scope === null ? { id } : { id, taller_id: scope };
    const row = await manager.findOneBy(staffMemberTable.schema, where);
    const [member] = row ? await withChoices(manager, [row]) : [];
    return member ?? null;
  }
}

const follows = `EXISTS (SELECT FROM staff_phase f
  WHERE f.staff_member_id = m.id AND f.phase_id = :phaseId)`;

async function withChoices(
  manager: EntityManager,
  rows: readonly StaffMemberRow[],
): Promise<StaffMember[]> {
  const choices = await readChoices(
    manager,
    rows.map(({ id }) => id),
  );
  return rows.map((row, index) => Object.assign(row, choices[index]));
}
