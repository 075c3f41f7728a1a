import { Body, Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import {
  VehicleInput,
  VehiclePage,
  VehiclePatch,
  VehicleReplacement,
  VehiclesQuery,
  VehicleView,
} from '#contracts/http/vehicles.dto.js';
import { isCustomerOf } from '#infrastructure/persistence/customers.repository.js';
import {
  type VehicleRow,
  vehicleTable,
} from '#infrastructure/persistence/schema/vehicle.schema.js';
import { VehiclesRepository } from '#infrastructure/persistence/vehicles.repository.js';
import { type Caller, CallerParam } from '../access/access.js';
import { CheckedBody, CheckedQuery } from '../http/checked-input.pipe.js';
import { endpointsOf } from '../http/endpoints.js';
import { listed, type Window } from '../http/paging.js';
import { vehicleInPath } from '../http/path-params.js';
import { badField } from '../http/problem.js';
import { TextIdParam } from '../http/text-id-param.pipe.js';
import { found, requireMatch, type Writer, WriterParam } from '../http/writer.js';
import { Writes } from '../http/writes.js';
import { underItsName } from './id-conflict.js';
import { vehicleView } from './person-views.js';

const { Lists, Gets, Creates, Replaces, Patches, Removes } = endpointsOf({
  one: 'Vehicle',
  many: 'Vehicles',
  aThing: 'a vehicle',
  things: 'vehicles',
  view: VehicleView,
  page: VehiclePage,
  writeScope: 'write',
  id: { name: 'vehicle_id', ...vehicleInPath },
  about: {
    list: '`search` finds those of which each of its words is part of plate, make, model or year.',
    remove: 'Its odometer readings and reminders go with it.',
  },
});
const IdInPath = () => Param('vehicle_id', new TextIdParam('vehicle_id'));

/** Whose workshop a vehicle is of is its customer's. */
@ApiTags('vehicles')
@Controller('api/v1/notifications/vehicles')
export class VehiclesController {
  constructor(
    private readonly vehicles: VehiclesRepository,
    private readonly writes: Writes,
  ) {}

  @Lists()
  async list(
    @Query(new CheckedQuery(VehiclesQuery)) query: VehiclesQuery,
    @CallerParam() { tallerId }: Caller,
    @Req() request: FastifyRequest,
  ): Promise<VehiclePage> {
    const { search, customer_id: customerId, plate } = query;
    const filter = { search, customerId, plate };
    const ordering = (query.ordering ?? 'plate').replace('vehicle_id', 'id');
    const read = (window: Window) => this.vehicles.page(tallerId, filter, ordering, window);
    return listed(request, query, read, vehicleView);
  }

  @Gets()
  async get(@IdInPath() id: string, @CallerParam() { tallerId }: Caller): Promise<VehicleView> {
    return vehicleView(found(await this.vehicles.find(tallerId, id), 'vehicle'));
  }

  @Creates()
  create(
    @Body(new CheckedBody(VehicleInput)) { vehicle_id: id, ...input }: VehicleInput,
    @WriterParam() writer: Writer,
  ): Promise<VehicleView> {
    return this.writes.run(writer, async (change) => {
      await requireCustomer(change.manager, writer.caller, input.customer_id);
      const inserted = change.insert(vehicleTable, { year: null, ...input, id });
      return vehicleView(await underItsName('vehicle_id', inserted));
    });
  }

  @Replaces()
  replace(
    @IdInPath() id: string,
    @Body(new CheckedBody(VehicleReplacement)) input: VehicleReplacement,
    @WriterParam() writer: Writer,
  ): Promise<VehicleView> {
    return this.alter(id, writer, { year: null, ...input });
  }

  @Patches()
  patch(
    @IdInPath() id: string,
    @Body(new CheckedBody(VehiclePatch)) patch: VehiclePatch,
    @WriterParam() writer: Writer,
  ): Promise<VehicleView> {
    return this.alter(id, writer, patch);
  }

  @Removes()
  async remove(@IdInPath() id: string, @WriterParam() writer: Writer): Promise<void> {
    await this.writes.run(writer, async (change) => {
      const row = await change.manager.findOneBy(vehicleTable.schema, { id });
      await requireVehicle(change.manager, writer.caller, row);
      const check = (current: VehicleRow) => requireMatch(writer, vehicleView(current));
      found(await change.remove(vehicleTable, { id }, check), 'vehicle');
    });
  }

  private alter(id: string, writer: Writer, input: VehiclePatch): Promise<VehicleView> {
    const { vehicle_id = id, ...changed } = input;
    return this.writes.run(writer, async (change) => {
      const row = await change.update(vehicleTable, { id }, async (current) => {
        await requireVehicle(change.manager, writer.caller, current);
        requireMatch(writer, vehicleView(current));
        if (vehicle_id !== id) throw badField('vehicle_id', 'cannot be changed');
        if (changed.customer_id !== undefined) {
          await requireCustomer(change.manager, writer.caller, changed.customer_id);
        }
        Object.assign(current, changed);
      });
      return vehicleView(found(row, 'vehicle'));
    });
  }
}

/** A vehicle of a customer in sight of the caller, or a 404. */
async function requireVehicle(
  manager: EntityManager,
  { tallerId }: Caller,
  row: VehicleRow | null,
): Promise<void> {
  const isOwn = row !== null && (await isCustomerOf(manager, tallerId, row.customer_id));
  found(isOwn || null, 'vehicle');
}

async function requireCustomer(
  manager: EntityManager,
  { tallerId }: Caller,
  customerId: string,
): Promise<void> {
  const isOwn = await isCustomerOf(manager, tallerId, customerId);
  if (!isOwn) throw badField('customer_id', 'names nothing known');
}
