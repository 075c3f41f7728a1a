import { OmitType } from '@nestjs/swagger';
import { ids, texts, times } from './examples.js';
import { ChoiceField, IntegerField, TextField } from './fields.js';
import { ChoiceFilter, OrderingFilter, TextFilter } from './filters.js';
import { PageOf, PageQuery } from './page.dto.js';
import {
  ChoiceShown,
  IdShown,
  IntegerShown,
  MomentShown,
  orNull,
  TextShown,
  TextsShown,
} from './shown.js';

const deadLetterKinds = ['notification', 'sync', 'webhook', 'schedule'] as const;
export type DeadLetterKind = (typeof deadLetterKinds)[number];

const kindMeaning =
  'A notification that failed; a sync task that used up its attempts; a webhook of a provider that nobody could read; or the run of a schedule that used up its tries.';

const states = ['open', 'waiting', 'replayed', 'refused'] as const;
export type DeadLetterState = (typeof states)[number];

const example = { cause: 'retries_used_up', at: '2026-01-19T16:45:10.000Z' };

/** What failed for good. */
export class DeadLetterView {
  @IdShown('The id of what failed.', ids.notification)
  id: string;

  @ChoiceShown(deadLetterKinds, kindMeaning, 'notification')
  kind: DeadLetterKind;

  @TextShown('Stable code; by it they are grouped.', example.cause)
  cause: string;

  @TextShown('What was said last, where there is something to say.', 'whatsapp: http_503', orNull)
  detail: string | null;

  @IdShown('The workshop; null where it concerns none.', ids.taller, orNull)
  taller_id: string | null;

  @MomentShown('When it failed for good.', example.at)
  at: string;

  @ChoiceShown(
    states,
    '`waiting`: a replay was asked for, and has its time. `refused`: it may not go any more.',
    'open',
  )
  state: DeadLetterState;

  @MomentShown('When it is replayed, where it waits for that.', null, orNull)
  replay_due_at: string | null;

  @MomentShown('When it was replayed or refused.', null, orNull)
  resolved_at: string | null;

  @TextShown('Why it may not be replayed, such as `expired`.', null, orNull)
  refusal: string | null;

  @IdShown('What was made of it, or has made up for it: another of its kind.', null, orNull)
  replayed_as: string | null;
}

/** With what it was. */
export class DeadLetterDetail extends DeadLetterView {
  @IdShown('The event of a notification; null for everything else.', ids.event, orNull)
  event_id: string | null;

  @TextShown("That event's type.", texts.eventType, orNull)
  event_type: string | null;

  @TextShown('Who was to be told.', 'customer', orNull)
  recipient_kind: string | null;

  @TextShown(
    "The customer's id, the staff member's UUID, or an admin mailbox.",
    texts.customerId,
    orNull,
  )
  recipient_id: string | null;

  @TextShown(
    'What a task was to apply: `customers` or `vehicles`; null for everything else.',
    null,
    orNull,
  )
  task_kind: string | null;

  @TextsShown(
    "The core system's ids of the first 20 records that a task could not apply.",
    null,
    orNull,
  )
  record_ids: string[] | null;

  @TextShown('Who sent the webhook: `evolution` or `mail`; null for everything else.', null, orNull)
  webhook_source: string | null;

  @TextShown('The schedule whose run failed; null for everything else.', null, orNull)
  schedule: string | null;

  @MomentShown('When that run was due.', null, orNull)
  due_at: string | null;

  @IntegerShown('How often it was tried.', 5)
  attempts: number;
}

export class DeadLetterPage extends PageOf(DeadLetterView, 'DeadLetterPage') {}

/** What failed for one cause, and is not settled. */
export class DeadLetterGroupView {
  @ChoiceShown(deadLetterKinds, kindMeaning, 'notification')
  kind: DeadLetterKind;

  @TextShown('Stable code, the same for all of the group.', example.cause)
  cause: string;

  @IntegerShown('How many there are.', 12)
  count: number;

  @IntegerShown('Of these, how many wait for a replay that was asked for.', 0)
  waiting: number;

  @MomentShown('When the first of them failed.', times.created)
  oldest: string;

  @MomentShown('When the last of them failed.', example.at)
  newest: string;
}

export class DeadLetterGroupPage extends PageOf(DeadLetterGroupView, 'DeadLetterGroupPage') {}

const orderings = ['at', '-at'] as const;

/** `search` looks at cause and detail. */
export class DeadLettersQuery extends PageQuery {
  @OrderingFilter(orderings, '-at')
  ordering?: string;

  @ChoiceFilter(deadLetterKinds, kindMeaning)
  kind?: DeadLetterKind;

  @TextFilter('Those of one cause.', example.cause, 100)
  cause?: string;

  @ChoiceFilter(states, 'Those in this state.')
  state?: DeadLetterState;
}

export class DeadLetterGroupsQuery extends OmitType(PageQuery, ['search']) {
  @ChoiceFilter(deadLetterKinds, kindMeaning)
  kind?: DeadLetterKind;
}

/** Which dead letters are replayed together, and how fast. */
export class ReplayGroupInput {
  @ChoiceField(deadLetterKinds, { description: kindMeaning, example: 'notification' })
  kind: DeadLetterKind;

  @TextField({
    max: 100,
    description: 'The cause of those to replay, as the groups tell it.',
    example: 'channel_misconfigured',
  })
  cause: string;

  @IntegerField({
    required: false,
    min: 1,
    max: 6000,
    default: 120,
    description: 'How many are replayed in a minute.',
    example: 120,
  })
  per_minute?: number;
}

/** Each has its time; the worker replays them. */
export class ReplaysScheduled {
  @IntegerShown('How many will be replayed.', 12)
  scheduled: number;

  @MomentShown(
    'When the last one is due; null where there was none.',
    '2026-01-19T17:00:06.000Z',
    orNull,
  )
  last_due_at: string | null;
}

/** What came of a replay, be it asked for now or before. */
export class ReplayView {
  @IdShown('The dead letter.', ids.notification)
  id: string;

  @ChoiceShown(
    ['replayed', 'refused'],
    '`refused`: it may not go any more, and nothing was sent.',
    'replayed',
  )
  outcome: 'replayed' | 'refused';

  @TextShown('Why it may not go, such as `consent_withdrawn`.', null, orNull)
  refusal: string | null;

  @IdShown('The new notification, task, webhook or run.', ids.replay, orNull)
  replayed_as: string | null;
}
