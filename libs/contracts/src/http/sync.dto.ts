import { ApiProperty, IntersectionType, PickType } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { type TaskStatus, taskStatuses } from '#domain/sync/task-status.js';
import { CustomerInput } from './customers.dto.js';
import { BooleanField, IntegerField, MomentField, ObjectField, TextField } from './fields.js';
import { ApiMoment } from './moment.js';
import { TextIdField } from './text-id.js';

/** Records in one payload. */
export const mostSyncRecords = 1000;

/** What every record has: the order of what the core system says of one thing. */
class SyncRecord {
  @IntegerField({
    required: false,
    nullable: true,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    description:
      'Grows with every change. Needed where there is no `updated_at`; where both are given, it decides.',
    example: 7,
  })
  version?: number | null;

  @MomentField({ required: false, nullable: true })
  updated_at?: string | null;

  @BooleanField({
    required: false,
    default: false,
    description: 'True: it is gone. The members beside id and version are not needed then.',
  })
  deleted?: boolean;
}

/** What a customer prefers on one channel; what is left out takes its default. */
export class SyncPreference {
  @BooleanField({ required: false, default: true })
  enabled?: boolean;

  @IntegerField({
    required: false,
    nullable: true,
    min: 1,
    max: 100,
    default: null,
    description: "1 is tried first. Null: the matrix's order.",
  })
  priority?: number | null;
}

/** Channels that are left out stay as they are. */
export class SyncPreferences {
  @ObjectField(SyncPreference, { required: false })
  email?: SyncPreference;

  @ObjectField(SyncPreference, { required: false })
  whatsapp?: SyncPreference;

  @ObjectField(SyncPreference, { required: false })
  push?: SyncPreference;
}

/** The whole of a customer: what is left out is empty, preferences aside. */
export class SyncCustomer extends IntersectionType(
  SyncRecord,
  PickType(CustomerInput, ['customer_id', 'email', 'phone', 'taller_id']),
) {
  @TextField({
    required: false,
    max: 200,
    description: 'Needed, unless the customer is gone.',
    example: 'Carlos Mendoza',
  })
  name?: string;

  @ObjectField(SyncPreferences, { required: false, nullable: true })
  preferences?: SyncPreferences | null;
}

/** The whole of a vehicle: what is left out is empty. */
export class SyncVehicle extends SyncRecord {
  @TextIdField({ description: "The core system's own id.", example: 'vehicle-001' })
  vehicle_id: string;

  @TextIdField({
    required: false,
    description: 'Whose it is. Needed, unless the vehicle is gone; he may come in a later payload.',
    example: 'customer-001',
  })
  customer_id?: string;

  @Matches(/[\p{L}\p{N}]/u, { message: '$property must have a letter or a digit' })
  @TextField({
    required: false,
    max: 20,
    description: 'Needed, unless the vehicle is gone.',
    example: 'ABC123',
  })
  plate?: string;

  @TextField({
    required: false,
    max: 100,
    description: 'Needed, unless the vehicle is gone.',
    example: 'Haval',
  })
  make?: string;

  @TextField({
    required: false,
    max: 100,
    description: 'Needed, unless the vehicle is gone.',
    example: 'H6',
  })
  model?: string;

  @IntegerField({ required: false, nullable: true, min: 1886, max: 2100, example: 2024 })
  year?: number | null;

  @IntegerField({
    required: false,
    nullable: true,
    min: 0,
    max: 2_000_000,
    description: 'What the odometer showed on the day of `updated_at`, or today without one.',
    example: 9120,
  })
  km?: number | null;
}

/** The records are committed, and will be applied or end among the dead letters. */
export class SyncReceipt {
  @ApiProperty({ type: String, format: 'uuid' })
  task_id: string;

  /** How many there are. */
  @ApiProperty({ type: 'integer' })
  records: number;
}

/** How far a task is: one of a sync, or of a dispatch's receipt. */
export class TaskStatusView {
  @ApiProperty({ type: String, format: 'uuid' })
  task_id: string;

  @ApiProperty({ enum: taskStatuses })
  status: TaskStatus;

  /** Null until the task has ended. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { records: 2, applied: 1, unchanged: 1 },
  })
  result: Record<string, unknown> | null;

  /** A stable code, and after a colon more of it, where something went wrong. */
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'customer_missing: 1 vehicle waits for its customer',
  })
  error: string | null;

  @ApiProperty({ type: 'integer' })
  attempts: number;

  @ApiMoment()
  created_at: string;

  @ApiMoment({ nullable: true })
  ended_at: string | null;
}
