import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { EventDetail, EventPage } from '#contracts/http/events.dto.js';
import { EventsQuery } from '#contracts/http/events-query.dto.js';
import { EventsRepository } from '#infrastructure/persistence/events.repository.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { type Caller, CallerParam, Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedQuery } from '../http/checked-input.pipe.js';
import { IdParam } from '../http/id-param.pipe.js';
import { addressOf, pageOf, windowOf } from '../http/paging.js';
import { EventInPath } from '../http/path-params.js';
import { Problem } from '../http/problem.js';
import { idsOfQuery } from '../resources/ids-of-query.js';
import { detailOf, summaryOf } from './event-view.js';
import { readFilter, readOrder } from './read-filter.js';

@ApiTags('events')
@Controller('api/v1/notifications/events')
export class EventsController {
  constructor(
    private readonly events: EventsRepository,
    private readonly setups: SetupCache,
    private readonly dataSource: DataSource,
  ) {}

  @Get('/')
  @Needs('read')
  @ApiOperation({
    operationId: 'listEvents',
    summary: 'What was accepted, newest first',
    description:
      '`search` finds a customer or a member of staff by words of name, e-mail and phone as they are now, or by id; a plate, a work order (`Orden`) and a business key by how they begin, whatever their dashes, spaces and case.',
  })
  @ApiResponse({ status: 200, type: EventPage, description: 'One page.' })
  @ApiProblems(400, 401, 403, 500, 503)
  async list(
    @Query(new CheckedQuery(EventsQuery)) query: EventsQuery,
    @CallerParam() caller: Caller,
    @Req() request: FastifyRequest,
  ): Promise<EventPage> {
    const setup = await this.setups.current();
    const ids = await idsOfQuery(setup, this.dataSource, query);
    const { count, events } = await this.events.page(
      caller.tallerId,
      readFilter(query, ids),
      readOrder(query.ordering),
      windowOf(query),
    );
    const notifications = await this.events.notificationsOf(events.map(({ id }) => id));
    const results = events.map((event) =>
      summaryOf(
        event,
        setup,
        notifications.filter(({ event_id }) => event_id === event.id),
      ),
    );
    return pageOf(addressOf(request), query, count, results);
  }

  @Get(':id/')
  @Needs('read')
  @ApiOperation({
    operationId: 'getEvent',
    summary: 'An event with its notifications, messages and timeline',
    description:
      'For each person told: why each channel was planned or left out, each message, and each step in order, with a sentence for it in Spanish and in English.',
  })
  @EventInPath()
  @ApiResponse({ status: 200, type: EventDetail, description: 'The event.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async get(
    @Param('id', new IdParam()) id: string,
    @CallerParam() caller: Caller,
  ): Promise<EventDetail> {
    const [rows, setup] = await Promise.all([
      this.events.detail(caller.tallerId, id),
      this.setups.current(),
    ]);
    if (!rows) throw new Problem('not_found', { detail: 'There is no such event.' });
    return detailOf(rows, setup);
  }
}
