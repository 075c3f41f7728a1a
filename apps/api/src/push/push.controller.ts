import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import {
  PushPublicKeyView,
  PushStatusView,
  PushSubscribeInput,
  PushSubscriptionView,
  PushUnsubscribeInput,
  PushUnsubscribeQuery,
} from '#contracts/http/push.dto.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import {
  CustomersRepository,
  isCustomerOf,
} from '#infrastructure/persistence/customers.repository.js';
import {
  type DeviceOwner,
  isStaffMemberOf,
  PushSubscriptionsRepository,
} from '#infrastructure/persistence/push-subscriptions.repository.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { type Caller, CallerParam, Needs, Public } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedBody, CheckedQuery } from '../http/checked-input.pipe.js';
import { IdempotencyKey } from '../http/endpoints.js';
import { CustomerInPath } from '../http/path-params.js';
import { badField, Problem } from '../http/problem.js';
import { TextIdParam } from '../http/text-id-param.pipe.js';
import { found, type Writer, WriterParam } from '../http/writer.js';
import { Writes } from '../http/writes.js';
import { checkedSubscription } from './checked-subscription.js';
import { deviceView, subscriptionView } from './subscription-view.js';

@ApiTags('push')
@Controller('api/v1/notifications/push')
export class PushController {
  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    private readonly subscriptions: PushSubscriptionsRepository,
    private readonly customers: CustomersRepository,
    private readonly writes: Writes,
  ) {}

  /** Public: a browser asks before anyone is known, and the key is made to be told. */
  @Get('public-key/')
  @Public()
  @ApiOperation({
    operationId: 'getPushPublicKey',
    summary: 'The key with which a browser subscribes',
    description:
      'Anyone may ask: a browser does before it is known whose it is. 404 where push is not configured.',
  })
  @ApiResponse({ status: 200, type: PushPublicKeyView, description: 'The VAPID public key.' })
  @ApiProblems(404)
  publicKey(): PushPublicKeyView {
    const { push } = this.configuration;
    if (!push) throw new Problem('not_found', { detail: 'Push is not configured here.' });
    return { public_key: push.publicKey };
  }

  @Post('subscribe/')
  @HttpCode(201)
  @Needs('write')
  @IdempotencyKey()
  @ApiOperation({
    operationId: 'subscribePush',
    summary: "Send notices to a person's browser; subscribing again renews",
    description:
      'Takes what `PushSubscription.toJSON()` gives. The endpoint must be https and of a public address.',
  })
  @ApiResponse({ status: 201, type: PushSubscriptionView, description: 'Subscribed.' })
  @ApiProblems(400, 401, 403, 409, 413, 415, 422, 500, 503)
  subscribe(
    @Body(new CheckedBody(PushSubscribeInput)) input: PushSubscribeInput,
    @WriterParam() writer: Writer,
  ): Promise<PushSubscriptionView> {
    const subscription = checkedSubscription(input.subscription, this.configuration.push);
    const { tallerId } = writer.caller;
    return this.writes.run(writer, async ({ manager }) => {
      const owner = await ownerOf(manager, tallerId, input);
      const row = await this.subscriptions.keep(manager, tallerId, owner, subscription);
      if (!row) throw badField('subscription.endpoint', 'is taken already');
      return subscriptionView(row);
    });
  }

  /** The body is the better place: an endpoint in an address ends up in the logs of proxies. */
  @Delete('subscribe/')
  @HttpCode(204)
  @Needs('write')
  @ApiOperation({
    operationId: 'unsubscribePush',
    summary: 'Send no more notices to a browser, named by its endpoint in the body or the query',
    description:
      'The body is the better place: an endpoint in an address ends up in the logs of proxies.',
  })
  @ApiBody({ type: PushUnsubscribeInput, required: false })
  @ApiResponse({ status: 204, description: 'Unsubscribed.' })
  @ApiProblems(400, 401, 403, 404, 413, 415, 500, 503)
  async unsubscribe(
    @Query(new CheckedQuery(PushUnsubscribeQuery)) query: PushUnsubscribeQuery,
    @CallerParam() { tallerId }: Caller,
    @Req() { body }: FastifyRequest,
  ): Promise<void> {
    const named = body === undefined ? query : checkedUnsubscribe.transform(body);
    const endpoint = named.endpoint ?? query.endpoint;
    if (endpoint === undefined)
      throw badField('endpoint', 'must be named in the body or the query');
    // Kept as the parser writes it, and so looked for.
    const href = URL.canParse(endpoint) ? new URL(endpoint).href : endpoint;
    found((await this.subscriptions.end(tallerId, href)) || null, 'subscription');
  }

  @Get('status/:customer_id/')
  @Needs('read')
  @CustomerInPath()
  @ApiOperation({
    operationId: 'getPushStatus',
    summary: "A customer's browsers",
    description: 'Without what would let anybody send to them.',
  })
  @ApiResponse({ status: 200, type: PushStatusView, description: 'Those that are subscribed now.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async status(
    @Param('customer_id', new TextIdParam('customer_id')) id: string,
    @CallerParam() { tallerId }: Caller,
  ): Promise<PushStatusView> {
    found(await this.customers.find(tallerId, id), 'customer');
    const devices = (await this.subscriptions.ofCustomer(id)).map(deviceView);
    return { customer_id: id, subscribed: devices.length > 0, count: devices.length, devices };
  }
}

const checkedUnsubscribe = new CheckedBody(PushUnsubscribeInput);

/** The person whom the body names; a 400 for none, for two, and for one out of sight. */
async function ownerOf(
  manager: EntityManager,
  scope: string | null,
  { customer_id: customerId, staff_member_id: staffMemberId }: PushSubscribeInput,
): Promise<DeviceOwner> {
  if (customerId !== undefined && staffMemberId !== undefined) {
    throw badField('staff_member_id', 'cannot be given with customer_id');
  }
  if (customerId !== undefined) {
    if (await isCustomerOf(manager, scope, customerId)) return { customerId };
    throw badField('customer_id', 'names nothing known');
  }
  if (staffMemberId === undefined) {
    throw badField('customer_id', 'must be given, or staff_member_id');
  }
  if (await isStaffMemberOf(manager, scope, staffMemberId)) return { staffMemberId };
  throw badField('staff_member_id', 'names nothing known');
}
