import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type AuditEntryView, AuditPage, AuditQuery } from '#contracts/http/audit.dto.js';
import { AuditRepository } from '#infrastructure/persistence/audit.repository.js';
import type { AuditEntryRow } from '#infrastructure/persistence/schema/audit-entry.schema.js';
import { type Caller, CallerParam, Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedQuery } from '../http/checked-input.pipe.js';
import { addressOf, pageOf, windowOf } from '../http/paging.js';

@ApiTags('audit')
@Controller('api/v1/notifications/audit')
export class AuditController {
  constructor(private readonly audit: AuditRepository) {}

  @Get('/')
  @Needs('admin')
  @ApiOperation({
    operationId: 'listAudit',
    summary: 'Who changed which setting, from what to what; newest first',
    description: "`search` looks into the author's name, the resource and its id.",
  })
  @ApiResponse({ status: 200, type: AuditPage, description: 'One page.' })
  @ApiProblems(400, 401, 403, 500, 503)
  async list(
    @Query(new CheckedQuery(AuditQuery)) query: AuditQuery,
    @CallerParam() { tallerId }: Caller,
    @Req() request: FastifyRequest,
  ): Promise<AuditPage> {
    const { count, rows } = await this.audit.page(
      tallerId,
      {
        search: query.search,
        resource: query.resource,
        resourceId: query.resource_id,
        authorId: query.author_id,
        action: query.action,
        createdAfter: query.created_after,
        createdBefore: query.created_before,
      },
      query.ordering ?? '-at',
      windowOf(query),
    );
    return pageOf(addressOf(request), query, count, rows.map(viewOf));
  }
}

function viewOf({ at, author_id, author_name, changes, ...entry }: AuditEntryRow): AuditEntryView {
  const told = Object.entries(changes).map(([member, [from, to]]) => [member, { from, to }]);
  return {
    ...entry,
    at: at.toISOString(),
    author: { id: author_id, name: author_name },
    changes: Object.fromEntries(told),
  };
}
