import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  BulkDispatchAnswer,
  BulkDispatchRequest,
  type BulkDispatchResult,
} from '#contracts/http/bulk-dispatch.dto.js';
import { DispatchRequest } from '#contracts/http/dispatch.dto.js';
import { type Caller, CallerParam, Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedBody } from '../http/checked-input.pipe.js';
import { IdempotencyKey } from '../http/endpoints.js';
import { readIdempotencyClaim } from '../http/idempotency.js';
import { viewFor } from '../http/problem.filter.js';
import { badField, Problem } from '../http/problem.js';
import { translateError } from '../http/translate-error.js';
import { AcceptEvent } from './accept-event.js';

const checkedEvent = new CheckedBody(DispatchRequest);

@ApiTags('events')
@Controller('api/v1/notifications/events/dispatch/bulk')
export class BulkDispatchController {
  constructor(private readonly events: AcceptEvent) {}

  /** An idempotency key counts for each event of its place, so a repeat sends none twice. */
  @Post('/')
  @HttpCode(200)
  @Needs('dispatch')
  @ApiOperation({
    operationId: 'dispatchEvents',
    summary: 'Accept up to 500 events, each on its own',
    description:
      'A bad event does not refuse the others; the answer tells the status of each. An `Idempotency-Key` counts for each event in its place, so a repeat sends none twice.',
  })
  @IdempotencyKey()
  @ApiResponse({ status: 200, type: BulkDispatchAnswer, description: 'What became of each.' })
  @ApiProblems(400, 401, 403, 413, 415, 500, 503)
  async dispatch(
    @Body(new CheckedBody(BulkDispatchRequest)) { events }: BulkDispatchRequest,
    @CallerParam() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BulkDispatchAnswer> {
    // A key that cannot be one is told once, and not for each event.
    readIdempotencyClaim(request.headers['idempotency-key'], caller.id, '', null);
    const results = await Promise.all(
      events.map((event, index) => this.dispatchOne(event, index, caller, request)),
    );
    if (results.every(({ replayed }) => replayed)) reply.header('idempotency-replayed', 'true');
    const accepted = results.filter(({ receipt }) => receipt !== null).length;
    return { accepted, refused: results.length - accepted, results };
  }

  private async dispatchOne(
    given: unknown,
    index: number,
    caller: Caller,
    request: FastifyRequest,
  ): Promise<BulkDispatchResult> {
    try {
      const event = checkedEvent.transform(given);
      if (event.dry_run) throw badField('dry_run', 'is not taken in bulk');
      const key = request.headers['idempotency-key'];
      const operation = `POST events/dispatch/bulk ${index}`;
      const claim = readIdempotencyClaim(key, caller.id, operation, event);
      const { receipt, replayed } = await this.events.accept(event, caller, request.id, claim);
      return { index, status: 202, replayed, receipt, problem: null };
    } catch (error) {
      const problem = error instanceof Problem ? error : translateError(error);
      if (problem.status >= 500 && problem.code !== 'overloaded') {
        request.log.error({ err: error, code: problem.code }, 'failed');
      }
      const { status } = problem;
      return { index, status, replayed: false, receipt: null, problem: viewFor(request, problem) };
    }
  }
}
