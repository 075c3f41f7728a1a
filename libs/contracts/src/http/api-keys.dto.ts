import { PickType } from '@nestjs/swagger';
import { type Scope, scopes } from '#domain/access/scopes.js';
import { ids, texts } from './examples.js';
import { ChoicesField, IntegerField, MomentField, patchOf, TextField } from './fields.js';
import { ChoiceFilter, OrderingFilter, TallerFilter } from './filters.js';
import { PageOf, PageQuery } from './page.dto.js';
import { ChoiceShown, ChoicesShown, IdShown, MomentShown, orNull, TextShown } from './shown.js';

const scopesDescription =
  '`read` looks, `write` changes, `dispatch` sends, `admin` does all. Never more than the caller has.';
const expiry = {
  required: false,
  nullable: true,
  example: '2027-01-19T00:00:00-05:00',
} as const;

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
    example: texts.taller,
  })
  taller_id?: string | null;

  @MomentField({ ...expiry, description: 'When it ends. Null: never.' })
  expires_at?: string | null;
}

/** What of a key can be changed. The workshop cannot: another one needs another key. */
export class ApiKeyPatch extends patchOf(
  PickType(ApiKeyInput, ['name', 'scopes', 'expires_at'] as const),
  'name',
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
    example: defaultGraceSeconds,
  })
  grace_seconds?: number;

  @MomentField({
    ...expiry,
    description: 'When the new one ends. Absent: as the old one would have; null: never.',
  })
  expires_at?: string | null;
}

const statuses = ['active', 'expired', 'revoked'] as const;

export class ApiKeyView {
  @IdShown('The key, without what opens anything.', ids.apiKey)
  id: string;

  @TextShown('Who holds it.', 'Sistema central')
  name: string;

  @TextShown('How the key begins.', 'amb_live_3fWq')
  prefix: string;

  @ChoicesShown(scopes, 'What it may do.', ['dispatch', 'read'])
  scopes: Scope[];

  @IdShown('The only workshop that it may act for; null: all.', ids.taller, orNull)
  taller_id: string | null;

  @ChoiceShown(statuses, '`revoked`: ended by someone; `expired`: by its time.', 'active')
  status: (typeof statuses)[number];

  @MomentShown('When it ends; null: never.', '2027-01-19T05:00:00.000Z', orNull)
  expires_at: string | null;

  @MomentShown('When someone ended it.', null, orNull)
  revoked_at: string | null;

  @IdShown('The key that it was rotated to.', null, orNull)
  replaced_by: string | null;

  @MomentShown('To the minute; null: never used.', '2026-01-19T15:15:00.000Z', orNull)
  last_used_at: string | null;

  @MomentShown('When it was made.', '2026-01-05T13:00:00.000Z')
  created_at: string;
}

/** A key that was made just now. */
export class ApiKeyMade extends ApiKeyView {
  @TextShown(
    'The key itself, told this once: we keep its hash alone. A repeat under the same ' +
      'Idempotency-Key says null. Who never got it rotates the key.',
    'amb_live_3fWqEjemploEjemploEjemploEjemploEjemploEjem',
    { ...orNull, pattern: '^amb_live_[0-9A-Za-z]{43}$' },
  )
  key: string | null;
}

export class ApiKeyPage extends PageOf(ApiKeyView, 'ApiKeyPage') {}

const orderings = ['created_at', '-created_at', 'name', '-name'] as const;

export class ApiKeysQuery extends PageQuery {
  @OrderingFilter(orderings, '-created_at')
  ordering?: string;

  @ChoiceFilter(statuses, 'Keys of this status.')
  status?: (typeof statuses)[number];

  @TallerFilter('the keys that act for all')
  taller_id?: string;
}
