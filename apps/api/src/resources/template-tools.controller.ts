import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  ForContextQuery,
  PreviewRequest,
  PreviewView,
  TemplateForContextView,
  VariablesView,
} from '#contracts/http/template-preview.dto.js';
import { findByReference } from '#domain/catalog/catalog.js';
import type { Setup } from '#domain/orchestration/setup.js';
import { TemplateEngine } from '#domain/ports/template-engine.js';
import {
  chooseTemplate,
  type TemplateNeed,
  templateSourceTexts,
} from '#domain/templates/choose-template.js';
import { variableGuide } from '#domain/templates/variable-guide.js';
import { variableNames } from '#domain/templates/variables.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { TemplatesRepository } from '#infrastructure/persistence/templates.repository.js';
import { type Caller, CallerParam, Needs, requireTaller } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedBody, CheckedQuery } from '../http/checked-input.pipe.js';
import { found } from '../http/writer.js';
import { TemplatePreview } from './template-preview.js';
import { templateView } from './template-views.js';

const previewRefusals = ['missing_variables', 'content_too_long', 'template_failed'] as const;

/** What helps to write templates. */
@ApiTags('templates')
@Controller('api/v1/notifications/templates')
export class TemplateToolsController {
  constructor(
    private readonly templates: TemplatesRepository,
    private readonly previews: TemplatePreview,
    private readonly setups: SetupCache,
    private readonly engine: TemplateEngine,
  ) {}

  /** Changes nothing, so reading is enough for it. */
  @Post('preview/')
  @HttpCode(200)
  @Needs('read')
  @ApiOperation({
    operationId: 'previewTemplate',
    summary: 'Render a template, saved or not',
    description:
      'Nothing is saved or sent. A variable that the template needs and `context` lacks is a 400 that names it.',
  })
  @ApiResponse({ status: 200, type: PreviewView, description: 'What would leave.' })
  @ApiProblems(400, 401, 403, 404, 413, 415, 500, 503, ...previewRefusals)
  preview(
    @Body(new CheckedBody(PreviewRequest)) request: PreviewRequest,
    @CallerParam() caller: Caller,
  ): Promise<PreviewView> {
    return this.previews.render(request, caller);
  }

  @Get('variables/')
  @Needs('read')
  @ApiOperation({
    operationId: 'listTemplateVariables',
    summary: 'All that templates may name',
    description: 'With what each stands for, and an example.',
  })
  @ApiResponse({ status: 200, type: VariablesView, description: 'In the order of the list.' })
  @ApiProblems(401, 403, 500, 503)
  variables(): VariablesView {
    const variables = variableNames.map((name) => {
      const { es, en, example } = variableGuide[name];
      return { name, placeholder: `{{${name}}}`, meaning_es: es, meaning_en: en, example };
    });
    return { variables };
  }

  /** What names nothing known has no template either: a 404, as the contract has it. */
  @Get('for_context/')
  @Needs('read')
  @ApiOperation({
    operationId: 'getTemplateForContext',
    summary: 'The template that a dispatch would choose, and why',
    description:
      "First the workshop's own template for the subtype, then its own for the service type, then the global ones. What names nothing known has no template either: 404.",
  })
  @ApiResponse({ status: 200, type: TemplateForContextView, description: 'The one chosen.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async forContext(
    @Query(new CheckedQuery(ForContextQuery)) query: ForContextQuery,
    @CallerParam() caller: Caller,
  ): Promise<TemplateForContextView> {
    const setup = await this.setups.current();
    const need = needOf(query, setup, caller);
    const chosen = found(chooseTemplate(setup.templates, need), 'template');
    // It may have been deleted since the setup was read.
    const record = await this.templates.find(caller.tallerId, chosen.template.id);
    const { es, en } = templateSourceTexts[chosen.source];
    return {
      template: templateView(this.engine, found(record, 'template')),
      source: chosen.source,
      text_es: es,
      text_en: en,
    };
  }
}

function needOf(query: ForContextQuery, setup: Setup, caller: Caller): TemplateNeed {
  const serviceType = found(
    findByReference(setup.serviceTypes, query.service_type),
    'service type',
  );
  const { subtype, taller_id } = query;
  const taller =
    taller_id === undefined ? null : found(findByReference(setup.talleres, taller_id), 'workshop');
  if (taller) requireTaller(caller, taller.id, 'workshop');
  return {
    channel: query.channel,
    target: query.target,
    phaseId: found(findByReference(setup.phases, query.phase), 'phase').id,
    serviceTypeId: serviceType.id,
    subtypeId:
      subtype === undefined
        ? null
        : found(findByReference(serviceType.subtypes, subtype), 'subtype').id,
    tallerId: taller?.id ?? caller.tallerId,
    // No event has an empty type.
    eventType: query.event_type ?? '',
  };
}
