import { Body, Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import {
  StaffMemberInput,
  StaffMemberPage,
  StaffMemberPatch,
  StaffMembersQuery,
  StaffMemberView,
} from '#contracts/http/staff-members.dto.js';
import type { Change } from '#infrastructure/persistence/change.js';
import {
  type StaffMemberRow,
  staffMemberTable,
} from '#infrastructure/persistence/schema/staff-member.schema.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import {
  changeChoices,
  readChoices,
  type StaffChoicesChange,
} from '#infrastructure/persistence/staff-choices.js';
import { StaffMembersRepository } from '#infrastructure/persistence/staff-members.repository.js';
import { type Caller, CallerParam, requireTaller } from '../access/access.js';
import { CheckedBody, CheckedQuery } from '../http/checked-input.pipe.js';
import { endpointsOf } from '../http/endpoints.js';
import { IdParam } from '../http/id-param.pipe.js';
import { addressOf, pageOf, windowOf } from '../http/paging.js';
import { withIds } from '../http/with-ids.js';
import { found, requireMatch, type Writer, WriterParam } from '../http/writer.js';
import { Writes } from '../http/writes.js';
import { checkedContacts } from './checked-contacts.js';
import { choicesOf, viewOf, wholeMember } from './staff-member-input.js';
import { tallerOfBody } from './taller-of-body.js';

const { Lists, Gets, Creates, Replaces, Patches, Removes } = endpointsOf({
  one: 'StaffMember',
  many: 'StaffMembers',
  aThing: 'a member of staff',
  things: 'staff members',
  view: StaffMemberView,
  page: StaffMemberPage,
  writeScope: 'admin',
});
const what = 'staff member';

@ApiTags('staff')
@Controller('api/v1/notifications/staff-members')
export class StaffMembersController {
  constructor(
    private readonly staff: StaffMembersRepository,
    private readonly setups: SetupCache,
    private readonly writes: Writes,
  ) {}

  @Lists()
  async list(
    @Query(new CheckedQuery(StaffMembersQuery)) query: StaffMembersQuery,
    @CallerParam() { tallerId }: Caller,
    @Req() request: FastifyRequest,
  ): Promise<StaffMemberPage> {
    const { taller_id, phase_id } = withIds(await this.setups.current(), query);
    const { count, rows } = await this.staff.page(
      tallerId,
      {
        search: query.search,
        tallerId: taller_id,
        phaseId: phase_id,
        isActive: query.is_active,
      },
      query.ordering ?? 'name',
      windowOf(query),
    );
    return pageOf(addressOf(request), query, count, rows.map(viewOf));
  }

  @Gets()
  async get(
    @Param('id', new IdParam()) id: string,
    @CallerParam() { tallerId }: Caller,
  ): Promise<StaffMemberView> {
    return viewOf(found(await this.staff.find(tallerId, id), what));
  }

  @Creates()
  async create(
    @Body(new CheckedBody(StaffMemberInput)) input: StaffMemberInput,
    @WriterParam() writer: Writer,
  ): Promise<StaffMemberView> {
    const whole = wholeMember(input, writer.caller);
    const choices = await this.choicesOf(whole);
    return this.writes.run(writer, async (change) => {
      const row = await rowOf(change.manager, writer.caller, whole);
      const { id } = await change.insert(staffMemberTable, { ...row, id: uuidv7() });
      return this.finish(change, id, choices);
    });
  }

  @Replaces()
  async replace(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(StaffMemberInput)) input: StaffMemberInput,
    @WriterParam() writer: Writer,
  ): Promise<StaffMemberView> {
    return this.alter(id, writer, wholeMember(input, writer.caller));
  }

  @Patches()
  patch(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(StaffMemberPatch)) patch: StaffMemberPatch,
    @WriterParam() writer: Writer,
  ): Promise<StaffMemberView> {
    return this.alter(id, writer, patch);
  }

  @Removes()
  async remove(@Param('id', new IdParam()) id: string, @WriterParam() writer: Writer) {
    await this.writes.run(writer, async (change) => {
      const check = (row: StaffMemberRow) => requireSame(change, writer, row);
      found(await change.update(staffMemberTable, { id }, check), what);
      await change.remove(staffMemberTable, { id });
    });
  }

  private async alter(
    id: string,
    writer: Writer,
    input: StaffMemberPatch,
  ): Promise<StaffMemberView> {
    const choices = await this.choicesOf(input);
    return this.writes.run(writer, async (change) => {
      const row = await change.update(staffMemberTable, { id }, async (current) => {
        await requireSame(change, writer, current);
        const { taller_id = current.taller_id } = input;
        const altered = await rowOf(change.manager, writer.caller, { ...input, taller_id });
        Object.assign(current, altered);
      });
      return this.finish(change, found(row, what).id, choices);
    });
  }

  private async finish({ manager }: Change, id: string, choices: StaffChoicesChange) {
    await changeChoices(manager, id, choices);
    return viewOf(found(await this.staff.find(null, id, manager), what));
  }

  private async choicesOf(input: StaffMemberPatch): Promise<StaffChoicesChange> {
    const { phases } = await this.setups.current();
    return choicesOf(input, phases);
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
