import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CatalogView } from '#contracts/http/catalog.dto.js';
import { channels, targets } from '#domain/catalog/channels.js';
import { eventTypes } from '#domain/catalog/event-types.js';
import type { Setup } from '#domain/orchestration/setup.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { IfNoneMatch, taggedAnswer } from '../http/endpoints.js';
import { etagOf, isFresh } from '../http/etag.js';

@ApiTags('catalog')
@Controller('api/v1/notifications/catalog')
export class CatalogController {
  // A setup never changes, so neither does what is said of it.
  private readonly answers = new WeakMap<Setup, { body: string; etag: string }>();

  constructor(private readonly setups: SetupCache) {}

  @Get('/')
  @Needs('read')
  @ApiOperation({
    operationId: 'getCatalog',
    summary: 'All that a dispatch may name',
    description:
      'Service types with their subtypes, phases in order, event types, channels and targets. Its `ETag` changes with any of them.',
  })
  @IfNoneMatch()
  @ApiResponse({
    status: 200,
    type: CatalogView,
    description: 'The catalog.',
    headers: taggedAnswer,
  })
  @ApiResponse({ status: 304, description: 'Unchanged.' })
  @ApiProblems(401, 403, 500, 503)
  async get(
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { body, etag } = this.answerOf(await this.setups.current());
    reply.headers({ etag, 'cache-control': 'private, no-cache' });
    if (isFresh(known, etag)) reply.code(304).send();
    else reply.type('application/json; charset=utf-8').send(body);
  }

  private answerOf(setup: Setup): { body: string; etag: string } {
    const made = this.answers.get(setup);
    if (made) return made;
    const body = JSON.stringify(catalogView(setup));
    const answer = { body, etag: etagOf(body) };
    this.answers.set(setup, answer);
    return answer;
  }
}

function catalogView({ serviceTypes, phases }: Setup): CatalogView {
  return {
    service_types: serviceTypes.map(({ slug, name, icon, subtypes }) => ({
      slug,
      name,
      icon,
      subtypes: subtypes.map((subtype) => ({
        slug: subtype.slug,
        name: subtype.name,
        icon: subtype.icon,
      })),
    })),
    phases: [...phases]
      .sort((a, b) => a.order - b.order)
      .map(({ slug, name, icon, order }) => ({ slug, name, icon, order })),
    event_types: Object.keys(eventTypes),
    channels: [...channels],
    targets: [...targets],
  };
}
