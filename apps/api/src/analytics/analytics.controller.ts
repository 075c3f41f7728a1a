import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import {
  AnalyticsSummary,
  ChannelsHealthView,
  RecentMessagesView,
} from '#contracts/http/analytics.dto.js';
import { AnalyticsQuery, RecentQuery, SummaryQuery } from '#contracts/http/analytics-query.dto.js';
import { channels } from '#domain/catalog/channels.js';
import { ProviderChecks } from '#infrastructure/channels/provider-checks.js';
import { AnalyticsRepository } from '#infrastructure/persistence/analytics.repository.js';
import { MessageLogRepository } from '#infrastructure/persistence/message-log.repository.js';
import { type Caller, CallerParam, Needs } from '../access/access.js';
import { tallerWithin } from '../access/taller-reach.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedQuery } from '../http/checked-input.pipe.js';
import { channelHealthView, recentView, summaryView } from './analytics-view.js';
import { readPeriod } from './read-period.js';

const defaultLimit = 20;

@ApiTags('analytics')
@Controller('api/v1/analytics')
export class AnalyticsController {
  constructor(
    private readonly analytics: AnalyticsRepository,
    private readonly log: MessageLogRepository,
    private readonly providers: ProviderChecks,
    private readonly dataSource: DataSource,
  ) {}

  @Get('summary/')
  @Needs('read')
  @ApiOperation({
    operationId: 'getAnalyticsSummary',
    summary: 'What became of the messages of some days',
    description:
      'Read from sums that are kept as messages change; their making is counted by day, in the zone of the workshop. The 30 days until today, unless the query says otherwise.',
  })
  @ApiResponse({ status: 200, type: AnalyticsSummary, description: 'As of now.' })
  @ApiProblems(400, 401, 403, 500, 503)
  async summary(
    @Query(new CheckedQuery(SummaryQuery)) query: SummaryQuery,
    @CallerParam() caller: Caller,
  ): Promise<AnalyticsSummary> {
    const tallerId = await tallerWithin(this.dataSource, caller, query.taller_id);
    const summary = await this.analytics.summary(tallerId, (today) => readPeriod(query, today));
    return summaryView(summary, tallerId);
  }

  @Get('recent/')
  @Needs('read')
  @ApiOperation({
    operationId: 'listRecentMessages',
    summary: 'The newest messages, none older than 400 days',
    description: 'A message is one try on one channel to one address. Addresses are masked.',
  })
  @ApiResponse({ status: 200, type: RecentMessagesView, description: 'The newest first.' })
  @ApiProblems(400, 401, 403, 500, 503)
  async recent(
    @Query(new CheckedQuery(RecentQuery)) query: RecentQuery,
    @CallerParam() caller: Caller,
  ): Promise<RecentMessagesView> {
    const { channel, status: state, limit = defaultLimit } = query;
    const tallerId = await tallerWithin(this.dataSource, caller, query.taller_id);
    const scope = await this.analytics.scope(tallerId);
    const entries = await this.log.recent(scope, { channel, state }, limit);
    return { results: entries.map(recentView) };
  }

  @Get('health/')
  @Needs('read')
  @ApiOperation({
    operationId: 'getChannelsHealth',
    summary: 'How each channel did in the last 24 hours, and whether its provider answers now',
    description: 'Rates count the messages made in these 24 hours that are over.',
  })
  @ApiResponse({ status: 200, type: ChannelsHealthView, description: 'Of every channel.' })
  @ApiProblems(400, 401, 403, 500, 503)
  async health(
    @Query(new CheckedQuery(AnalyticsQuery)) query: AnalyticsQuery,
    @CallerParam() caller: Caller,
  ): Promise<ChannelsHealthView> {
    const tallerId = await tallerWithin(this.dataSource, caller, query.taller_id);
    const [{ since, byChannel }, checked] = await Promise.all([
      this.log.lastDay(tallerId),
      Promise.all(
        channels.map(async (channel) => ({
          channel,
          check: await this.providers.check(channel, tallerId),
        })),
      ),
    ]);
    return {
      since: since.toISOString(),
      channels: checked.map(({ channel, check }) =>
        channelHealthView(channel, byChannel.get(channel) ?? [], check),
      ),
    };
  }
}
