import { applyDecorators, Controller, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExcludeEndpoint,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { WebhookReceipt } from '#contracts/http/webhooks.dto.js';
import {
  ReceivedWebhooks,
  type WebhookSource,
} from '#infrastructure/persistence/receipts/received-webhooks.js';
import { Webhook } from '../access/access.js';
import { ApiProblems, problemResponse } from '../documentation/api-problems.js';
import { rawBodyOf } from './raw-body.js';

/** How a mail server begins to say that a mail could not be delivered. */
const bounce = `From: MAILER-DAEMON@example.com
To: rebotes@example.com
Content-Type: multipart/report; report-type=delivery-status; boundary="parte"

--parte
Content-Type: message/delivery-status

Final-Recipient: rfc822; carlos.mendoza@example.com
Action: failed
Status: 5.1.1
--parte--
`;

/**
 * Where providers tell what became of messages. What they say is committed as it came and answered
 * 200, be it readable or not: a provider's own retries are few, and lost when it is restarted.
 */
@ApiTags('webhooks')
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: ReceivedWebhooks) {}

  @Post('evolution/')
  @TakesEvolution('receiveEvolution', 'Take what Evolution API tells of WhatsApp messages')
  evolution(@Req() request: FastifyRequest): Promise<WebhookReceipt> {
    return this.keep('evolution', request, 'application/json');
  }

  /** Evolution names the event in the path where its setting `byEvents` is on. */
  @Post('evolution/:event/')
  @ApiParam({
    name: 'event',
    schema: { type: 'string', minLength: 1, maxLength: 200, example: 'messages-update' },
    description:
      "The event's name, which the body has too; or the secret itself, where Evolution can be " +
      'given no header.',
  })
  @TakesEvolution('receiveEvolutionEvent', 'The same, with the name of the event in the path')
  evolutionEvent(@Req() request: FastifyRequest): Promise<WebhookReceipt> {
    return this.keep('evolution', request, 'application/json');
  }

  /** The secret in the path, and the event after it. */
  @Post('evolution/:event/:name/')
  @HttpCode(200)
  @Webhook()
  @ApiExcludeEndpoint()
  evolutionEventAfterSecret(@Req() request: FastifyRequest): Promise<WebhookReceipt> {
    return this.keep('evolution', request, 'application/json');
  }

  @Post('mail/')
  @HttpCode(200)
  @Webhook()
  @ApiOperation({
    operationId: 'receiveMail',
    summary: 'Take a mail that came back',
    description:
      'For the mail server of `BOUNCE_ADDRESS`, which pipes to it what arrives there. A report of ' +
      'a failed delivery (RFC 3464) marks the message as bounced, and the next channel follows; ' +
      'every other mail is dropped. The body has at most 1 MiB.',
  })
  @ApiConsumes('message/rfc822')
  @ApiBody({
    required: true,
    schema: { type: 'string', format: 'binary' },
    examples: { report: { value: bounce } },
    description: 'The mail as it came (RFC 5322).',
  })
  @ApiResponse({ status: 200, type: WebhookReceipt, description: 'Committed.' })
  @ApiProblems(400, 401, 500, 503)
  @ApiResponse({
    status: 413,
    ...problemResponse(413),
    description: 'The mail has more than 1 MiB.',
  })
  @ApiResponse({
    status: 415,
    ...problemResponse(415),
    description: 'The body is not `message/rfc822`.',
  })
  mail(@Req() request: FastifyRequest): Promise<WebhookReceipt> {
    return this.keep('mail', request, 'message/rfc822');
  }

  private async keep(
    source: WebhookSource,
    request: FastifyRequest,
    type: string,
  ): Promise<WebhookReceipt> {
    return { id: await this.webhooks.keep(source, rawBodyOf(request, type)) };
  }
}

function TakesEvolution(operationId: string, summary: string) {
  return applyDecorators(
    HttpCode(200),
    Webhook(),
    ApiOperation({
      operationId,
      summary,
      description:
        'A webhook of Evolution API 1.8 to 2.4 for `MESSAGES_UPDATE` and `CONNECTION_UPDATE`, in ' +
        'any order and as often as it likes. It answers 200 to whatever is JSON or not, once it ' +
        'is committed.',
    }),
    ApiBody({
      required: true,
      description:
        'As Evolution API sends it; members that are not named here are of no use to us.',
      schema: {
        type: 'object',
        properties: {
          event: { type: 'string', description: 'What happened.', example: 'messages.update' },
          instance: {
            type: 'string',
            description: 'The line, as Evolution API names it.',
            example: 'taller-norte',
          },
          data: {
            type: 'object',
            description: 'Which message it is about, and what became of it.',
            additionalProperties: true,
          },
        },
        required: ['event'],
        example: {
          event: 'messages.update',
          instance: 'taller-norte',
          data: { keyId: '3EB0C14A1128E3992CAE34', fromMe: true, status: 'DELIVERY_ACK' },
        },
      },
    }),
    ApiResponse({ status: 200, type: WebhookReceipt, description: 'Committed.' }),
    ApiProblems(400, 401, 413, 415, 500, 503),
  );
}
