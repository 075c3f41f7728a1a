import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { StaffMemberPatch, StaffMemberView } from '#contracts/http/staff-members.dto.js';
import type { Change } from '#infrastructure/persistence/change.js';
import {
  type StaffMemberRow,
  staffMemberTable,
} from '#infrastructure/persistence/schema/staff-member.schema.js';
import type { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { changeChoices, readChoices } from '#infrastructure/persistence/staff-choices.js';
import type { StaffMembersRepository } from '#infrastructure/persistence/staff-members.repository.js';
import { type Caller, requireTaller } from '../access/access.js';
import { found, requireMatch, type Writer } from '../http/writer.js';
import type { Writes } from '../http/writes.js';
import { checkedContacts } from './checked-contacts.js';
import { choicesOf, viewOf } from './staff-member-input.js';
import { tallerOfBody } from './taller-of-body.js';

const what = 'staff member';

/** Changes a member of staff with the phases and preferences that are its own. */
export class StaffEdits {
  constructor(
    private readonly staff: StaffMembersRepository,
    private readonly setups: SetupCache,
    private readonly writes: Writes,
  ) {}

  async create(writer: Writer, input: StaffMemberPatch): Promise<StaffMemberView> {
    const choices = choicesOf(input, await this.setups.current());
    return this.writes.run(writer, async (change) => {
      const row = await rowOf(change.manager, writer.caller, input);
      const { id } = await change.insert(staffMemberTable, { ...row, id: uuidv7() });
      await changeChoices(change.manager, id, choices);
      return this.answer(change, id);
    });
  }

  async alter(writer: Writer, id: string, input: StaffMemberPatch): Promise<StaffMemberView> {
    const choices = choicesOf(input, await this.setups.current());
    return this.writes.run(writer, async (change) => {
      const row = await change.update(staffMemberTable, { id }, async (current) => {
        await requireSame(change, writer, current);
        const { taller_id = current.taller_id } = input;
        const altered = await rowOf(change.manager, writer.caller, { ...input, taller_id });
        Object.assign(current, altered);
      });
      await changeChoices(change.manager, found(row, what).id, choices);
      return this.answer(change, id);
    });
  }

  async remove(writer: Writer, id: string): Promise<void> {
    await this.writes.run(writer, async (change) => {
      const check = (row: StaffMemberRow) => requireSame(change, writer, row);
      found(await change.update(staffMemberTable, { id }, check), what);
      await change.remove(staffMemberTable, { id });
    });
  }

  private async answer({ manager }: Change, id: string): Promise<StaffMemberView> {
    return viewOf(found(await this.staff.find(null, id, manager), what));
  }
}

/** The locked row is the caller's to change, and as the caller has seen it. */
async function requireSame(change: Change, writer: Writer, row: StaffMemberRow): Promise<void> {
  requireTaller(writer.caller, row.taller_id, what);
  const [choices] = await readChoices(change.manager, [row.id]);
  requireMatch(writer, viewOf({ ...row, ...found(choices, what) }));
}

async function rowOf(
  manager: EntityManager,
  caller: Caller,
  { phase_ids: _phases, preferences: _preferences, ...input }: StaffMemberPatch,
): Promise<Partial<StaffMemberRow>> {
  const taller = await tallerOfBody(manager, caller, input.taller_id);
  return {
    ...input,
    ...checkedContacts(input, taller.country),
    taller_id: taller.id ?? undefined,
  };
}
