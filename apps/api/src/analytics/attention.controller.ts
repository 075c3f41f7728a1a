import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { AnalyticsQuery } from '#contracts/http/analytics-query.dto.js';
import { AttentionView, type CellWithoutTemplateView } from '#contracts/http/attention.dto.js';
import { findGaps, type Gap } from '#domain/orchestration/find-gaps.js';
import type { Setup } from '#domain/orchestration/setup.js';
import { ProviderAccountsRepository } from '#infrastructure/persistence/accounts/provider-accounts.repository.js';
import { DeadLettersRepository } from '#infrastructure/persistence/dead-letters/dead-letters.repository.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { type Caller, CallerParam, Needs } from '../access/access.js';
import { isOpenTo, tallerWithin } from '../access/taller-reach.js';
import { groupView } from '../dead-letters/dead-letter-views.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { phaseReference, serviceTypeReference } from '../events/catalog-references.js';
import { CheckedQuery } from '../http/checked-input.pipe.js';
import { accountView } from '../resources/provider-accounts.controller.js';

const most = 100;

@ApiTags('analytics')
@Controller('api/v1/analytics')
export class AttentionController {
  constructor(
    private readonly letters: DeadLettersRepository,
    private readonly accounts: ProviderAccountsRepository,
    private readonly setups: SetupCache,
    private readonly dataSource: DataSource,
  ) {}

  @Get('attention/')
  @Needs('read')
  @ApiOperation({
    operationId: 'getAttention',
    summary: 'What needs a hand',
    description:
      'What failed for good, provider accounts that are shut or silent, and cells of the matrix without a template. Of a workshop: what is its own, and what is everybody’s where it uses that.',
  })
  @ApiResponse({ status: 200, type: AttentionView, description: 'As of now.' })
  @ApiProblems(400, 401, 403, 500, 503)
  async attention(
    @Query(new CheckedQuery(AnalyticsQuery)) query: AnalyticsQuery,
    @CallerParam() caller: Caller,
  ): Promise<AttentionView> {
    const tallerId = await tallerWithin(this.dataSource, caller, query.taller_id);
    const [groups, accounts, setup] = await Promise.all([
      this.letters.groups(tallerId, {}, { offset: 0, limit: most }),
      this.accounts.failing(tallerId),
      this.setups.current(),
    ]);
    const gaps = findGaps(setup).filter((gap) => isOpenTo({ tallerId }, gap.tallerId));
    return {
      dead_letters: groups.rows.map(groupView),
      accounts: accounts.map(accountView),
      cells_without_template: gaps.slice(0, most).map((gap) => gapView(gap, setup)),
      cells_without_template_count: gaps.length,
    };
  }
}

function gapView(
  { serviceTypeId, phaseId, channel, target, tallerId }: Gap,
  setup: Setup,
): CellWithoutTemplateView {
  return {
    service_type: serviceTypeReference(setup, serviceTypeId),
    phase: phaseReference(setup, phaseId),
    channel,
    target,
    taller_id: tallerId,
  };
}
