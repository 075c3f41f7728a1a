import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import { ids } from '#contracts/http/examples.js';
import { TemplateTestRequest } from '#contracts/http/template-test.dto.js';
import { Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedBody } from '../http/checked-input.pipe.js';
import { IdempotencyKey } from '../http/endpoints.js';
import { IdParam } from '../http/id-param.pipe.js';
import { UuidInPath } from '../http/path-params.js';
import { type Writer, WriterParam } from '../http/writer.js';
import { TemplateTests } from './template-tests.js';

const refusals = [
  'unknown_customer',
  'missing_variables',
  'no_reachable_channel',
  'content_too_long',
  'template_failed',
] as const;

@ApiTags('templates')
@Controller('api/v1/notifications/templates/:id/send_test')
export class TemplateTestController {
  constructor(private readonly tests: TemplateTests) {}

  @Post('/')
  @HttpCode(202)
  @Needs('write')
  @UuidInPath('The template.', ids.template)
  @ApiOperation({
    operationId: 'sendTemplateTest',
    summary: 'Try a template on one person',
    description:
      'The text as it is saved leaves by its real channel, marked as a test, and stands on the log as an event of the type `template_test`. The matrix and quiet hours are passed over; whoever withdrew consent or opted out gets none. At most 30 in ten minutes of one caller, which each process of the API counts for itself.',
  })
  @IdempotencyKey()
  @ApiResponse({ status: 202, type: DispatchReceipt, description: 'Committed.' })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503, ...refusals)
  async send(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(TemplateTestRequest)) request: TemplateTestRequest,
    @WriterParam() writer: Writer,
  ): Promise<DispatchReceipt> {
    const { receipt, replayed } = await this.tests.send(id, request, writer);
    if (replayed) writer.reply.header('idempotency-replayed', 'true');
    return receipt;
  }
}
