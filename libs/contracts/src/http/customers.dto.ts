import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { ChoiceField, patchOf, TextField } from './fields.js';
import { ApiMoment } from './moment.js';
import { PageOf, PageQuery } from './page.dto.js';
import { type ReminderStatus, reminderStatuses } from './reminders.dto.js';
import { TextIdField } from './text-id.js';

class CustomerFields {
  @TextField({ max: 200, example: 'Carlos Mendoza' })
  name: string;

  @TextField({
    required: false,
    nullable: true,
    max: 254,
    format: 'email',
    description: 'One plain mailbox. Null: none.',
    example: 'carlos.mendoza@example.com',
  })
  email?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 40,
    description:
      "Kept in E.164. Without a country code it is read as of the workshop's country. Null: none.",
    example: '+593991234567',
  })
  phone?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 64,
    description: 'The workshop, by slug or UUID. Null: of none.',
    example: 'taller-norte',
  })
  taller_id?: string | null;
}

export class CustomerInput extends CustomerFields {
  @TextIdField({ description: "The core system's own id.", example: 'customer-001' })
  customer_id: string;
}

/** The id stands in the path; where it is given again, it is the same. */
export class CustomerReplacement extends CustomerFields {
  @TextIdField({ required: false, description: 'As in the path.', example: 'customer-001' })
  customer_id?: string;
}

export class CustomerPatch extends patchOf(CustomerReplacement) {}

export class CustomerView {
  @ApiProperty({ type: String, example: 'customer-001' })
  customer_id: string;

  @ApiProperty({ type: String })
  name: string;

  @ApiProperty({ type: String, nullable: true })
  email: string | null;

  /** E.164. */
  @ApiProperty({ type: String, nullable: true, example: '+593991234567' })
  phone: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  taller_id: string | null;

  @ApiMoment()
  created_at: string;

  @ApiMoment()
  updated_at: string;
}

export class CustomerPage extends PageOf(CustomerView, 'CustomerPage') {}

const orderings = [
  'name',
  '-name',
  'customer_id',
  '-customer_id',
  'created_at',
  '-created_at',
  'updated_at',
  '-updated_at',
] as const;

/** `search` finds those of whom each of its words is part of name, e-mail or phone. */
export class CustomersQuery extends PageQuery {
  @ApiProperty({ enum: orderings, required: false, default: 'name' })
  @IsIn(orderings)
  @IsOptional()
  ordering?: string;

  /** Slug or UUID; `null` for those of no workshop. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 64 })
  @Length(1, 64)
  @IsString()
  @IsOptional()
  taller_id?: string;
}

const reminderOrderings = ['due_on', '-due_on', 'created_at', '-created_at'] as const;

/** Of one customer's reminders. */
export class CustomerRemindersQuery extends PageQuery {
  /** By `due_on`: the day that counts; reminders without one are the last. */
  @ApiProperty({ enum: reminderOrderings, required: false, default: 'due_on' })
  @IsIn(reminderOrderings)
  @IsOptional()
  ordering?: string;

  @ChoiceField(reminderStatuses, { required: false })
  status?: ReminderStatus;
}
