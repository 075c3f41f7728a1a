import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
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
import { IdParam } from '../http/id-param.pipe.js';
import { UuidInPath } from '../http/path-params.js';
import { type Writer, WriterParam } from '../http/writer.js';
import { ChannelSettings } from './channel-settings.js';
import { emailView, settingsView, whatsAppView } from './channel-settings.view.js';

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
    description: 'Where one is null, the service’s own sender serves.',
  })
  @ApiResponse({ status: 200, type: ChannelSettingsView, description: 'Without their secrets.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
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
    description: 'The password is kept encrypted and never told again; left out, it stays.',
  })
  @ApiResponse({ status: 200, type: EmailSettingsView, description: 'Counts within 5 seconds.' })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415, 500, 503)
  async putEmail(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(EmailSettingsInput)) { password, ...input }: EmailSettingsInput,
    @WriterParam() writer: Writer,
  ): Promise<EmailSettingsView> {
    const settings = { ...input, user: input.user ?? null };
    return emailView(await this.settings.put(writer, id, 'email', settings, password));
  }

  @Put('whatsapp/')
  @Needs('admin')
  @TallerParam()
  @ApiOperation({
    operationId: 'putWhatsAppSettings',
    summary: 'Send from its own WhatsApp line',
    description: 'The key is kept encrypted and never told again; left out, it stays.',
  })
  @ApiResponse({ status: 200, type: WhatsAppSettingsView, description: 'Counts within 5 seconds.' })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415, 500, 503)
  async putWhatsApp(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(WhatsAppSettingsInput)) { api_key, ...input }: WhatsAppSettingsInput,
    @WriterParam() writer: Writer,
  ): Promise<WhatsAppSettingsView> {
    return whatsAppView(await this.settings.put(writer, id, 'whatsapp', input, api_key));
  }

  @Delete('email/')
  @HttpCode(204)
  @Needs('admin')
  @TallerParam()
  @ApiOperation({
    operationId: 'deleteEmailSettings',
    summary: "Go back to the service's mail",
    description: 'Messages that wait leave by the service’s mail then.',
  })
  @ApiResponse({ status: 204, description: 'Gone, its password too.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
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
    description: 'Messages that wait leave by the service’s line then.',
  })
  @ApiResponse({ status: 204, description: 'Gone, its key too.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
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
