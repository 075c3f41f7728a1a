import { Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { texts } from '#contracts/http/examples.js';
import {
  ServiceTypePage,
  ServiceTypesQuery,
  ServiceTypeView,
} from '#contracts/http/service-types.dto.js';
import { CatalogRepository } from '#infrastructure/persistence/catalog.repository.js';
import { CheckedQuery } from '../http/checked-input.pipe.js';
import { endpointsOf } from '../http/endpoints.js';
import { addressOf, pageOf, windowOf } from '../http/paging.js';
import { ReferenceParam, referenceSchema } from '../http/reference-param.pipe.js';
import { found } from '../http/writer.js';

const { Lists, Gets } = endpointsOf({
  one: 'ServiceType',
  many: 'ServiceTypes',
  aThing: 'a service type with its subtypes, by slug or UUID',
  things: 'service types with their subtypes, in order',
  view: ServiceTypeView,
  page: ServiceTypePage,
  writeScope: 'admin',
  id: {
    description: 'Its slug or UUID.',
    schema: { ...referenceSchema, example: texts.serviceType },
  },
  about: { list: '`search` looks into name and slug. The seed makes them; they are read alone.' },
});

/** The seed makes the service types; they are read alone. */
@ApiTags('orchestration')
@Controller('api/v1/notifications/service-types')
export class ServiceTypesController {
  constructor(private readonly catalog: CatalogRepository) {}

  @Lists()
  async list(
    @Query(new CheckedQuery(ServiceTypesQuery)) query: ServiceTypesQuery,
    @Req() request: FastifyRequest,
  ): Promise<ServiceTypePage> {
    const { search, ordering = 'order' } = query;
    const { count, rows } = await this.catalog.serviceTypes(search, ordering, windowOf(query));
    return pageOf(addressOf(request), query, count, rows);
  }

  @Gets()
  async get(@Param('id', new ReferenceParam()) reference: string): Promise<ServiceTypeView> {
    return found(await this.catalog.serviceType(reference), 'service type');
  }
}
