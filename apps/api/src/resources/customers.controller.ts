import { Body, Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import {
  CustomerInput,
  CustomerPage,
  CustomerPatch,
  CustomerReplacement,
  CustomersQuery,
  CustomerView,
} from '#contracts/http/customers.dto.js';
import { CustomersRepository } from '#infrastructure/persistence/customers.repository.js';
import {
  type CustomerRow,
  customerTable,
} from '#infrastructure/persistence/schema/customer.schema.js';
import { type Caller, CallerParam, requireTaller } from '../access/access.js';
import { CheckedBody, CheckedQuery } from '../http/checked-input.pipe.js';
import { endpointsOf } from '../http/endpoints.js';
import { listed, type Window } from '../http/paging.js';
import { customerInPath } from '../http/path-params.js';
import { badField } from '../http/problem.js';
import { TextIdParam } from '../http/text-id-param.pipe.js';
import { found, requireMatch, type Writer, WriterParam } from '../http/writer.js';
import { Writes } from '../http/writes.js';
import { checkedContacts } from './checked-contacts.js';
import { underItsName } from './id-conflict.js';
import { customerView } from './person-views.js';
import { tallerOfBody } from './taller-of-body.js';
import { tallerOfQuery } from './taller-of-query.js';

const { Lists, Gets, Creates, Replaces, Patches, Removes } = endpointsOf({
  one: 'Customer',
  many: 'Customers',
  aThing: 'a customer',
  things: 'customers',
  view: CustomerView,
  page: CustomerPage,
  writeScope: 'write',
  id: { name: 'customer_id', ...customerInPath },
  about: {
    list: '`search` finds those of whom each of its words is part of name, e-mail or phone.',
    remove:
      'His preferences, vehicles, reminders and browsers go with him; the log keeps what was sent. To forget him altogether, `erase` him.',
  },
});
const IdInPath = () => Param('customer_id', new TextIdParam('customer_id'));

@ApiTags('customers')
@Controller('api/v1/notifications/customers')
export class CustomersController {
  constructor(
    private readonly customers: CustomersRepository,
    private readonly dataSource: DataSource,
    private readonly writes: Writes,
  ) {}

  @Lists()
  async list(
    @Query(new CheckedQuery(CustomersQuery)) query: CustomersQuery,
    @CallerParam() { tallerId }: Caller,
    @Req() request: FastifyRequest,
  ): Promise<CustomerPage> {
    const filter = {
      search: query.search,
      tallerId: await tallerOfQuery(this.dataSource, query.taller_id),
    };
    const ordering = (query.ordering ?? 'name').replace('customer_id', 'id');
    const read = (window: Window) => this.customers.page(tallerId, filter, ordering, window);
    return listed(request, query, read, customerView);
  }

  @Gets()
  async get(@IdInPath() id: string, @CallerParam() { tallerId }: Caller): Promise<CustomerView> {
    return customerView(found(await this.customers.find(tallerId, id), 'customer'));
  }

  @Creates()
  create(
    @Body(new CheckedBody(CustomerInput)) { customer_id: id, ...input }: CustomerInput,
    @WriterParam() writer: Writer,
  ): Promise<CustomerView> {
    return this.writes.run(writer, async (change) => {
      const row = await rowOf(change.manager, writer.caller, { ...noAddresses, ...input });
      const inserted = change.insert(customerTable, { ...row, id });
      return customerView(await underItsName('customer_id', inserted));
    });
  }

  @Replaces()
  replace(
    @IdInPath() id: string,
    @Body(new CheckedBody(CustomerReplacement)) input: CustomerReplacement,
    @WriterParam() writer: Writer,
  ): Promise<CustomerView> {
    return this.alter(id, writer, () => ({ ...noAddresses, taller_id: undefined, ...input }));
  }

  @Patches()
  patch(
    @IdInPath() id: string,
    @Body(new CheckedBody(CustomerPatch)) patch: CustomerPatch,
    @WriterParam() writer: Writer,
  ): Promise<CustomerView> {
    return this.alter(id, writer, ({ taller_id }) => ({ taller_id, ...patch }));
  }

  @Removes()
  async remove(@IdInPath() id: string, @WriterParam() writer: Writer): Promise<void> {
    await this.writes.run(writer, async (change) => {
      const gone = await change.remove(customerTable, { id }, (row) => {
        requireTaller(writer.caller, row.taller_id, 'customer');
        requireMatch(writer, customerView(row));
      });
      found(gone, 'customer');
    });
  }

  private alter(
    id: string,
    writer: Writer,
    inputFor: (current: CustomerRow) => CustomerPatch,
  ): Promise<CustomerView> {
    return this.writes.run(writer, async (change) => {
      const row = await change.update(customerTable, { id }, async (current) => {
        requireTaller(writer.caller, current.taller_id, 'customer');
        requireMatch(writer, customerView(current));
        const { customer_id = id, ...input } = inputFor(current);
        if (customer_id !== id) throw badField('customer_id', 'cannot be changed');
        Object.assign(current, await rowOf(change.manager, writer.caller, input));
      });
      return customerView(found(row, 'customer'));
    });
  }
}

/** What a body says of a row: its workshop found, its addresses as they are kept. */
async function rowOf(
  manager: EntityManager,
  caller: Caller,
  { taller_id, ...input }: Omit<CustomerPatch, 'customer_id'>,
): Promise<Partial<CustomerRow>> {
  const taller = await tallerOfBody(manager, caller, taller_id);
  return { ...input, ...checkedContacts(input, taller.country), taller_id: taller.id };
}

const noAddresses = { email: null, phone: null };
