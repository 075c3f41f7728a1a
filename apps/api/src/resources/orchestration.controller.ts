import { Body, Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { ids } from '#contracts/http/examples.js';
import {
  OrchestrationInput,
  OrchestrationPage,
  OrchestrationPatch,
  OrchestrationQuery,
  OrchestrationView,
} from '#contracts/http/orchestration.dto.js';
import { withOptions } from '#domain/orchestration/edit-matrix.js';
import { OrchestrationRepository } from '#infrastructure/persistence/orchestration.repository.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { type Caller, CallerParam } from '../access/access.js';
import { CheckedBody, CheckedQuery } from '../http/checked-input.pipe.js';
import { endpointsOf, uuidLike } from '../http/endpoints.js';
import { IdParam } from '../http/id-param.pipe.js';
import { listed, type Window } from '../http/paging.js';
import { withIds } from '../http/with-ids.js';
import { found, type Writer, WriterParam } from '../http/writer.js';
import { idsOfQuery } from './ids-of-query.js';
import { OrchestrationEdits } from './orchestration-edits.js';
import { cellsOf, viewOf } from './orchestration-view.js';
import { tallerOfBody } from './taller-of-body.js';

const { Lists, Gets, Creates, Replaces, Patches, Removes } = endpointsOf({
  one: 'Orchestration',
  many: 'Orchestrations',
  aThing: 'an orchestration configuration',
  things: 'orchestration configurations',
  view: OrchestrationView,
  page: OrchestrationPage,
  id: uuidLike(ids.config),
  about: {
    list: '`search` looks into the names and slugs of service types and workshops.',
    create: 'Of one service type, target and workshop there is one.',
    remove: 'Its matrix goes with it; dispatches find the global one then, or none.',
  },
  writeScope: 'write',
});

@ApiTags('orchestration')
@Controller('api/v1/notifications/orchestration')
export class OrchestrationController {
  constructor(
    private readonly configs: OrchestrationRepository,
    private readonly edits: OrchestrationEdits,
    private readonly setups: SetupCache,
    private readonly dataSource: DataSource,
  ) {}

  @Lists()
  async list(
    @Query(new CheckedQuery(OrchestrationQuery)) query: OrchestrationQuery,
    @CallerParam() { tallerId }: Caller,
    @Req() request: FastifyRequest,
  ): Promise<OrchestrationPage> {
    const { search, target, is_active: isActive, ordering = 'created_at' } = query;
    const ids = await idsOfQuery(await this.setups.current(), this.dataSource, query);
    const { serviceTypeId, tallerId: wanted } = ids;
    const filter = { search, target, isActive, serviceTypeId, tallerId: wanted };
    const read = (window: Window) => this.configs.page(tallerId, filter, ordering, window);
    return listed(request, query, read, viewOf);
  }

  @Gets()
  async get(
    @Param('id', new IdParam()) id: string,
    @CallerParam() { tallerId }: Caller,
  ): Promise<OrchestrationView> {
    return viewOf(found(await this.configs.find(tallerId, id), 'orchestration configuration'));
  }

  @Creates()
  async create(
    @Body(new CheckedBody(OrchestrationInput)) input: OrchestrationInput,
    @WriterParam() writer: Writer,
  ): Promise<OrchestrationView> {
    const { row, cells = [], phases } = await this.readWhole(input, writer);
    return this.edits.create(writer, { ...row, id: uuidv7() }, withOptions(cells, []), phases);
  }

  @Replaces()
  async replace(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(OrchestrationInput)) input: OrchestrationInput,
    @WriterParam() writer: Writer,
  ): Promise<OrchestrationView> {
    const { row, cells, phases } = await this.readWhole(input, writer);
    return this.edits.alter(writer, id, phases, (current, now) => {
      Object.assign(current, row);
      return cells ? withOptions(cells, now) : now;
    });
  }

  @Patches()
  async patch(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(OrchestrationPatch)) patch: OrchestrationPatch,
    @WriterParam() writer: Writer,
  ): Promise<OrchestrationView> {
    const { row, cells, phases } = await this.readPart(patch, writer);
    return this.edits.alter(writer, id, phases, (current, now) => {
      Object.assign(current, row);
      return cells ? withOptions(cells, now) : now;
    });
  }

  @Removes()
  async remove(@Param('id', new IdParam()) id: string, @WriterParam() writer: Writer) {
    const { phases } = await this.setups.current();
    await this.edits.remove(writer, id, phases);
  }

  private async readWhole(input: OrchestrationInput, writer: Writer) {
    const { row, ...rest } = await this.read(input);
    const taller_id = await this.tallerOf(input, writer);
    return { row: { is_active: true, ...row, taller_id }, ...rest };
  }

  private async readPart(patch: OrchestrationPatch, writer: Writer) {
    const { row, ...rest } = await this.read(patch);
    if (patch.taller_id === undefined) return { row, ...rest };
    return { row: { ...row, taller_id: await this.tallerOf(patch, writer) }, ...rest };
  }

  private async tallerOf({ taller_id }: OrchestrationPatch, { caller }: Writer) {
    return (await tallerOfBody(this.dataSource.manager, caller, taller_id)).id;
  }

  private async read({ matrix, taller_id: _taller, ...input }: OrchestrationPatch) {
    const setup = await this.setups.current();
    const { phases } = setup;
    return { row: withIds(setup, input), cells: matrix && cellsOf(matrix, phases), phases };
  }
}
