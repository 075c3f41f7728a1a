import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { EventContentView } from '#contracts/http/event-content.dto.js';
import { type Caller, CallerParam, Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { IdParam } from '../http/id-param.pipe.js';
import { EventInPath } from '../http/path-params.js';
import { found } from '../http/writer.js';
import { EventContents } from './event-contents.js';

@ApiTags('events')
@Controller('api/v1/notifications/events')
export class EventContentController {
  constructor(private readonly contents: EventContents) {}

  @Get(':id/content/')
  @Needs('read')
  @ApiOperation({
    operationId: 'getEventContent',
    summary: 'What the messages of an event say',
    description:
      'Rendered again from the template version and the variables that are kept with each notification: the words are those that left. An e-mail stands in today’s layout.',
  })
  @EventInPath()
  @ApiResponse({ status: 200, type: EventContentView, description: 'Every planned channel.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async get(
    @Param('id', new IdParam()) id: string,
    @CallerParam() caller: Caller,
  ): Promise<EventContentView> {
    return { event_id: id, rungs: found(await this.contents.of(caller.tallerId, id), 'event') };
  }
}
