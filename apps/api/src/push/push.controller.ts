import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { PushPublicKeyView } from '#contracts/http/push.dto.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { Public } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { Problem } from '../http/problem.js';

@ApiTags('push')
@Controller('api/v1/notifications/push')
export class PushController {
  constructor(@Inject(CONFIGURATION) private readonly configuration: Configuration) {}

  /** Public: a browser asks before anyone is known, and the key is made to be told. */
  @Get('public-key/')
  @Public()
  @ApiOperation({
    operationId: 'getPushPublicKey',
    summary: 'The key with which a browser subscribes',
  })
  @ApiResponse({ status: 200, type: PushPublicKeyView, description: 'The VAPID public key.' })
  @ApiProblems(404, 500)
  publicKey(): PushPublicKeyView {
    const { push } = this.configuration;
    if (!push) throw new Problem('not_found', { detail: 'Push is not configured here.' });
    return { public_key: push.publicKey };
  }
}
