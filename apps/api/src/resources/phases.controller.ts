import { Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { texts } from '#contracts/http/examples.js';
import { PhasePage, PhasesQuery, PhaseView } from '#contracts/http/phases.dto.js';
import { CatalogRepository } from '#infrastructure/persistence/catalog.repository.js';
import { CheckedQuery } from '../http/checked-input.pipe.js';
import { endpointsOf } from '../http/endpoints.js';
import { addressOf, pageOf, windowOf } from '../http/paging.js';
import { ReferenceParam, referenceSchema } from '../http/reference-param.pipe.js';
import { found } from '../http/writer.js';

const { Lists, Gets } = endpointsOf({
  one: 'Phase',
  many: 'Phases',
  aThing: 'a phase, by slug or UUID',
  things: 'phases, in order',
  view: PhaseView,
  page: PhasePage,
  writeScope: 'admin',
  id: { description: 'Its slug or UUID.', schema: { ...referenceSchema, example: texts.phase } },
  about: { list: '`search` looks into name and slug. The seed makes them; they are read alone.' },
});

/** The seed makes the phases; they are read alone. */
@ApiTags('orchestration')
@Controller('api/v1/notifications/phases')
export class PhasesController {
  constructor(private readonly catalog: CatalogRepository) {}

  @Lists()
  async list(
    @Query(new CheckedQuery(PhasesQuery)) query: PhasesQuery,
    @Req() request: FastifyRequest,
  ): Promise<PhasePage> {
    const { search, ordering = 'order' } = query;
    const { count, rows } = await this.catalog.phases(search, ordering, windowOf(query));
    return pageOf(addressOf(request), query, count, rows);
  }

  @Gets()
  async get(@Param('id', new ReferenceParam()) reference: string): Promise<PhaseView> {
    return found(await this.catalog.phase(reference), 'phase');
  }
}
