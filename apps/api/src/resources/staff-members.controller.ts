import { Body, Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { ids } from '#contracts/http/examples.js';
import {
  StaffMemberInput,
  StaffMemberPage,
  StaffMemberPatch,
  StaffMembersQuery,
  StaffMemberView,
} from '#contracts/http/staff-members.dto.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { StaffMembersRepository } from '#infrastructure/persistence/staff-members.repository.js';
import { type Caller, CallerParam } from '../access/access.js';
import { CheckedBody, CheckedQuery } from '../http/checked-input.pipe.js';
import { endpointsOf, uuidLike } from '../http/endpoints.js';
import { IdParam } from '../http/id-param.pipe.js';
import { addressOf, pageOf, windowOf } from '../http/paging.js';
import { badField } from '../http/problem.js';
import { withIds } from '../http/with-ids.js';
import { found, type Writer, WriterParam } from '../http/writer.js';
import { StaffEdits } from './staff-edits.js';
import { viewOf, wholeMember } from './staff-member-input.js';
import { tallerOfQuery } from './taller-of-query.js';

const { Lists, Gets, Creates, Replaces, Patches, Removes } = endpointsOf({
  one: 'StaffMember',
  many: 'StaffMembers',
  aThing: 'a member of staff',
  things: 'staff members',
  view: StaffMemberView,
  page: StaffMemberPage,
  id: uuidLike(ids.staffMember),
  about: {
    list: '`search` finds those of whom each of its words is part of name, e-mail or phone.',
    remove: 'What the member followed and preferred goes, too.',
  },
  writeScope: 'admin',
});

@ApiTags('staff')
@Controller('api/v1/notifications/staff-members')
export class StaffMembersController {
  constructor(
    private readonly staff: StaffMembersRepository,
    private readonly setups: SetupCache,
    private readonly edits: StaffEdits,
    private readonly dataSource: DataSource,
  ) {}

  @Lists()
  async list(
    @Query(new CheckedQuery(StaffMembersQuery)) query: StaffMembersQuery,
    @CallerParam() { tallerId }: Caller,
    @Req() request: FastifyRequest,
  ): Promise<StaffMemberPage> {
    const { phase_id: wanted } = query;
    const { phase_id } = withIds(await this.setups.current(), { phase_id: wanted });
    const { count, rows } = await this.staff.page(
      tallerId,
      {
        search: query.search,
        tallerId: await this.tallerOf(query),
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
    return viewOf(found(await this.staff.find(tallerId, id), 'staff member'));
  }

  @Creates()
  async create(
    @Body(new CheckedBody(StaffMemberInput)) input: StaffMemberInput,
    @WriterParam() writer: Writer,
  ): Promise<StaffMemberView> {
    return this.edits.create(writer, wholeMember(input, writer.caller));
  }

  @Replaces()
  async replace(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(StaffMemberInput)) input: StaffMemberInput,
    @WriterParam() writer: Writer,
  ): Promise<StaffMemberView> {
    return this.edits.alter(writer, id, wholeMember(input, writer.caller));
  }

  @Patches()
  patch(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(StaffMemberPatch)) patch: StaffMemberPatch,
    @WriterParam() writer: Writer,
  ): Promise<StaffMemberView> {
    return this.edits.alter(writer, id, patch);
  }

  @Removes()
  async remove(@Param('id', new IdParam()) id: string, @WriterParam() writer: Writer) {
    await this.edits.remove(writer, id);
  }

  // Everyone belongs to a workshop, so `null` names none.
  private async tallerOf({ taller_id }: StaffMembersQuery): Promise<string | undefined> {
    const id = await tallerOfQuery(this.dataSource, taller_id);
    if (id === null) throw badField('taller_id', 'names nothing known');
    return id;
  }
}
