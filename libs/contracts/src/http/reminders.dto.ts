import { ids, texts } from './examples.js';
import { ChoiceField, DateField, IntegerField, patchOf, TextField } from './fields.js';
import { ChoiceFilter, CustomerFilter, OrderingFilter, ReferenceFilter } from './filters.js';
import { PageOf, PageQuery } from './page.dto.js';
import {
  ChoiceShown,
  DayShown,
  IdShown,
  IntegerShown,
  ListShown,
  MomentShown,
  orNull,
  TextShown,
} from './shown.js';
import { TextIdField } from './text-id.js';

export const reminderStatuses = ['pending', 'completed', 'cancelled'] as const;
export type ReminderStatus = (typeof reminderStatuses)[number];

const statusMeaning =
  '`pending`: notices are given. `completed`: it was done. `cancelled`: nobody is reminded any more.';

/** What is due for a vehicle, by a day, by kilometres or by both; at least one is given. */
export class ReminderInput {
  @TextIdField({ description: 'Who is reminded.', example: texts.customerId })
  customer_id: string;

  @TextIdField({ description: "One of the customer's.", example: texts.vehicleId })
  vehicle_id: string;

  @TextField({
    max: 100,
    description: 'What is due: a service type, by slug or UUID.',
    example: texts.serviceType,
  })
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

  @DateField({
    required: false,
    nullable: true,
    description: 'Due on this day at the latest.',
    example: '2026-07-20',
  })
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

  @ChoiceField(reminderStatuses, {
    required: false,
    default: 'pending',
    description: statusMeaning,
    example: 'pending',
  })
  status?: ReminderStatus;
}

export class ReminderPatch extends patchOf(ReminderInput, 'due_on') {}

/** A notice that a customer was given, or could not be given. */
export class ReminderNoticeView {
  @IntegerShown('Days from the due date; negative before it.', -14, { minimum: -180 })
  offset_days: number;

  @DayShown('The due date as it was then.', '2026-07-12')
  due_on: string;

  @MomentShown('When it was given, or could not be.', '2026-06-28T13:00:00.000Z')
  given_at: string;

  @IdShown(
    "The event that told of it, and of the customer's other vehicles due; null until it is sent.",
    ids.event,
    orNull,
  )
  event_id: string | null;

  @TextShown('Why nobody was told: the code of the refusal.', null, orNull)
  refusal: string | null;
}

export class ReminderView {
  @IdShown('The reminder.', ids.reminder)
  id: string;

  @TextShown('Who is reminded.', texts.customerId)
  customer_id: string;

  @TextShown('The vehicle that it is about.', texts.vehicleId)
  vehicle_id: string;

  @IdShown('What is due.', ids.serviceType)
  service_type_id: string;

  @TextShown("That service type's slug.", texts.serviceType)
  service_type_slug: string;

  @TextShown('For the staff; customers do not see it.', 'Mantenimiento de los 10.000 km')
  description: string;

  @DayShown('Due on this day at the latest.', '2026-07-20', orNull)
  due_on: string | null;

  @IntegerShown('Due when the odometer shows so many kilometres.', 10_000, orNull)
  due_km: number | null;

  @DayShown(
    'The day on which the odometer is expected to show `due_km`; null without a reading.',
    '2026-07-12',
    orNull,
  )
  projected_on: string | null;

  @DayShown(
    'The day that counts: the earlier of `due_on` and `projected_on`.',
    '2026-07-12',
    orNull,
  )
  effective_due_on: string | null;

  @ChoiceShown(reminderStatuses, statusMeaning, 'pending')
  status: ReminderStatus;

  @ListShown(ReminderNoticeView, 'Those given until now; the latest last.')
  notices: ReminderNoticeView[];

  @MomentShown('When it was made.')
  created_at: string;

  @MomentShown('When it was last changed.')
  updated_at: string;
}

export class ReminderPage extends PageOf(ReminderView, 'ReminderPage') {}

const orderings = ['due_on', '-due_on', 'created_at', '-created_at'] as const;

/** For every list of reminders. */
export const reminderOrderings = [
  orderings,
  'due_on',
  'By `due_on`: the day that counts; reminders without one are the last.',
] as const;

export class RemindersQuery extends PageQuery {
  @OrderingFilter(...reminderOrderings)
  ordering?: (typeof orderings)[number];

  @ChoiceFilter(reminderStatuses, 'Reminders of this status.')
  status?: ReminderStatus;

  @CustomerFilter()
  customer_id?: string;

  @ReferenceFilter("A vehicle, by the core system's own id.", texts.vehicleId)
  vehicle_id?: string;

  @DateField({
    required: false,
    description: '`effective_due_on` is this day or a later one.',
    example: '2026-07-01',
  })
  due_after?: string;

  @DateField({
    required: false,
    description: '`effective_due_on` is this day or an earlier one.',
    example: '2026-07-31',
  })
  due_before?: string;
}
