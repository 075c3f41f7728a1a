import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ProviderCheckView } from '#contracts/http/channel-settings.dto.js';
import { HouseChannelsView } from '#contracts/http/house-channels.dto.js';
import { channels } from '#domain/catalog/channels.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { createSenders } from '#infrastructure/wiring/senders.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { type Caller, CallerParam, Needs, requireEveryTaller } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { found } from '../http/writer.js';

/** The senders of the environment, for those who may act for all workshops. */
@ApiTags('channel settings')
@Controller('api/v1/notifications/channels')
export class HouseChannelsController {
  constructor(@Inject(CONFIGURATION) private readonly configuration: Configuration) {}

  @Get('/')
  @Needs('admin')
  @ApiOperation({
    operationId: 'getHouseChannels',
    summary: "The service's own senders",
    description: 'They serve every workshop without its own. The environment sets them.',
  })
  @ApiResponse({ status: 200, type: HouseChannelsView, description: 'Without their secrets.' })
  @ApiProblems(401, 403, 500, 503)
  get(@CallerParam() caller: Caller): HouseChannelsView {
    requireEveryTaller(caller);
    const { email, evolution, push } = this.configuration;
    return {
      email: {
        host: email.host,
        port: email.port,
        security: email.security,
        user: email.user,
        password_set: email.password !== null,
        from_email: email.from,
      },
      whatsapp: evolution && {
        api_url: evolution.url,
        instance: evolution.instance,
        api_key_set: evolution.apiKey !== '',
      },
      push: push && { public_key: push.publicKey, subject: push.subject },
    };
  }

  @Post(':channel/test/')
  @HttpCode(200)
  @Needs('admin')
  @ApiParam({
    name: 'channel',
    description: 'The channel.',
    schema: { type: 'string', enum: [...channels], example: 'email' },
  })
  @ApiOperation({
    operationId: 'testHouseChannel',
    summary: 'Ask the provider whether it would take messages; send nothing',
    description: 'Greets and logs in, asks for the state of the line, or signs with the keys.',
  })
  @ApiResponse({ status: 200, type: ProviderCheckView, description: 'What it said.' })
  @ApiProblems(401, 403, 404, 500, 503)
  async test(
    @Param('channel') name: string,
    @CallerParam() caller: Caller,
  ): Promise<ProviderCheckView> {
    requireEveryTaller(caller);
    const channel = found(
      channels.find((each) => each === name),
      'channel',
    );
    const senders = createSenders(this.configuration);
    try {
      return await found(senders.get(channel), 'channel').probe();
    } finally {
      await Promise.all([...senders.values()].map((sender) => sender.close()));
    }
  }
}
