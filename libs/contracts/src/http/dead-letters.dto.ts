import { ApiProperty, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { ChoiceField, IntegerField, TextField } from './fields.js';
import { ApiMoment } from './moment.js';
import { PageOf, PageQuery } from './page.dto.js';

const deadLetterKinds = ['notification', 'sync'] as const;
export type DeadLetterKind = (typeof deadLetterKinds)[number];

/** `waiting`: a replay was asked for, and has its time. `refused`: it may not go any more. */
const states = ['open', 'waiting', 'replayed', 'refused'] as const;
export type DeadLetterState = (typeof states)[number];

/** A notification that failed, or a task that used up its attempts. */
export class DeadLetterView {
  /** The notification's or task's own. */
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ enum: deadLetterKinds })
  kind: DeadLetterKind;

  /** Stable; by it they are grouped. */
  @ApiProperty({ type: String, example: 'retries_used_up' })
  cause: string;

  @ApiProperty({ type: String, nullable: true, example: 'whatsapp: http_503' })
  detail: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  taller_id: string | null;

  @ApiMoment()
  at: string;

  @ApiProperty({ enum: states })
  state: DeadLetterState;

  /** When it is replayed, where it waits for that. */
  @ApiMoment({ nullable: true })
  replay_due_at: string | null;

  @ApiMoment({ nullable: true })
  resolved_at: string | null;

  /** Why it may not be replayed. */
  @ApiProperty({ type: String, nullable: true, example: 'expired' })
  refusal: string | null;

  /** The notification or task that was made of it. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  replayed_as: string | null;
}

/** With what it was. */
export class DeadLetterDetail extends DeadLetterView {
  /** Null for a task. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  event_id: string | null;

  @ApiProperty({ type: String, nullable: true })
  event_type: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'customer' })
  recipient_kind: string | null;

  @ApiProperty({ type: String, nullable: true })
  recipient_id: string | null;

  /** Null for a notification. */
  @ApiProperty({ type: String, nullable: true, example: 'vehicles' })
  task_kind: string | null;

  /** The core system's ids of the first 20 records that could not be applied. */
  @ApiProperty({ type: [String], nullable: true })
  record_ids: string[] | null;

  @ApiProperty({ type: 'integer' })
  attempts: number;
}

export class DeadLetterPage extends PageOf(DeadLetterView, 'DeadLetterPage') {}

/** What failed for one cause, and is not settled. */
export class DeadLetterGroupView {
  @ApiProperty({ enum: deadLetterKinds })
  kind: DeadLetterKind;

  @ApiProperty({ type: String, example: 'retries_used_up' })
  cause: string;

  @ApiProperty({ type: 'integer' })
  count: number;

  /** Of these, how many wait for a replay that was asked for. */
  @ApiProperty({ type: 'integer' })
  waiting: number;

  @ApiMoment()
  oldest: string;

  @ApiMoment()
  newest: string;
}

export class DeadLetterGroupPage extends PageOf(DeadLetterGroupView, 'DeadLetterGroupPage') {}

const orderings = ['at', '-at'] as const;

/** `search` looks at cause and detail. */
export class DeadLettersQuery extends PageQuery {
  @ApiProperty({ enum: orderings, required: false, default: '-at' })
  @IsIn(orderings)
  @IsOptional()
  ordering?: string;

  @ApiProperty({ enum: deadLetterKinds, required: false })
  @IsIn(deadLetterKinds)
  @IsOptional()
  kind?: DeadLetterKind;

  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  cause?: string;

  @ApiProperty({ enum: states, required: false })
  @IsIn(states)
  @IsOptional()
  state?: DeadLetterState;
}

export class DeadLetterGroupsQuery extends OmitType(PageQuery, ['search']) {
  @ApiProperty({ enum: deadLetterKinds, required: false })
  @IsIn(deadLetterKinds)
  @IsOptional()
  kind?: DeadLetterKind;
}

/** Which dead letters are replayed together, and how fast. */
export class ReplayGroupInput {
  @ChoiceField(deadLetterKinds)
  kind: DeadLetterKind;

  @TextField({ max: 100, example: 'channel_misconfigured' })
  cause: string;

  @IntegerField({
    required: false,
    min: 1,
    max: 6000,
    default: 120,
    description: 'How many are replayed in a minute.',
  })
  per_minute?: number;
}

/** Each has its time; the worker replays them. */
export class ReplaysScheduled {
  @ApiProperty({ type: 'integer' })
  scheduled: number;

  /** When the last one is due; null where there was none. */
  @ApiMoment({ nullable: true })
  last_due_at: string | null;
}

/** What came of a replay, be it asked for now or before. */
export class ReplayView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  /** `refused`: it may not go any more, and nothing was sent. */
  @ApiProperty({ enum: ['replayed', 'refused'] })
  outcome: 'replayed' | 'refused';

  @ApiProperty({ type: String, nullable: true, example: 'consent_withdrawn' })
  refusal: string | null;

  /** The new notification or task. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  replayed_as: string | null;
}
