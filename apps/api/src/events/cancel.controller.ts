import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CancelReceipt } from '#contracts/http/cancel.dto.js';
import { cancelEvent } from '#infrastructure/persistence/cancel-event.js';
import { EventsRepository } from '#infrastructure/persistence/events.repository.js';
import { Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { IdempotencyKey } from '../http/endpoints.js';
import { IdParam } from '../http/id-param.pipe.js';
import { EventInPath } from '../http/path-params.js';
import { found, type Writer, WriterParam } from '../http/writer.js';
import { Writes } from '../http/writes.js';

@ApiTags('events')
@Controller('api/v1/notifications/events')
export class CancelController {
  constructor(
    private readonly events: EventsRepository,
    private readonly writes: Writes,
  ) {}

  @Post(':id/cancel/')
  @HttpCode(200)
  @Needs('dispatch')
  @ApiOperation({
    operationId: 'cancelEvent',
    summary: 'Stop what is not yet sent',
    description:
      'A message that is just being sent is not called back. Asking again changes nothing.',
  })
  @EventInPath()
  @IdempotencyKey()
  @ApiResponse({
    status: 200,
    type: CancelReceipt,
    description: 'What was stopped, and what had ended before. Asking again changes nothing.',
  })
  @ApiProblems(400, 401, 403, 404, 409, 422, 500, 503)
  async cancel(
    @Param('id', new IdParam()) id: string,
    @WriterParam() writer: Writer,
  ): Promise<CancelReceipt> {
    found((await this.events.isKnown(writer.caller.tallerId, id)) || null, 'event');
    return this.writes.run(writer, async ({ manager }) => ({
      event_id: id,
      notifications: (await cancelEvent(manager, id)).map((notification) => ({
        notification_id: notification.id,
        state: notification.state,
        canceled: notification.canceled,
      })),
    }));
  }
}
