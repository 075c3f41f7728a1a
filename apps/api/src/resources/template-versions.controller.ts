import {
  applyDecorators,
  Controller,
  Get,
  HttpCode,
  Param,
  type PipeTransform,
  Post,
  Query,
  Req,
  UseInterceptors,
} from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ids } from '#contracts/http/examples.js';
import {
  TemplateVersionPage,
  TemplateVersionsQuery,
  TemplateVersionView,
} from '#contracts/http/template-versions.dto.js';
import { TemplateView } from '#contracts/http/templates.dto.js';
import { TemplateEngine } from '#domain/ports/template-engine.js';
import { TemplateVersionsRepository } from '#infrastructure/persistence/template-versions.repository.js';
import {
  type TemplateRecord,
  TemplatesRepository,
} from '#infrastructure/persistence/templates.repository.js';
import { type Caller, CallerParam, Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedQuery } from '../http/checked-input.pipe.js';
import { IdempotencyKey, IfMatch } from '../http/endpoints.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { IdParam } from '../http/id-param.pipe.js';
import { addressOf, pageOf, windowOf } from '../http/paging.js';
import { UuidInPath } from '../http/path-params.js';
import { badField } from '../http/problem.js';
import { found, type Writer, WriterParam } from '../http/writer.js';
import { TemplateEditor } from './template-editor.js';
import { versionView } from './template-views.js';

/** A version's number in the path. */
class VersionParam implements PipeTransform<unknown, number> {
  transform(value: unknown): number {
    if (typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value)) return Number(value);
    throw badField('version', 'must be a whole number from 1');
  }
}

const id = UuidInPath('The template.', ids.template);
const ofVersion = applyDecorators(
  id,
  ApiParam({
    name: 'version',
    description: "The version's number, from 1.",
    schema: { type: 'integer', minimum: 1, maximum: 999_999_999, example: 1 },
  }),
);

@ApiTags('templates')
@Controller('api/v1/notifications/templates/:id/versions')
export class TemplateVersionsController {
  constructor(
    private readonly templates: TemplatesRepository,
    private readonly versions: TemplateVersionsRepository,
    private readonly editor: TemplateEditor,
    private readonly engine: TemplateEngine,
  ) {}

  @Get('/')
  @Needs('read')
  @id
  @ApiOperation({
    operationId: 'listTemplateVersions',
    summary: "A page of a template's versions",
    description: 'The newest first. `search` looks into the text.',
  })
  @ApiResponse({ status: 200, type: TemplateVersionPage, description: 'One page.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async list(
    @Param('id', new IdParam()) templateId: string,
    @Query(new CheckedQuery(TemplateVersionsQuery)) query: TemplateVersionsQuery,
    @CallerParam() caller: Caller,
    @Req() request: FastifyRequest,
  ): Promise<TemplateVersionPage> {
    const { version } = await this.template(caller, templateId);
    const { count, rows } = await this.versions.page(templateId, query.search, windowOf(query));
    const views = rows.map((row) => versionView(this.engine, row, version));
    return pageOf(addressOf(request), query, count, views);
  }

  @Get(':version/')
  @Needs('read')
  @ofVersion
  @ApiOperation({
    operationId: 'getTemplateVersion',
    summary: 'Read a version of a template',
    description: 'It never changes.',
  })
  @ApiResponse({ status: 200, type: TemplateVersionView, description: 'As it was kept.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async get(
    @Param('id', new IdParam()) templateId: string,
    @Param('version', new VersionParam()) version: number,
    @CallerParam() caller: Caller,
  ): Promise<TemplateVersionView> {
    const template = await this.template(caller, templateId);
    const row = found(await this.versions.find(templateId, version), 'version');
    return versionView(this.engine, row, template.version);
  }

  @Post(':version/restore/')
  @HttpCode(200)
  @Needs('write')
  @ofVersion
  @ApiOperation({
    operationId: 'restoreTemplateVersion',
    summary: 'Make a new version with the text of an old one',
    description: 'Its text becomes the next version; none is lost.',
  })
  @IdempotencyKey()
  @IfMatch()
  @ApiResponse({ status: 200, type: TemplateView, description: 'The template as it is now.' })
  @ApiProblems(400, 401, 403, 404, 409, 412, 413, 415, 422, 500, 503)
  @UseInterceptors(EtagInterceptor)
  restore(
    @Param('id', new IdParam()) templateId: string,
    @Param('version', new VersionParam()) version: number,
    @WriterParam() writer: Writer,
  ): Promise<TemplateView> {
    return this.editor.restore(writer, templateId, version);
  }

  private async template({ tallerId }: Caller, templateId: string): Promise<TemplateRecord> {
    return found(await this.templates.find(tallerId, templateId), 'template');
  }
}
