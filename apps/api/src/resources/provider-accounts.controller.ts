import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  ProviderAccountPage,
  ProviderAccountsQuery,
  ProviderAccountView,
} from '#contracts/http/provider-accounts.dto.js';
import { textIdSchema } from '#contracts/http/text-id.js';
import type { ProviderAccountRow } from '#infrastructure/persistence/accounts/provider-accounts.repository.js';
import { ProviderAccountsRepository } from '#infrastructure/persistence/accounts/provider-accounts.repository.js';
import { type Caller, CallerParam, Needs, requireTaller } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedQuery } from '../http/checked-input.pipe.js';
import { IdempotencyKey } from '../http/endpoints.js';
import { listed } from '../http/paging.js';
import { TextIdParam } from '../http/text-id-param.pipe.js';
import { found, type Writer, WriterParam } from '../http/writer.js';
import { Writes } from '../http/writes.js';

/** Which ways out fail, and how many messages wait for them. */
@ApiTags('provider accounts')
@Controller('api/v1/notifications/provider-accounts')
export class ProviderAccountsController {
  constructor(
    private readonly accounts: ProviderAccountsRepository,
    private readonly writes: Writes,
  ) {}

  @Get('/')
  @Needs('read')
  @ApiOperation({
    operationId: 'listProviderAccounts',
    summary: 'Which provider accounts fail, and how many messages wait for them',
    description: 'Those that fail first. One that has never failed is not listed.',
  })
  @ApiResponse({ status: 200, type: ProviderAccountPage, description: 'One page.' })
  @ApiProblems(400, 401, 403, 500, 503)
  async list(
    @Query(new CheckedQuery(ProviderAccountsQuery)) query: ProviderAccountsQuery,
    @CallerParam() { tallerId }: Caller,
    @Req() request: FastifyRequest,
  ): Promise<ProviderAccountPage> {
    return listed(request, query, (window) => this.accounts.page(tallerId, window), accountView);
  }

  @Post(':account/reset/')
  @HttpCode(200)
  @Needs('admin')
  @ApiParam({
    name: 'account',
    description: 'The account, as the list names it, percent-encoded.',
    schema: { ...textIdSchema, example: 'whatsapp:house' },
  })
  @IdempotencyKey()
  @ApiOperation({
    operationId: 'resetProviderAccount',
    summary: 'Let an account take messages again at once, as after a repair',
    description:
      'Its messages leave in turn, slowly at first. Should it still fail, it is open again.',
  })
  @ApiResponse({ status: 200, type: ProviderAccountView, description: 'As it is now.' })
  @ApiProblems(400, 401, 403, 404, 409, 422, 500, 503)
  reset(
    @Param('account', new TextIdParam('account')) name: string,
    @WriterParam() writer: Writer,
  ): Promise<ProviderAccountView> {
    const { tallerId } = writer.caller;
    return this.writes.run(writer, async (change) => {
      const row = found(await this.accounts.find(tallerId, name), 'provider account');
      // Everybody's account is nobody's to reset alone.
      requireTaller(writer.caller, row.taller_id, 'provider account');
      await this.accounts.reset(change.manager, name);
      await change.note({
        action: 'reset',
        resource: 'provider_account',
        resourceId: name,
        tallerId: row.taller_id,
        changes: { state: [row.memory.breaker.state, 'closed'] },
      });
      const { breaker } = row.memory;
      const closed = {
        ...breaker,
        state: 'closed' as const,
        misconfigured: false,
        silent: false,
      };
      const memory = { ...row.memory, breaker: closed, blockedUntilMs: 0 };
      return accountView({ ...row, memory });
    });
  }
}

/** An account as it is told. */
export function accountView({
  account,
  channel,
  taller_id,
  memory,
  waiting,
}: ProviderAccountRow): ProviderAccountView {
  const { breaker, blockedUntilMs } = memory;
  const isClosed = breaker.state === 'closed';
  return {
    account,
    channel,
    taller_id,
    state: breaker.state,
    since: breaker.sinceMs === null ? null : momentOf(breaker.sinceMs),
    misconfigured: breaker.misconfigured,
    silent: breaker.silent ?? false,
    last_error: breaker.lastFailure?.code ?? null,
    last_error_detail: breaker.lastFailure?.detail ?? null,
    next_probe_at: isClosed ? null : momentOf(breaker.probeAtMs),
    blocked_until: blockedUntilMs > Date.now() ? momentOf(blockedUntilMs) : null,
    waiting,
  };
}

function momentOf(ms: number): string {
  return new Date(ms).toISOString();
}
