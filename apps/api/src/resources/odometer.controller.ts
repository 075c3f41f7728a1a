import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  OdometerQuery,
  OdometerReadingInput,
  OdometerReadingPage,
  OdometerReadingView,
} from '#contracts/http/odometer.dto.js';
import { dayIn } from '#domain/reminders/calendar-date.js';
import { recordReading, removeReading } from '#infrastructure/persistence/odometer.js';
import { OdometerRepository } from '#infrastructure/persistence/odometer.repository.js';
import type { OdometerReadingRow } from '#infrastructure/persistence/schema/odometer-reading.schema.js';
import { type Caller, CallerParam, Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedBody, CheckedQuery } from '../http/checked-input.pipe.js';
import { DayParam } from '../http/day-param.pipe.js';
import { IdempotencyKey } from '../http/endpoints.js';
import { addressOf, pageOf, windowOf } from '../http/paging.js';
import { VehicleInPath } from '../http/path-params.js';
import { badField } from '../http/problem.js';
import { TextIdParam } from '../http/text-id-param.pipe.js';
import { found, type Writer, WriterParam } from '../http/writer.js';
import { Writes } from '../http/writes.js';

const IdInPath = () => Param('vehicle_id', new TextIdParam('vehicle_id'));

/** What vehicles' odometers showed, by which reminders know when kilometres are reached. */
@ApiTags('vehicles')
@Controller('api/v1/notifications/vehicles/:vehicle_id/odometer')
export class OdometerController {
  constructor(
    private readonly odometer: OdometerRepository,
    private readonly writes: Writes,
  ) {}

  @Get('/')
  @Needs('read')
  @VehicleInPath()
  @ApiOperation({
    operationId: 'listOdometerReadings',
    summary: "A vehicle's odometer readings",
    description: '`search` finds part of the day or of the kilometres: `2026-03`.',
  })
  @ApiResponse({ status: 200, type: OdometerReadingPage, description: 'One page.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async list(
    @IdInPath() vehicleId: string,
    @Query(new CheckedQuery(OdometerQuery)) query: OdometerQuery,
    @CallerParam() { tallerId }: Caller,
    @Req() request: FastifyRequest,
  ): Promise<OdometerReadingPage> {
    const { search, ordering = '-read_on' } = query;
    const window = windowOf(query);
    const page = await this.odometer.page(tallerId, vehicleId, { search }, ordering, window);
    const { count, rows } = found(page, 'vehicle');
    return pageOf(addressOf(request), query, count, rows.map(viewOf));
  }

  @Post('/')
  @HttpCode(201)
  @Needs('write')
  @VehicleInPath()
  @IdempotencyKey()
  @ApiOperation({
    operationId: 'recordOdometerReading',
    summary: 'Write down what an odometer showed on a day, or correct it',
    description:
      'Of one day the latest word counts, so a slip is corrected by writing it down anew. Reminders by kilometres are projected again.',
  })
  @ApiResponse({ status: 201, type: OdometerReadingView, description: 'Written down.' })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503)
  record(
    @IdInPath() vehicleId: string,
    @Body(new CheckedBody(OdometerReadingInput)) { read_on, km }: OdometerReadingInput,
    @WriterParam() writer: Writer,
  ): Promise<OdometerReadingView> {
    // Nowhere is it later than there.
    if (read_on > dayIn('Pacific/Kiritimati', new Date())) {
      throw badField('read_on', 'must not be in the future');
    }
    const reading = { vehicleId, readOn: read_on, km };
    return this.writes.run(writer, async (change) =>
      viewOf(found(await recordReading(change, writer.caller.tallerId, reading), 'vehicle')),
    );
  }

  @Delete(':read_on/')
  @HttpCode(204)
  @Needs('write')
  @VehicleInPath()
  @ApiParam({
    name: 'read_on',
    description: 'The day of the reading.',
    schema: { type: 'string', format: 'date', example: '2026-01-20' },
  })
  @ApiOperation({
    operationId: 'deleteOdometerReading',
    summary: 'Take a reading back',
    description: 'Reminders by kilometres are projected again.',
  })
  @ApiResponse({ status: 204, description: 'Gone.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async remove(
    @IdInPath() vehicleId: string,
    @Param('read_on', new DayParam('read_on')) readOn: string,
    @WriterParam() writer: Writer,
  ): Promise<void> {
    await this.writes.run(writer, async (change) => {
      const { tallerId } = writer.caller;
      found(await removeReading(change, tallerId, { vehicleId, readOn }), 'reading');
    });
  }
}

function viewOf(row: OdometerReadingRow): OdometerReadingView {
  return {
    ...row,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
