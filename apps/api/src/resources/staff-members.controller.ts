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
import { listed, type Window } from '../http/paging.js';
import { badField } from '../http/problem.js';
import { found, type Writer, WriterParam } from '../http/writer.js';
import { idsOfQuery } from './ids-of-query.js';
import { StaffEdits } from './staff-edits.js';
import { viewOf, wholeMember } from './staff-member-input.js';

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
    const { search, is_active: isActive, ordering = 'name' } = query;
    const ids = await idsOfQuery(await this.setups.current(), this.dataSource, query);
    const { phaseId, tallerId: wanted } = ids;
    // Everyone belongs to a workshop, so `null` names none.
    if (wanted === null) throw badField('taller_id', 'names nothing known');
    const filter = { search, isActive, phaseId, tallerId: wanted };
    const read = (window: Window) => this.staff.page(tallerId, filter, ordering, window);
    return listed(request, query, read, viewOf);
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
}
