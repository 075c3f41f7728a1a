import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  type CoverageCellView,
  CoverageQuery,
  CoverageView,
} from '#contracts/http/template-coverage.dto.js';
import { findByReference } from '#domain/catalog/catalog.js';
import type { Setup } from '#domain/orchestration/setup.js';
import { type CoverageCell, templateCoverage } from '#domain/templates/template-coverage.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { type Caller, CallerParam, Needs, requireTaller } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedQuery } from '../http/checked-input.pipe.js';
import { found } from '../http/writer.js';

/** The map of what is written and what is not. */
@ApiTags('templates')
@Controller('api/v1/notifications/templates/coverage')
export class TemplateCoverageController {
  constructor(private readonly setups: SetupCache) {}

  @Get('/')
  @Needs('read')
  @ApiOperation({
    operationId: 'getTemplateCoverage',
    summary: 'Which places of the matrix have a template',
    description:
      'All of them at once: service types × targets × phases × channels. `missing` are those that are on and have nothing to send. A key that is bound to a workshop is told that workshop’s.',
  })
  @ApiResponse({ status: 200, type: CoverageView, description: 'Every place.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async coverage(
    @Query(new CheckedQuery(CoverageQuery)) query: CoverageQuery,
    @CallerParam() caller: Caller,
  ): Promise<CoverageView> {
    const setup = await this.setups.current();
    const tallerId = tallerOf(setup, query.taller_id, caller);
    const cells = templateCoverage(setup, tallerId);
    const count = (wanted: CoverageCell['state']) =>
      cells.filter(({ state }) => state === wanted).length;
    return {
      taller_id: tallerId,
      counts: { covered: count('covered'), missing: count('missing'), off: count('off') },
      cells: cells.map((cell) => cellView(setup, cell)),
    };
  }
}

function tallerOf(setup: Setup, reference: string | undefined, caller: Caller): string | null {
  if (reference === undefined) return caller.tallerId;
  const taller = found(findByReference(setup.talleres, reference), 'workshop');
  requireTaller(caller, taller.id, 'workshop');
  return taller.id;
}

function cellView(setup: Setup, cell: CoverageCell): CoverageCellView {
  const { serviceTypeId, phaseId, channel, target, state, chosen } = cell;
  return {
    service_type_id: serviceTypeId,
    service_type_slug: setup.serviceTypes.find(({ id }) => id === serviceTypeId)?.slug ?? '',
    phase_id: phaseId,
    phase_slug: setup.phases.find(({ id }) => id === phaseId)?.slug ?? '',
    channel,
    target,
    state,
    template_id: chosen?.template.id ?? null,
    template_name: chosen?.template.name ?? null,
    source: chosen?.source ?? null,
  };
}
