import { Body, Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { ids } from '#contracts/http/examples.js';
import {
  TemplateInput,
  TemplatePage,
  TemplatePatch,
  TemplatesQuery,
  TemplateView,
} from '#contracts/http/templates.dto.js';
import { TemplateEngine } from '#domain/ports/template-engine.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { TemplatesRepository } from '#infrastructure/persistence/templates.repository.js';
import { type Caller, CallerParam } from '../access/access.js';
import { CheckedBody, CheckedQuery } from '../http/checked-input.pipe.js';
import { endpointsOf, uuidLike } from '../http/endpoints.js';
import { IdParam } from '../http/id-param.pipe.js';
import { listed } from '../http/paging.js';
import { found, type Writer, WriterParam } from '../http/writer.js';
import { idsOfQuery } from './ids-of-query.js';
import { TemplateEditor } from './template-editor.js';
import { filterOf } from './template-filter.js';
import { templateView } from './template-views.js';

const { Lists, Gets, Creates, Replaces, Patches, Removes } = endpointsOf({
  one: 'Template',
  many: 'Templates',
  aThing: 'a template',
  things: 'templates',
  view: TemplateView,
  page: TemplatePage,
  id: uuidLike(ids.template),
  about: {
    list: '`search` looks into name and text.',
    create:
      'A text that does not parse, or names a variable that does not exist, is a 400 that points at line and column.',
    remove: 'What was sent with it keeps its text.',
  },
  writeScope: 'write',
});

@ApiTags('templates')
@Controller('api/v1/notifications/templates')
export class TemplatesController {
  constructor(
    private readonly templates: TemplatesRepository,
    private readonly editor: TemplateEditor,
    private readonly setups: SetupCache,
    private readonly engine: TemplateEngine,
    private readonly dataSource: DataSource,
  ) {}

  @Lists()
  async list(
    @Query(new CheckedQuery(TemplatesQuery)) query: TemplatesQuery,
    @CallerParam() caller: Caller,
    @Req() request: FastifyRequest,
  ): Promise<TemplatePage> {
    const setup = await this.setups.current();
    const filter = filterOf(query, setup, await idsOfQuery(setup, this.dataSource, query));
    const { ordering = 'name' } = query;
    return listed(
      request,
      query,
      (window) => this.templates.page(caller.tallerId, filter, ordering, window),
      (record) => templateView(this.engine, record),
    );
  }

  @Gets()
  async get(
    @Param('id', new IdParam()) id: string,
    @CallerParam() { tallerId }: Caller,
  ): Promise<TemplateView> {
    return templateView(this.engine, found(await this.templates.find(tallerId, id), 'template'));
  }

  @Creates()
  create(
    @Body(new CheckedBody(TemplateInput)) input: TemplateInput,
    @WriterParam() writer: Writer,
  ): Promise<TemplateView> {
    return this.editor.create(writer, input);
  }

  @Replaces()
  replace(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(TemplateInput)) input: TemplateInput,
    @WriterParam() writer: Writer,
  ): Promise<TemplateView> {
    return this.editor.alter(writer, id, () => input);
  }

  @Patches()
  patch(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(TemplatePatch)) patch: TemplatePatch,
    @WriterParam() writer: Writer,
  ): Promise<TemplateView> {
    return this.editor.alter(writer, id, (now) => ({ ...now, ...patch }));
  }

  @Removes()
  async remove(@Param('id', new IdParam()) id: string, @WriterParam() writer: Writer) {
    await this.editor.remove(writer, id);
  }
}
