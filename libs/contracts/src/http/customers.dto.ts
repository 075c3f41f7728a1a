import { ids, texts } from './examples.js';
import { patchOf, TextField } from './fields.js';
import { ChoiceFilter, OrderingFilter, TallerFilter } from './filters.js';
import { PageOf, PageQuery } from './page.dto.js';
import { type ReminderStatus, reminderOrderings, reminderStatuses } from './reminders.dto.js';
import { IdShown, MomentShown, orNull, TextShown } from './shown.js';
import { TextIdField } from './text-id.js';

class CustomerFields {
  @TextField({ max: 200, description: 'As he is addressed.', example: texts.customer })
  name: string;

  @TextField({
    required: false,
    nullable: true,
    max: 254,
    format: 'email',
    description: 'One plain mailbox. Null: none.',
    example: texts.email,
  })
  email?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 40,
    description:
      "Kept in E.164. Without a country code it is read as of the workshop's country. Null: none.",
    example: texts.phone,
  })
  phone?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 64,
    description: 'The workshop, by slug or UUID. Null: of none.',
    example: texts.taller,
  })
  taller_id?: string | null;
}

export class CustomerInput extends CustomerFields {
  @TextIdField({ description: "The core system's own id.", example: texts.customerId })
  customer_id: string;
}

/** The id stands in the path; where it is given again, it is the same. */
export class CustomerReplacement extends CustomerFields {
  @TextIdField({ required: false, description: 'As in the path.', example: texts.customerId })
  customer_id?: string;
}

export class CustomerPatch extends patchOf(CustomerReplacement, 'phone') {}

export class CustomerView {
  @TextShown("The core system's own id.", texts.customerId)
  customer_id: string;

  @TextShown('As he is addressed.', texts.customer)
  name: string;

  @TextShown('Where his mail goes; null: nowhere.', texts.email, orNull)
  email: string | null;

  @TextShown('E.164. For WhatsApp; null: none.', texts.phone, orNull)
  phone: string | null;

  @IdShown('The workshop; null: of none.', ids.taller, orNull)
  taller_id: string | null;

  @MomentShown('When we were told of him.')
  created_at: string;

  @MomentShown('When he was last changed.')
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
  @OrderingFilter(orderings, 'name')
  ordering?: string;

  @TallerFilter('those of no workshop')
  taller_id?: string;
}

/** Of one customer's reminders. */
export class CustomerRemindersQuery extends PageQuery {
  @OrderingFilter(...reminderOrderings)
  ordering?: string;

  @ChoiceFilter(reminderStatuses, 'Reminders of this status.')
  status?: ReminderStatus;
}
