import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  UseInterceptors,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { CustomerRemindersQuery } from '#contracts/http/customers.dto.js';
import { PreferencesInput, PreferencesView } from '#contracts/http/preferences.dto.js';
import { ReminderPage } from '#contracts/http/reminders.dto.js';
import { CustomerVehiclesQuery, VehiclePage } from '#contracts/http/vehicles.dto.js';
import { CustomersRepository } from '#infrastructure/persistence/customers.repository.js';
import { changePreferences, readPreferences } from '#infrastructure/persistence/preferences.js';
import { RemindersRepository } from '#infrastructure/persistence/reminders.repository.js';
import { customerTable } from '#infrastructure/persistence/schema/customer.schema.js';
import { VehiclesRepository } from '#infrastructure/persistence/vehicles.repository.js';
import { type Caller, CallerParam, Needs, requireTaller } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedBody, CheckedQuery } from '../http/checked-input.pipe.js';
import { IdempotencyKey, IfMatch, IfNoneMatch, taggedAnswer } from '../http/endpoints.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { listed, type Window } from '../http/paging.js';
import { CustomerInPath } from '../http/path-params.js';
import { TextIdParam } from '../http/text-id-param.pipe.js';
import { found, requireMatch, type Writer, WriterParam } from '../http/writer.js';
import { Writes } from '../http/writes.js';
import { preferencesView, vehicleView } from './person-views.js';
import { reminderViewOf } from './reminder-view.js';

const IdInPath = () => Param('customer_id', new TextIdParam('customer_id'));

/** What belongs to a customer. */
@ApiTags('customers')
@Controller('api/v1/notifications/customers/:customer_id')
export class CustomerDetailsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly customers: CustomersRepository,
    private readonly vehicles: VehiclesRepository,
    private readonly reminders: RemindersRepository,
    private readonly writes: Writes,
  ) {}

  @Get('preferences/')
  @Needs('read')
  @CustomerInPath()
  @ApiOperation({
    operationId: 'getPreferences',
    summary: 'How a customer wants to be told',
    description: 'Whether each channel is wanted and consented to, and in what order.',
  })
  @IfNoneMatch()
  @ApiResponse({
    status: 200,
    type: PreferencesView,
    description: 'Of each channel.',
    headers: taggedAnswer,
  })
  @ApiResponse({ status: 304, description: 'Unchanged.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  @UseInterceptors(EtagInterceptor)
  async preferences(
    @IdInPath() id: string,
    @CallerParam() { tallerId }: Caller,
  ): Promise<PreferencesView> {
    found(await this.customers.find(tallerId, id), 'customer');
    return preferencesView(id, await readPreferences(this.dataSource, id));
  }

  @Post('update_preferences/')
  @HttpCode(200)
  @Needs('write')
  @CustomerInPath()
  @IdempotencyKey()
  @ApiOperation({
    operationId: 'updatePreferences',
    summary: 'Change how a customer wants to be told; what is left out stays',
    description:
      'A channel or member that is left out stays as it is. A withdrawn consent stops everything on that channel, critical or not. With `If-Match`, only in the state that it names.',
  })
  @IfMatch()
  @ApiResponse({
    status: 200,
    type: PreferencesView,
    description: 'As they are now.',
    headers: taggedAnswer,
  })
  @ApiProblems(400, 401, 403, 404, 409, 412, 413, 415, 422, 500, 503)
  @UseInterceptors(EtagInterceptor)
  update(
    @IdInPath() id: string,
    @Body(new CheckedBody(PreferencesInput)) input: PreferencesInput,
    @WriterParam() writer: Writer,
  ): Promise<PreferencesView> {
    return this.writes.run(writer, async ({ manager }) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const customer = await manager.findOne(customerTable.schema, { where: { id }, lock });
      requireTaller(writer.caller, found(customer, 'customer').taller_id, 'customer');
      const now = async () => preferencesView(id, await readPreferences(manager, id));
      requireMatch(writer, await now());
      await changePreferences(manager, id, input);
      return now();
    });
  }

  @Get('vehicles/')
  @Needs('read')
  @CustomerInPath()
  @ApiOperation({
    operationId: 'listCustomerVehicles',
    summary: "A customer's vehicles",
    description:
      '`search` finds those of which each of its words is part of plate, make, model or year.',
  })
  @ApiResponse({ status: 200, type: VehiclePage, description: 'One page.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async listVehicles(
    @IdInPath() id: string,
    @Query(new CheckedQuery(CustomerVehiclesQuery)) query: CustomerVehiclesQuery,
    @CallerParam() { tallerId }: Caller,
    @Req() request: FastifyRequest,
  ): Promise<VehiclePage> {
    found(await this.customers.find(tallerId, id), 'customer');
    const filter = { customerId: id, search: query.search };
    const ordering = (query.ordering ?? 'plate').replace('vehicle_id', 'id');
    const read = (window: Window) => this.vehicles.page(tallerId, filter, ordering, window);
    return listed(request, query, read, vehicleView);
  }

  @Get('reminders/')
  @Needs('read')
  @CustomerInPath()
  @ApiOperation({
    operationId: 'listCustomerReminders',
    summary: "A customer's reminders",
    description: 'With the notices that were given.',
  })
  @ApiResponse({ status: 200, type: ReminderPage, description: 'One page.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async listReminders(
    @IdInPath() id: string,
    @Query(new CheckedQuery(CustomerRemindersQuery)) query: CustomerRemindersQuery,
    @CallerParam() { tallerId }: Caller,
    @Req() request: FastifyRequest,
  ): Promise<ReminderPage> {
    found(await this.customers.find(tallerId, id), 'customer');
    const filter = { customerId: id, status: query.status, search: query.search };
    const ordering = query.ordering ?? 'due_on';
    const read = (window: Window) => this.reminders.page(tallerId, filter, ordering, window);
    return listed(request, query, read, reminderViewOf);
  }
}
