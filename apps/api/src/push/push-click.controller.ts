import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { PushClickInput } from '#contracts/http/webhooks.dto.js';
import { ClickTokens } from '#infrastructure/channels/web-push/click-tokens.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { keepReceipts } from '#infrastructure/persistence/receipts/received-webhooks.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { Public } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedBody } from '../http/checked-input.pipe.js';
import { Problem } from '../http/problem.js';

/** The only receipt that push has: a service worker says that its notice was clicked. */
@ApiTags('push')
@Controller('api/v1/notifications/push')
export class PushClickController {
  private readonly tokens: ClickTokens | null;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) { push }: Configuration,
  ) {
    this.tokens = push ? new ClickTokens(push.privateKey) : null;
  }

  /** Public: a service worker has no key, and what it shows came in the message itself. */
  @Post('click/')
  @HttpCode(204)
  @Public()
  @ApiOperation({
    operationId: 'clickPush',
    summary: 'Tell that a push notice was clicked, which counts as read',
    description: 'For a service worker, in its `notificationclick`. A repeat changes nothing.',
  })
  @ApiResponse({ status: 204, description: 'Committed.' })
  @ApiProblems(400, 404, 413, 415, 500, 503)
  async click(@Body(new CheckedBody(PushClickInput)) { token }: PushClickInput): Promise<void> {
    const messageId = this.tokens?.read(token);
    if (!messageId)
      throw new Problem('not_found', { detail: 'No message of ours has that token.' });
    const news = { kind: 'read', code: null, detail: null, addressIsWrong: false } as const;
    await keepReceipts(this.dataSource, [{ subject: `message:${messageId}`, ...news }]);
  }
}
