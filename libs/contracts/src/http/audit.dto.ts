import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { ApiMoment, IsMoment } from './moment.js';
import { PageOf, PageQuery } from './page.dto.js';

const anyJson = ['string', 'number', 'boolean', 'object', 'null'].map((type) => ({ type }));

/** What one member was and became; a secret is told as `set` or `not set`. */
export class AuditChange {
  @ApiProperty({ anyOf: [...anyJson, { type: 'array', items: {} }] })
  from: unknown;

  @ApiProperty({ anyOf: [...anyJson, { type: 'array', items: {} }] })
  to: unknown;
}

export class AuditAuthor {
  /** The API key's id, the staff member's subject, or `anonymous`. */
  @ApiProperty({ type: String })
  id: string;

  /** As it was then. */
  @ApiProperty({ type: String })
  name: string;
}

/** Who changed what, from what to what. */
@ApiExtraModels(AuditChange)
export class AuditEntryView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiMoment()
  at: string;

  @ApiProperty({ type: AuditAuthor })
  author: AuditAuthor;

  /** Such as `created`, `changed`, `deleted`. */
  @ApiProperty({ type: String, example: 'changed' })
  action: string;

  @ApiProperty({ type: String, example: 'orchestration' })
  resource: string;

  @ApiProperty({ type: String })
  resource_id: string;

  /** Whose it is; null: of all workshops. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  taller_id: string | null;

  /** The `X-Request-Id` of the request that did it. */
  @ApiProperty({ type: String, nullable: true })
  request_id: string | null;

  /** By the member that became different. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(AuditChange) },
    example: { 'matrix.phase-schedule.email.enabled': { from: true, to: false } },
  })
  changes: Record<string, AuditChange>;
}

export class AuditPage extends PageOf(AuditEntryView, 'AuditPage') {}

/** `search` looks into the author's name, the resource and its id. */
export class AuditQuery extends PageQuery {
  @ApiProperty({ enum: ['-at', 'at'], required: false, default: '-at' })
  @IsIn(['-at', 'at'])
  @IsOptional()
  ordering?: string;

  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  resource?: string;

  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 400 })
  @Length(1, 400)
  @IsString()
  @IsOptional()
  resource_id?: string;

  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 400 })
  @Length(1, 400)
  @IsString()
  @IsOptional()
  author_id?: string;

  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  action?: string;

  @ApiMoment({ required: false })
  @IsMoment()
  @IsOptional()
  created_after?: string;

  @ApiMoment({ required: false })
  @IsMoment()
  @IsOptional()
  created_before?: string;
}
