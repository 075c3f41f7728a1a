import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';
import { context, ids, texts } from './examples.js';
import { BooleanField, ChoiceField, MomentField, ShownInExample, TextField } from './fields.js';
import { FreeFormField } from './free-form.js';
import { ChoicesShown, IdShown, ListShown, orNull, TextShown } from './shown.js';

/** The form of an event type, and what a caller reads that sends another. */
export const eventTypeForm = {
  pattern: /^[a-z][a-z0-9_]{0,63}$/,
  must: 'be lower-case letters, digits and underscores, at most 64',
};

/** What happened to a vehicle in a workshop. */
@ShownInExample(
  'event_type',
  'service_type_id',
  'subtype_id',
  'phase_id',
  'customer_id',
  'vehicle_id',
  'taller_id',
  'target',
  'context',
)
export class DispatchRequest {
  @TextField({
    max: 64,
    form: eventTypeForm,
    description:
      'What happened, `snake_case`. Known ones stand in the catalog; others are welcome.',
    example: texts.eventType,
  })
  event_type: string;

  @TextField({ max: 100, description: 'Slug or UUID.', example: texts.serviceType })
  service_type_id: string;

  @TextField({
    required: false,
    nullable: true,
    max: 100,
    description: "Slug or UUID of one of the service type's subtypes.",
    example: null,
  })
  subtype_id?: string | null;

  @TextField({ max: 100, description: 'Slug or UUID.', example: texts.phase })
  phase_id: string;

  @TextField({
    max: 100,
    description: "The core system's own id of the customer.",
    example: texts.customerId,
  })
  customer_id: string;

  @TextField({
    required: false,
    nullable: true,
    max: 100,
    description: "The core system's own id of one of the customer's vehicles.",
    example: null,
  })
  vehicle_id?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 100,
    description: "Slug or UUID of the workshop; without it, the customer's workshop serves.",
    example: null,
  })
  taller_id?: string | null;

  @ChoiceField(targets, {
    description: 'Whom to tell: the customer, or the workshop’s own people.',
    example: 'clients',
  })
  target: Target;

  @FreeFormField({
    description:
      'Values of template variables, whatever the case and accents of the keys. At most 100 keys and 32 KiB.',
    example: context,
  })
  context?: Record<string, unknown> | null;

  @TextField({
    required: false,
    nullable: true,
    max: 200,
    description:
      'The appointment or work order: a later event of the same key supersedes this one.',
    example: 'OT-2026-001',
  })
  business_key?: string | null;

  @MomentField({
    required: false,
    nullable: true,
    description:
      'Past it nothing of this event is sent any more. Without it the event type has a default, ' +
      'from 24 to 72 hours.',
  })
  valid_until?: string | null;

  @MomentField({
    required: false,
    nullable: true,
    description: 'When to send; at once without it.',
    example: '2026-01-20T08:00:00-05:00',
  })
  scheduled_for?: string | null;

  @ChoiceField(['normal', 'high'], {
    required: false,
    default: 'normal',
    description: '`high` goes before the rest of a queue.',
    example: 'normal',
  })
  priority?: 'normal' | 'high';

  @BooleanField({
    required: false,
    default: false,
    description: 'Passes over quiet hours and opt-outs, never over a withdrawn consent.',
    example: false,
  })
  critical?: boolean;

  @BooleanField({
    required: false,
    default: false,
    description: 'Answers what would be decided and sent (200), and sends nothing.',
    example: false,
  })
  dry_run?: boolean;
}

export class DispatchedNotification {
  @IdShown('The notification: what one person is told of the event.', ids.notification)
  notification_id: string;

  @TextShown("The customer's id, the staff member's UUID, or an admin mailbox.", texts.customerId)
  recipient_id: string;

  @TextShown('Who that is.', texts.customer)
  recipient_name: string;

  @ChoicesShown(channels, 'The planned channels, in the order of the tries.', ['email'])
  channels: Channel[];

  @IdShown('The first message; null where only the staff inbox is served.', ids.message, orNull)
  task_id: string | null;
}

/** The event is committed: it will be delivered, or end with a recorded reason. */
export class DispatchReceipt {
  @IdShown('The event, under which its road can be read.', ids.event)
  event_id: string;

  @ListShown(DispatchedNotification, 'One for each person to be told.')
  notifications: DispatchedNotification[];
}
