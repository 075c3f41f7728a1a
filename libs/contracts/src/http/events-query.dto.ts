import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { type Target, targets } from '#domain/catalog/channels.js';
import { type NotificationStateName, notificationStates } from './events.dto.js';
import { ApiMoment, IsMoment } from './moment.js';
import { PageQuery } from './page.dto.js';

export const eventOrderings = [
  '-created_at',
  'created_at',
  'event_type',
  '-event_type',
  'customer_id',
  '-customer_id',
] as const;
export type EventOrdering = (typeof eventOrderings)[number];

export class EventsQuery extends PageQuery {
  @ApiProperty({ enum: eventOrderings, required: false, default: '-created_at' })
  @IsIn(eventOrderings)
  @IsOptional()
  ordering?: EventOrdering;

  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 64 })
  @Length(1, 64)
  @IsString()
  @IsOptional()
  event_type?: string;

  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  customer_id?: string;

  /** Slug or UUID. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  phase_id?: string;

  /** Slug or UUID. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  service_type_id?: string;

  @ApiProperty({ enum: targets, required: false })
  @IsIn(targets)
  @IsOptional()
  target?: Target;

  /** Slug or UUID; `null` for events without a workshop. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  taller_id?: string;

  /** Events with a notification in this state. */
  @ApiProperty({ enum: notificationStates, required: false })
  @IsIn(notificationStates)
  @IsOptional()
  state?: NotificationStateName;

  @ApiMoment({ required: false })
  @IsMoment()
  @IsOptional()
  created_after?: string;

  @ApiMoment({ required: false })
  @IsMoment()
  @IsOptional()
  created_before?: string;
}
