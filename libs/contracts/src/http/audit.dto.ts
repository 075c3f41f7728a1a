import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { ids } from './examples.js';
import { CreatedAfterFilter, CreatedBeforeFilter, OrderingFilter, TextFilter } from './filters.js';
import { PageOf, PageQuery } from './page.dto.js';
import { IdShown, MapShown, MomentShown, ObjectShown, orNull, TextShown } from './shown.js';

const anyJson = ['string', 'number', 'boolean', 'object', 'null'].map((type) => ({ type }));
const anyValue = { anyOf: [...anyJson, { type: 'array', items: {} }] };

/** What one member was and became; a secret is told as `set` or `not set`. */
export class AuditChange {
  @ApiProperty({
    ...anyValue,
    description: 'What it was; a secret is told as `set` or `not set`.',
    example: true,
  })
  from: unknown;

  @ApiProperty({ ...anyValue, description: 'What it became.', example: false })
  to: unknown;
}

export class AuditAuthor {
  @TextShown("The API key's id, the staff member's subject, or `anonymous`.", ids.apiKey)
  id: string;

  @TextShown('The name as it was then.', 'Sistema central')
  name: string;
}

/** Who changed what, from what to what. */
@ApiExtraModels(AuditChange)
export class AuditEntryView {
  @IdShown('The entry.', ids.auditEntry)
  id: string;

  @MomentShown('When.')
  at: string;

  @ObjectShown(AuditAuthor, 'Who did it.')
  author: AuditAuthor;

  @TextShown('Such as `created`, `changed`, `deleted`.', 'changed')
  action: string;

  @TextShown('The kind of thing that was changed.', 'orchestration')
  resource: string;

  @TextShown('Which one.', ids.config)
  resource_id: string;

  @IdShown('Whose it is; null: of all workshops.', null, orNull)
  taller_id: string | null;

  @TextShown('The `X-Request-Id` of the request that did it.', ids.request, orNull)
  request_id: string | null;

  @MapShown(
    'By the member that became different.',
    { 'matrix.phase-schedule.email.enabled': { from: true, to: false } },
    { of: { $ref: getSchemaPath(AuditChange) } },
  )
  changes: Record<string, AuditChange>;
}

export class AuditPage extends PageOf(AuditEntryView, 'AuditPage') {}

/** `search` looks into the author's name, the resource and its id. */
export class AuditQuery extends PageQuery {
  @OrderingFilter(['-at', 'at'], '-at')
  ordering?: string;

  @TextFilter('The kind of thing that was changed.', 'orchestration', 100)
  resource?: string;

  @TextFilter('Which one was changed.', ids.config, 400)
  resource_id?: string;

  @TextFilter("Who did it: an API key's id or a staff member's subject.", ids.apiKey, 400)
  author_id?: string;

  @TextFilter('What was done to it.', 'changed', 100)
  action?: string;

  @CreatedAfterFilter('Done')
  created_after?: string;

  @CreatedBeforeFilter('Done')
  created_before?: string;
}
