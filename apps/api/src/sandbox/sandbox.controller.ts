import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  SandboxFaultInput,
  SandboxFaultsQuery,
  SandboxMessageDetail,
  SandboxMessagePage,
  SandboxMessagesQuery,
  SandboxView,
} from '#contracts/http/sandbox.dto.js';
import { type Caller, CallerParam, Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedBody, CheckedQuery } from '../http/checked-input.pipe.js';
import { listed, type Window } from '../http/paging.js';
import { found } from '../http/writer.js';
import { SandboxWorld } from './sandbox-world.js';

/** What `npm start` sends, and how it is made to fail. Where there is no sandbox, all is a 404. */
@ApiTags('sandbox')
@Controller('api/v1/sandbox')
export class SandboxController {
  constructor(private readonly world: SandboxWorld) {}

  @Get('/')
  @Needs('admin')
  @ApiOperation({
    operationId: 'getSandbox',
    summary: 'How much arrived, and which faults are in force',
    description: 'In development alone: 404 where messages leave for real.',
  })
  @ApiResponse({ status: 200, type: SandboxView, description: 'As it is now.' })
  @ApiProblems(401, 403, 404, 500, 503)
  get(@CallerParam() caller: Caller): Promise<SandboxView> {
    return this.world.view(caller);
  }

  @Get('messages/')
  @Needs('admin')
  @ApiOperation({
    operationId: 'listSandboxMessages',
    summary: 'What arrived, the newest first',
    description: '`search` looks into subject, title, text and HTML. The last 2000 are kept.',
  })
  @ApiResponse({ status: 200, type: SandboxMessagePage, description: 'One page.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async list(
    @Query(new CheckedQuery(SandboxMessagesQuery)) query: SandboxMessagesQuery,
    @CallerParam() caller: Caller,
    @Req() request: FastifyRequest,
  ): Promise<SandboxMessagePage> {
    const { channel, to, search } = query;
    const read = (window: Window) =>
      this.world.messages(caller, { channel, to, contains: search }, window);
    return listed(request, query, read, (view) => view);
  }

  @Get('messages/:id/')
  @Needs('admin')
  @ApiParam({
    name: 'id',
    description: 'Its running number.',
    schema: { type: 'string', pattern: '^[0-9]{1,15}$', maxLength: 15, example: '1' },
  })
  @ApiOperation({
    operationId: 'getSandboxMessage',
    summary: 'One message, with its HTML and headers',
    description: 'As its receiver would have it.',
  })
  @ApiResponse({ status: 200, type: SandboxMessageDetail, description: 'As it arrived.' })
  @ApiProblems(401, 403, 404, 500, 503)
  async message(
    @Param('id') id: string,
    @CallerParam() caller: Caller,
  ): Promise<SandboxMessageDetail> {
    const number = /^[1-9]\d{0,14}$/.test(id) ? Number(id) : null;
    return found(await this.world.message(caller, found(number, 'message')), 'message');
  }

  @Delete('messages/')
  @HttpCode(204)
  @Needs('admin')
  @ApiOperation({
    operationId: 'clearSandboxMessages',
    summary: 'Forget what arrived',
    description: 'Our own log of what was sent stays.',
  })
  @ApiResponse({ status: 204, description: 'Forgotten.' })
  @ApiProblems(401, 403, 404, 500, 503)
  async clear(@CallerParam() caller: Caller): Promise<void> {
    await this.world.clear(caller);
  }

  @Put('faults/')
  @Needs('admin')
  @ApiOperation({
    operationId: 'putSandboxFault',
    summary: 'Make a channel fail',
    description: 'In the place of the fault for the same channel and address, if there is one.',
  })
  @ApiResponse({ status: 200, type: SandboxView, description: 'With the fault in force.' })
  @ApiProblems(400, 401, 403, 404, 413, 415, 500, 503)
  putFault(
    @Body(new CheckedBody(SandboxFaultInput)) input: SandboxFaultInput,
    @CallerParam() caller: Caller,
  ): Promise<SandboxView> {
    return this.world.fail(caller, input);
  }

  @Delete('faults/')
  @HttpCode(204)
  @Needs('admin')
  @ApiOperation({
    operationId: 'clearSandboxFaults',
    summary: 'Let a channel, or all of them, work again',
    description: 'Without `channel` every fault is taken back.',
  })
  @ApiResponse({ status: 204, description: 'Taken back.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async clearFaults(
    @Query(new CheckedQuery(SandboxFaultsQuery)) { channel }: SandboxFaultsQuery,
    @CallerParam() caller: Caller,
  ): Promise<void> {
    await this.world.repair(caller, channel);
  }
}
