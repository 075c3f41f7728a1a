import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Cron } from 'croner';
import type { FastifyRequest } from 'fastify';
import { SchedulePage, SchedulesQuery, type ScheduleView } from '#contracts/http/schedules.dto.js';
import {
  type ScheduleRow,
  SchedulesRepository,
} from '#infrastructure/persistence/schedules.repository.js';
import { Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedQuery } from '../http/checked-input.pipe.js';
import { listed, type Window } from '../http/paging.js';

@ApiTags('schedules')
@Controller('api/v1/notifications/schedules')
export class SchedulesController {
  constructor(private readonly schedules: SchedulesRepository) {}

  @Get('/')
  @Needs('read')
  @ApiOperation({
    operationId: 'listSchedules',
    summary: 'What is done by the clock: when next, and how it went last',
    description:
      'Maintenance reminders come at their hour in the zone of each workshop as well; the times ' +
      'here are of the schedule’s own zone.',
  })
  @ApiResponse({ status: 200, type: SchedulePage, description: 'One page, by name.' })
  @ApiProblems(400, 401, 403, 500, 503)
  async list(
    @Query(new CheckedQuery(SchedulesQuery)) query: SchedulesQuery,
    @Req() request: FastifyRequest,
  ): Promise<SchedulePage> {
    return listed(request, query, (window: Window) => this.schedules.page(window), viewOf);
  }
}

function viewOf({ runs, now, ...schedule }: ScheduleRow): ScheduleView {
  const [last = null, ...earlier] = runs;
  return {
    ...schedule,
    next_runs: schedule.is_active ? nextRuns(schedule, now) : [],
    last_run: last,
    earlier_runs: earlier,
  };
}

/** None for fields that cannot be read: the scheduler skips such a schedule as well. */
function nextRuns({ cron, time_zone }: Pick<ScheduleRow, 'cron' | 'time_zone'>, now: Date) {
  try {
    const next = new Cron(cron, { timezone: time_zone }).nextRuns(3, now);
    return next.map((moment) => moment.toISOString());
  } catch {
    return [];
  }
}
