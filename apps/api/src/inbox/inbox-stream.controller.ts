import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StreamQuery } from '#contracts/http/inbox.dto.js';
import { type Caller, CallerParam, Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedQuery } from '../http/checked-input.pipe.js';
import { Problem } from '../http/problem.js';
import { InboxStreams } from './inbox-streams.js';
import { requireOwnOrigin } from './own-origin.js';
import { socketReader } from './socket-reader.js';
import { sseReader } from './sse-reader.js';
import { takeSocket } from './upgrades.js';

/** The inbox as it fills, for whoever reads along. */
@ApiTags('inbox')
@Controller()
export class InboxStreamController {
  constructor(private readonly streams: InboxStreams) {}

  @Get('api/v1/notifications/inbox/stream/')
  @Needs('read')
  @ApiOperation({
    operationId: 'streamNotices',
    summary: 'Notices as they come, as server-sent events',
    description:
      'Events: `ready`; `notice`, its data a `NoticeView`; `activity`, its data `{"topics": [...]}`, kinds of things that have changed; `beat`, every 20 s. After a break a stream goes on with what came after the last number that its reader has seen, from any process: nothing is missed, and nothing comes twice. A reader that takes nothing is cut, and one whose key is revoked within seconds. Ask with `Accept: text/event-stream`, as `EventSource` does. The WebSocket at `/ws/notifications/` tells the same in JSON frames, each with its kind in `type`; it takes `last_event_id` in its address, and refuses pages of another origin.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The last number that was seen. Browsers send it by themselves.',
    schema: { type: 'string', maxLength: 20 },
    example: '417',
  })
  @ApiResponse({
    status: 200,
    description: 'The stream, until one side ends it.',
    content: { 'text/event-stream': { schema: { type: 'string' }, example: streamExample() } },
  })
  @ApiProblems(400, 401, 403, 406, 500, 503)
  async stream(
    @Query(new CheckedQuery(StreamQuery)) { last_event_id }: StreamQuery,
    @CallerParam() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // Else whoever fetches every address would wait here for ever.
    if (!/\btext\/event-stream\b/.test(request.headers.accept ?? '')) {
      throw new Problem('not_acceptable');
    }
    const lastSeen = numberOf(request.headers['last-event-id']) ?? last_event_id ?? null;
    await this.streams.prepare();
    await this.streams.add({ reader: sseReader(reply), request, caller }, lastSeen);
  }

  // OpenAPI has no words for a WebSocket; the stream's description tells of it.
  @Get('ws/notifications/')
  @Needs('read')
  @ApiExcludeEndpoint()
  async socket(
    @Query(new CheckedQuery(StreamQuery)) { last_event_id }: StreamQuery,
    @CallerParam() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireOwnOrigin(request);
    await this.streams.prepare();
    const socket = await takeSocket(request, reply);
    await this.streams.add(
      { reader: socketReader(socket), request, caller },
      last_event_id ?? null,
    );
  }
}

/** What is no number of ours is as good as none: a header that we did not write is not a fault. */
function numberOf(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}

function streamExample(): string {
  return 'id: 417\nevent: ready\ndata: {}\n\nevent: activity\ndata: {"topics":["messages"]}\n\n';
}
