import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DispatchReceipt, DispatchRequest } from '#contracts/http/dispatch.dto.js';
import { DryRunView } from '#contracts/http/dry-run.dto.js';
import type { DispatchCommand } from '#domain/dispatch/dispatch-command.js';
import { DispatchNotification } from '#domain/dispatch/dispatch-notification.js';
import type { Refusal } from '#domain/dispatch/plan.js';
import { type Caller, CallerParam, Needs } from '../access/access.js';
import { ApiProblems, dispatchRefusals } from '../documentation/api-problems.js';
import { CheckedBody } from '../http/checked-input.pipe.js';
import { IdempotencyKey } from '../http/endpoints.js';
import { readIdempotencyClaim } from '../http/idempotency.js';
import { AcceptEvent, toProblem } from './accept-event.js';
import { dryRunView } from './dry-run-view.js';
import { TallerScope } from './taller-scope.js';
import { toCommand } from './to-command.js';

const operation = 'POST events/dispatch';

@ApiTags('events')
@Controller('api/v1/notifications/events')
export class DispatchController {
  constructor(
    private readonly events: AcceptEvent,
    private readonly dispatches: DispatchNotification,
    private readonly scope: TallerScope,
  ) {}

  @Post('dispatch/')
  @Needs('dispatch')
  @ApiOperation({
    operationId: 'dispatchEvent',
    summary: 'Tell the people concerned what happened to a vehicle',
    description:
      '202 says: committed. 400 names every field at fault: a service type, phase or customer that is not known, a variable that a planned template lacks, or why no channel reaches the person. With `"dry_run": true` the decision is told in full (200) and nothing is sent.',
  })
  @IdempotencyKey()
  @ApiResponse({
    status: 202,
    type: DispatchReceipt,
    description: 'Committed: it will be delivered, or end with a recorded reason.',
  })
  @ApiResponse({ status: 200, type: DryRunView, description: 'What a dispatch would do.' })
  @ApiProblems(400, 401, 403, 409, 413, 415, 422, 429, 500, 503, ...dispatchRefusals)
  async dispatch(
    @Body(new CheckedBody(DispatchRequest)) body: DispatchRequest,
    @CallerParam() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const claim = readIdempotencyClaim(
      request.headers['idempotency-key'],
      caller.id,
      operation,
      body,
    );
    if (body.dry_run) {
      const command = await this.scope.confine(toCommand(body, request.id), caller.tallerId);
      reply.code(200).send(await this.rehearse(command));
      return;
    }
    const { receipt, replayed } = await this.events.accept(body, caller, request.id, claim);
    if (replayed) reply.header('idempotency-replayed', 'true');
    reply.code(202).send(receipt);
  }

  /** Answers what is missing; what names nothing at all is a 400 here as it is in earnest. */
  private async rehearse(command: DispatchCommand): Promise<DryRunView> {
    const outcome = await this.dispatches.rehearse(command);
    if (outcome.kind === 'refused' && isUnknown(outcome)) throw toProblem(outcome);
    return dryRunView(outcome);
  }
}

function isUnknown({ code }: Refusal): boolean {
  return code.startsWith('unknown_') || code === 'validation_failed';
}
