import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  UseInterceptors,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  ChannelSettingsView,
  EmailSettingsInput,
  EmailSettingsView,
  ProviderCheckView,
  WhatsAppSettingsInput,
  WhatsAppSettingsView,
} from '#contracts/http/channel-settings.dto.js';
import { ids } from '#contracts/http/examples.js';
import { type Caller, CallerParam, Needs, requireTaller } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedBody } from '../http/checked-input.pipe.js';
import { IfMatch, IfNoneMatch, taggedAnswer } from '../http/endpoints.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { etagOf } from '../http/etag.js';
import { IdParam } from '../http/id-param.pipe.js';
import { UuidInPath } from '../http/path-params.js';
import { found, type Writer, WriterParam } from '../http/writer.js';
import { ChannelSettings } from './channel-settings.js';
import { settingsView } from './channel-settings.view.js';

const ofOneState = 'With `If-Match`, only in the state that `GET channels/` told.';
const TallerParam = () => UuidInPath('The workshop.', ids.taller);

/** Writing is for those who may act for all workshops: an address given here is called by us. */
@ApiTags('channel settings')
@Controller('api/v1/notifications/talleres/:id/channels')
export class ChannelSettingsController {
  constructor(private readonly settings: ChannelSettings) {}

  @Get('/')
  @Needs('admin')
  @TallerParam()
  @ApiOperation({
    operationId: 'getChannelSettings',
    summary: "A workshop's own senders",
    description:
      'Where one is null, the service’s own sender serves. The `ETag` names the state of all of them.',
  })
  @IfNoneMatch()
  @ApiResponse({
    status: 200,
    type: ChannelSettingsView,
    description: 'Without their secrets.',
    headers: taggedAnswer,
  })
  @ApiResponse({ status: 304, description: 'Unchanged.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  @UseInterceptors(EtagInterceptor)
  async get(
    @Param('id', new IdParam()) id: string,
    @CallerParam() caller: Caller,
  ): Promise<ChannelSettingsView> {
    requireTaller(caller, id, 'workshop');
    return settingsView(await this.settings.of(id));
  }

  @Put('email/')
  @Needs('admin')
  @TallerParam()
  @ApiOperation({
    operationId: 'putEmailSettings',
    summary: 'Send its mail by its own server',
    description: `The password is kept encrypted and never told again; left out, it stays. ${ofOneState}`,
  })
  @IfMatch()
  @ApiResponse({
    status: 200,
    type: EmailSettingsView,
    description: 'Counts within 5 seconds.',
    headers: taggedAnswer,
  })
  @ApiProblems(400, 401, 403, 404, 409, 412, 413, 415, 500, 503)
  async putEmail(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(EmailSettingsInput)) { password, ...input }: EmailSettingsInput,
    @WriterParam() writer: Writer,
  ): Promise<EmailSettingsView> {
    const settings = { ...input, user: input.user ?? null };
    const now = await this.settings.put(writer, id, 'email', settings, password);
    return found(tagged(writer, now).email, 'setting');
  }

  @Put('whatsapp/')
  @Needs('admin')
  @TallerParam()
  @ApiOperation({
    operationId: 'putWhatsAppSettings',
    summary: 'Send from its own WhatsApp line',
    description: `The key is kept encrypted and never told again; left out, it stays. ${ofOneState}`,
  })
  @IfMatch()
  @ApiResponse({
    status: 200,
    type: WhatsAppSettingsView,
    description: 'Counts within 5 seconds.',
    headers: taggedAnswer,
  })
  @ApiProblems(400, 401, 403, 404, 409, 412, 413, 415, 500, 503)
  async putWhatsApp(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(WhatsAppSettingsInput)) { api_key, ...input }: WhatsAppSettingsInput,
    @WriterParam() writer: Writer,
  ): Promise<WhatsAppSettingsView> {
    const now = await this.settings.put(writer, id, 'whatsapp', input, api_key);
    return found(tagged(writer, now).whatsapp, 'setting');
  }

  @Delete('email/')
  @HttpCode(204)
  @Needs('admin')
  @TallerParam()
  @ApiOperation({
    operationId: 'deleteEmailSettings',
    summary: "Go back to the service's mail",
    description: `Messages that wait leave by the service’s mail then. ${ofOneState}`,
  })
  @IfMatch()
  @ApiResponse({ status: 204, description: 'Gone, its password too.' })
  @ApiProblems(400, 401, 403, 404, 412, 500, 503)
  async deleteEmail(@Param('id', new IdParam()) id: string, @WriterParam() writer: Writer) {
    await this.settings.remove(writer, id, 'email');
  }

  @Delete('whatsapp/')
  @HttpCode(204)
  @Needs('admin')
  @TallerParam()
  @ApiOperation({
    operationId: 'deleteWhatsAppSettings',
    summary: "Go back to the service's line",
    description: `Messages that wait leave by the service’s line then. ${ofOneState}`,
  })
  @IfMatch()
  @ApiResponse({ status: 204, description: 'Gone, its key too.' })
  @ApiProblems(400, 401, 403, 404, 412, 500, 503)
  async deleteWhatsApp(@Param('id', new IdParam()) id: string, @WriterParam() writer: Writer) {
    await this.settings.remove(writer, id, 'whatsapp');
  }

  @Post('email/test/')
  @HttpCode(200)
  @Needs('admin')
  @TallerParam()
  @ApiOperation({
    operationId: 'testEmailSettings',
    summary: 'Greet and log in; send nothing',
    description: 'Asks the server as it is kept here.',
  })
  @ApiResponse({ status: 200, type: ProviderCheckView, description: 'What the server said.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  testEmail(
    @Param('id', new IdParam()) id: string,
    @CallerParam() caller: Caller,
  ): Promise<ProviderCheckView> {
    return this.settings.test(caller, id, 'email');
  }

  @Post('whatsapp/test/')
  @HttpCode(200)
  @Needs('admin')
  @TallerParam()
  @ApiOperation({
    operationId: 'testWhatsAppSettings',
    summary: 'Ask for the state of the line',
    description: 'Asks Evolution API with the settings kept here.',
  })
  @ApiResponse({ status: 200, type: ProviderCheckView, description: 'What Evolution API said.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  testWhatsApp(
    @Param('id', new IdParam()) id: string,
    @CallerParam() caller: Caller,
  ): Promise<ProviderCheckView> {
    return this.settings.test(caller, id, 'whatsapp');
  }
}

/** One channel is answered; the tag names the state of all, as reading them does. */
function tagged({ reply }: Writer, now: ChannelSettingsView): ChannelSettingsView {
  reply.header('etag', etagOf(JSON.stringify(now)));
  return now;
}
