import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { ids } from '#contracts/http/examples.js';
import {
  NoticePage,
  NoticesQuery,
  NoticeView,
  ReadAllInput,
  UnreadNotices,
  UnreadQuery,
} from '#contracts/http/inbox.dto.js';
import { type NoticeReader, StaffInbox } from '#infrastructure/persistence/inbox/staff-inbox.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { type Caller, CallerParam, Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedQuery } from '../http/checked-input.pipe.js';
import { IdParam } from '../http/id-param.pipe.js';
import { OptionalBody } from '../http/optional-body.pipe.js';
import { listed } from '../http/paging.js';
import { UuidInPath } from '../http/path-params.js';
import { found } from '../http/writer.js';
import { idsOfQuery } from '../resources/ids-of-query.js';
import { noticeView } from './notice-view.js';

/** What staff are told in the console, and what of it each caller has read. */
@ApiTags('inbox')
@Controller('api/v1/notifications/inbox')
export class InboxController {
  constructor(
    private readonly inbox: StaffInbox,
    private readonly setups: SetupCache,
    private readonly dataSource: DataSource,
  ) {}

  @Get('/')
  @Needs('read')
  @ApiOperation({
    operationId: 'listNotices',
    summary: 'What staff are told, newest first',
    description:
      'Events for staff, one notice each; what fails and recovers; causes for which something fails for good. Kept 30 days. The key of one workshop sees that workshop’s alone.',
  })
  @ApiResponse({ status: 200, type: NoticePage, description: 'One page.' })
  @ApiProblems(400, 401, 403, 500, 503)
  async list(
    @Query(new CheckedQuery(NoticesQuery)) query: NoticesQuery,
    @CallerParam() caller: Caller,
    @Req() request: FastifyRequest,
  ): Promise<NoticePage> {
    const { setup, filter } = await this.filterOf(query);
    const wanted = { ...filter, unread: query.unread };
    return listed(
      request,
      query,
      (window) => this.inbox.page(readerOf(caller), wanted, window),
      (row) => noticeView(row, setup),
    );
  }

  @Get('unread/')
  @Needs('read')
  @ApiOperation({
    operationId: 'countUnreadNotices',
    summary: 'How many notices the caller has not read',
    description: 'Each caller, a key or a member of staff, has marks of its own.',
  })
  @ApiResponse({ status: 200, type: UnreadNotices, description: 'Counted now.' })
  @ApiProblems(400, 401, 403, 500, 503)
  async unread(
    @Query(new CheckedQuery(UnreadQuery)) query: UnreadQuery,
    @CallerParam() caller: Caller,
  ): Promise<UnreadNotices> {
    const { filter } = await this.filterOf(query);
    return this.countOf(caller, filter);
  }

  @Post('read-all/')
  @HttpCode(200)
  @Needs('read')
  @ApiOperation({
    operationId: 'readAllNotices',
    summary: 'Mark as read all that was seen',
    description: 'Asking again changes nothing, so it takes no `Idempotency-Key`.',
  })
  @ApiResponse({ status: 200, type: UnreadNotices, description: 'What is unread now.' })
  @ApiProblems(400, 401, 403, 413, 415, 500, 503)
  async readAll(
    @Body(new OptionalBody(ReadAllInput)) input: ReadAllInput,
    @CallerParam() caller: Caller,
  ): Promise<UnreadNotices> {
    const { filter } = await this.filterOf(input);
    const newest = await this.inbox.newest();
    const upTo = Math.min(input.up_to ?? newest, newest);
    await this.inbox.markAllRead(readerOf(caller), filter, upTo);
    return this.countOf(caller, {});
  }

  @Post(':id/read/')
  @HttpCode(200)
  @Needs('read')
  @ApiOperation({
    operationId: 'readNotice',
    summary: 'Mark one notice as read',
    description: 'Asking again changes nothing, so it takes no `Idempotency-Key`.',
  })
  @UuidInPath('The notice.', ids.event)
  @ApiResponse({ status: 200, type: NoticeView, description: 'As it is now.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async read(
    @Param('id', new IdParam()) id: string,
    @CallerParam() caller: Caller,
  ): Promise<NoticeView> {
    const row = found(await this.inbox.markRead(readerOf(caller), id), 'notice');
    return noticeView(row, await this.setups.current());
  }

  private async countOf(
    caller: Caller,
    filter: { tallerId?: string | null; phaseId?: string },
  ): Promise<UnreadNotices> {
    const [unread, newest] = await Promise.all([
      this.inbox.unread(readerOf(caller), filter),
      this.inbox.newest(),
    ]);
    return { unread, newest };
  }

  private async filterOf(named: { taller_id?: string; phase_id?: string }) {
    const setup = await this.setups.current();
    const { tallerId, phaseId } = await idsOfQuery(setup, this.dataSource, named);
    return { setup, filter: { tallerId, phaseId } };
  }
}

export function readerOf({ id, tallerId }: Caller): NoticeReader {
  return { id, tallerId };
}
