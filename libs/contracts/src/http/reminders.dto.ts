import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { ChoiceField, DateField, IntegerField, patchOf, TextField } from './fields.js';
import { ApiMoment } from './moment.js';
import { PageOf, PageQuery } from './page.dto.js';
import { TextIdField } from './text-id.js';

export const reminderStatuses = ['pending', 'completed', 'cancelled'] as const;
export type ReminderStatus = (typeof reminderStatuses)[number];

/** What is due for a vehicle, by a day, by kilometres or by both; at least one is given. */
export class ReminderInput {
  @TextIdField({ example: 'customer-001' })
  customer_id: string;

  @TextIdField({ description: "One of the customer's.", example: 'vehicle-001' })
  vehicle_id: string;

  @TextField({ max: 100, description: 'Slug or UUID.', example: 'mantenimiento-preventivo' })
  service_type_id: string;

  @TextField({
    required: false,
    min: 0,
    max: 500,
    default: '',
    description: 'For the staff; customers do not see it.',
    example: 'Mantenimiento de los 10.000 km',
  })
  description?: string;

  @DateField({ required: false, nullable: true, description: 'Due on this day at the latest.' })
  due_on?: string | null;

  @IntegerField({
    required: false,
    nullable: true,
    min: 1,
    max: 2_000_000,
    description: 'Due when the odometer shows so many kilometres.',
    example: 10_000,
  })
  due_km?: number | null;

  @ChoiceField(reminderStatuses, { required: false, default: 'pending' })
  status?: ReminderStatus;
}

export class ReminderPatch extends patchOf(ReminderInput) {}

/** A notice that a customer was given, or could not be given. */
export class ReminderNoticeView {
  /** Days from the due date; negative before it. */
  @ApiProperty({ type: 'integer', example: -14 })
  offset_days: number;

  /** The due date as it was then. */
  @ApiProperty({ type: String, format: 'date' })
  due_on: string;

  @ApiMoment()
  given_at: string;

  /** The event that told of it, and of the customer's other vehicles due; null until it is sent. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  event_id: string | null;

  /** Why nobody was told: the code of the refusal. */
  @ApiProperty({ type: String, nullable: true, example: 'no_reachable_channel' })
  refusal: string | null;
}

export class ReminderView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String })
  customer_id: string;

  @ApiProperty({ type: String })
  vehicle_id: string;

  @ApiProperty({ type: String, format: 'uuid' })
  service_type_id: string;

  @ApiProperty({ type: String, example: 'mantenimiento-preventivo' })
  service_type_slug: string;

  @ApiProperty({ type: String })
  description: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  due_on: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  due_km: number | null;

  /** The day on which the odometer is expected to show `due_km`; null without a reading. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  projected_on: string | null;

  /** The day that counts: the earlier of `due_on` and `projected_on`. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  effective_due_on: string | null;

  @ApiProperty({ enum: reminderStatuses })
  status: ReminderStatus;

  /** The latest last. */
  @ApiProperty({ type: [ReminderNoticeView] })
  notices: ReminderNoticeView[];

  @ApiMoment()
  created_at: string;

  @ApiMoment()
  updated_at: string;
}

export class ReminderPage extends PageOf(ReminderView, 'ReminderPage') {}

const orderings = ['due_on', '-due_on', 'created_at', '-created_at'] as const;

export class RemindersQuery extends PageQuery {
  /** By `due_on`: the day that counts; reminders without one are the last. */
  @ApiProperty({ enum: orderings, required: false, default: 'due_on' })
  @IsIn(orderings)
  @IsOptional()
  ordering?: (typeof orderings)[number];

  @ChoiceField(reminderStatuses, { required: false })
  status?: ReminderStatus;

  @TextField({ required: false, max: 100 })
  customer_id?: string;

  @TextField({ required: false, max: 100 })
  vehicle_id?: string;

  @DateField({ required: false, description: '`effective_due_on` is this day or a later one.' })
  due_after?: string;

  @DateField({ required: false, description: '`effective_due_on` is this day or an earlier one.' })
  due_before?: string;
}
