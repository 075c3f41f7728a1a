import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';
import { IsFreeForm } from './free-form.js';
import { ApiMoment, IsMoment } from './moment.js';

/** What happened to a vehicle in a workshop. */
export class DispatchRequest {
  /** What happened, `snake_case`. Known ones stand in the catalog; others are welcome. */
  @ApiProperty({
    type: String,
    pattern: '^[a-z][a-z0-9_]{0,63}$',
    example: 'appointment_scheduled',
  })
  @Matches(/^[a-z][a-z0-9_]{0,63}$/, {
    message: '$property must be lower-case letters, digits and underscores, at most 64',
  })
  event_type: string;

  /** Slug or UUID. */
  @ApiProperty({ type: String, minLength: 1, maxLength: 100, example: 'mantenimiento-preventivo' })
  @Length(1, 100)
  @IsString()
  service_type_id: string;

  /** Slug or UUID of one of the service type's subtypes. */
  @ApiProperty({
    type: String,
    nullable: true,
    required: false,
    minLength: 1,
    maxLength: 100,
    example: null,
  })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  subtype_id?: string | null;

  /** Slug or UUID. */
  @ApiProperty({ type: String, minLength: 1, maxLength: 100, example: 'phase-schedule' })
  @Length(1, 100)
  @IsString()
  phase_id: string;

  /** The core system's own id of the customer. */
  @ApiProperty({ type: String, minLength: 1, maxLength: 100, example: 'customer-001' })
  @Length(1, 100)
  @IsString()
  customer_id: string;

  /** The core system's own id of one of the customer's vehicles. */
  @ApiProperty({
    type: String,
    nullable: true,
    required: false,
    minLength: 1,
    maxLength: 100,
    example: null,
  })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  vehicle_id?: string | null;

  /** Slug or UUID of the workshop; without it, the customer's workshop serves. */
  @ApiProperty({
    type: String,
    nullable: true,
    required: false,
    minLength: 1,
    maxLength: 100,
    example: null,
  })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  taller_id?: string | null;

  /** Whom to tell. */
  @ApiProperty({ enum: targets, example: 'clients' })
  @IsIn(targets)
  target: Target;

  /** Values of template variables, whatever the case and accents of the keys. At most 100 keys
   * and 32 KiB. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    selfRequired: false,
    maxProperties: 100,
    example: {
      nombre: 'Carlos Mendoza',
      placa: 'ABC123',
      vehiculo: 'Haval H6 2024',
      fecha: '20 de Enero, 2026',
      hora: '14:30',
    },
  })
  @IsFreeForm()
  @IsOptional()
  context?: Record<string, unknown> | null;

  /** The appointment or work order: a later event of the same key supersedes this one. */
  @ApiProperty({ type: String, nullable: true, required: false, minLength: 1, maxLength: 200 })
  @Length(1, 200)
  @IsString()
  @IsOptional()
  business_key?: string | null;

  /** Past it nothing of this event is sent any more. The event type has a default. */
  @ApiMoment({ nullable: true, required: false })
  @IsMoment()
  @IsOptional()
  valid_until?: string | null;

  /** When to send; at once without it. */
  @ApiMoment({ nullable: true, required: false })
  @IsMoment()
  @IsOptional()
  scheduled_for?: string | null;

  @ApiProperty({ enum: ['normal', 'high'], required: false, default: 'normal' })
  @IsIn(['normal', 'high'])
  @IsOptional()
  priority?: 'normal' | 'high';

  /** Passes over quiet hours and opt-outs, never over a withdrawn consent. */
  @ApiProperty({ type: Boolean, required: false, default: false })
  @IsBoolean()
  @IsOptional()
  critical?: boolean;

  /** Answers what would be decided and sent, and sends nothing. */
  @ApiProperty({ type: Boolean, required: false, default: false })
  @IsBoolean()
  @IsOptional()
  dry_run?: boolean;
}

export class DispatchedNotification {
  @ApiProperty({ type: String, format: 'uuid' })
  notification_id: string;

  @ApiProperty({ type: String, example: 'customer-001' })
  recipient_id: string;

  @ApiProperty({ type: String, example: 'Carlos Mendoza' })
  recipient_name: string;

  /** The planned channels, in the order of the tries. */
  @ApiProperty({ enum: channels, isArray: true, example: ['whatsapp', 'email'] })
  channels: Channel[];

  /** The first message; null where only the staff inbox is served. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  task_id: string | null;
}

/** The event is committed: it will be delivered, or end with a recorded reason. */
export class DispatchReceipt {
  @ApiProperty({ type: String, format: 'uuid' })
  event_id: string;

  @ApiProperty({ type: [DispatchedNotification] })
  notifications: DispatchedNotification[];
}
