import { IntersectionType, PickType } from '@nestjs/swagger';
import { type TaskStatus, taskStatuses } from '#domain/sync/task-status.js';
import { CustomerInput } from './customers.dto.js';
import { ids } from './examples.js';
import {
  BooleanField,
  IntegerField,
  MomentField,
  ObjectField,
  ShownInExample,
  TextField,
} from './fields.js';
import {
  ChoiceShown,
  IdShown,
  IntegerShown,
  MapShown,
  MomentShown,
  orNull,
  TextShown,
} from './shown.js';
import { TextIdField } from './text-id.js';
import { letterOrDigit } from './vehicles.dto.js';

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

  @MomentField({
    required: false,
    nullable: true,
    description: 'When it changed at the core system. Needed where there is no `version`.',
    example: '2026-01-19T10:15:00-05:00',
  })
  updated_at?: string | null;

  @BooleanField({
    required: false,
    default: false,
    example: false,
    description: 'True: it is gone. The members beside id and version are not needed then.',
  })
  deleted?: boolean;
}

/** What a customer prefers on one channel; what is left out takes its default. */
export class SyncPreference {
  @BooleanField({
    required: false,
    default: true,
    description: 'False: the person wants no notices here.',
    example: true,
  })
  enabled?: boolean;

  @IntegerField({
    required: false,
    nullable: true,
    min: 1,
    max: 100,
    default: null,
    description: "1 is tried first. Null: the matrix's order.",
    example: 1,
  })
  priority?: number | null;
}

/** Channels that are left out stay as they are. */
@ShownInExample('whatsapp')
export class SyncPreferences {
  @ObjectField(SyncPreference, { required: false, description: 'What is preferred of e-mail.' })
  email?: SyncPreference;

  @ObjectField(SyncPreference, { required: false, description: 'What is preferred of WhatsApp.' })
  whatsapp?: SyncPreference;

  @ObjectField(SyncPreference, { required: false, description: 'What is preferred of push.' })
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

  @ObjectField(SyncPreferences, {
    required: false,
    nullable: true,
    description: 'How he wants to be told. Absent or null: as it is.',
  })
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

  @TextField({
    required: false,
    max: 20,
    form: letterOrDigit,
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

  @IntegerField({
    required: false,
    nullable: true,
    min: 1886,
    max: 2100,
    description: 'Year of the model. Null: not known.',
    example: 2024,
  })
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
  @IdShown('The task, whose status can be asked for.', ids.task)
  task_id: string;

  @IntegerShown('How many records there are.', 1)
  records: number;
}

/** How far a task is: one of a sync, or of a dispatch's receipt. */
export class TaskStatusView {
  @IdShown('The task.', ids.task)
  task_id: string;

  @ChoiceShown(
    taskStatuses,
    'PENDING: waits. STARTED: under way. RETRY: waits for another attempt. SUCCESS: applied, or ' +
      'taken by a provider. FAILURE: ended without; `error` says why.',
    'SUCCESS',
  )
  status: TaskStatus;

  @MapShown(
    'Null until the task has ended. Of a sync, how many `records` there were: `applied`, `unchanged` ' +
      'because what they say was known or overtaken, `ignored` because they are about somebody who ' +
      'was erased and are not newer than that. Of a dispatch its `event_id`, `notification_id` and `state`.',
    { records: 3, applied: 1, unchanged: 1, ignored: 1 },
    orNull,
  )
  result: Record<string, unknown> | null;

  @TextShown(
    'A stable code, and after a colon more of it, where something went wrong: ' +
      '`customer_missing: 1 vehicle waits for its customer`.',
    null,
    orNull,
  )
  error: string | null;

  @IntegerShown('How often it was tried.', 1)
  attempts: number;

  @MomentShown('When it was accepted.')
  created_at: string;

  @MomentShown('When it ended; null until then.', '2026-01-19T15:15:01.000Z', orNull)
  ended_at: string | null;
}
