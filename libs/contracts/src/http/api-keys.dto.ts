import { ApiProperty, PickType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type Scope, scopes } from '#domain/access/scopes.js';
import { ChoicesField, IntegerField, MomentField, patchOf, TextField } from './fields.js';
import { ApiMoment } from './moment.js';
import { PageOf, PageQuery } from './page.dto.js';

const scopesDescription =
  '`read` looks, `write` changes, `dispatch` sends, `admin` does all. Never more than the caller has.';

/** A key, as it is made. */
export class ApiKeyInput {
  @TextField({ max: 100, description: 'Who holds it.', example: 'Sistema central' })
  name: string;

  @ChoicesField(scopes, { description: scopesDescription, example: ['dispatch', 'read'] })
  scopes: Scope[];

  @TextField({
    required: false,
    nullable: true,
    max: 50,
    description:
      'Slug or UUID of the only workshop that it may act for. Absent: the caller’s own, null: all.',
  })
  taller_id?: string | null;

  @MomentField({ required: false, nullable: true })
  expires_at?: string | null;
}

/** What of a key can be changed. The workshop cannot: another one needs another key. */
export class ApiKeyPatch extends patchOf(
  PickType(ApiKeyInput, ['name', 'scopes', 'expires_at'] as const),
) {}

/** The longest that two keys of one caller may go on beside each other: 30 days. */
const longestGraceSeconds = 30 * 86_400;
export const defaultGraceSeconds = 86_400;

export class ApiKeyRotation {
  @IntegerField({
    required: false,
    min: 0,
    max: longestGraceSeconds,
    default: defaultGraceSeconds,
    description: 'Seconds for which the old key goes on; 0 ends it at once.',
  })
  grace_seconds?: number;

  @MomentField({ required: false, nullable: true })
  expires_at?: string | null;
}

const statuses = ['active', 'expired', 'revoked'] as const;

export class ApiKeyView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String })
  name: string;

  @ApiProperty({ type: String, example: 'amb_live_3fWq', description: 'How the key begins.' })
  prefix: string;

  @ApiProperty({ type: [String], enum: scopes, enumName: 'Scope' })
  scopes: Scope[];

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  taller_id: string | null;

  @ApiProperty({ type: String, enum: statuses })
  status: (typeof statuses)[number];

  @ApiMoment({ nullable: true })
  expires_at: string | null;

  @ApiMoment({ nullable: true })
  revoked_at: string | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The key that it was rotated to.',
  })
  replaced_by: string | null;

  @ApiMoment({ nullable: true })
  last_used_at: string | null;

  @ApiMoment()
  created_at: string;
}

/** A key that was made just now. */
export class ApiKeyMade extends ApiKeyView {
  @ApiProperty({
    type: String,
    nullable: true,
    pattern: '^amb_live_[0-9A-Za-z]{43}$',
    description:
      'The key itself, told this once: we keep its hash alone. A repeat under the same ' +
      'Idempotency-Key says null. Who never got it rotates the key.',
  })
  key: string | null;
}

export class ApiKeyPage extends PageOf(ApiKeyView, 'ApiKeyPage') {}

const orderings = ['created_at', '-created_at', 'name', '-name'] as const;

export class ApiKeysQuery extends PageQuery {
  @ApiProperty({ enum: orderings, required: false, default: '-created_at' })
  @IsIn(orderings)
  @IsOptional()
  ordering?: string;

  @ApiProperty({ enum: statuses, required: false })
  @IsIn(statuses)
  @IsOptional()
  status?: (typeof statuses)[number];

  @TextField({
    required: false,
    max: 50,
    description: 'Slug or UUID of a workshop, or `null` for the keys that act for all.',
  })
  taller_id?: string;
}
