import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';
import { ChannelDecisionView } from './dry-run.dto.js';
import { context, ids, texts, times } from './examples.js';
import { PageOf } from './page.dto.js';
import { PhaseReferenceView, ReferenceView } from './references.dto.js';
import {
  ChoiceShown,
  ChoicesShown,
  FlagShown,
  IdShown,
  IntegerShown,
  ListShown,
  MapShown,
  MomentShown,
  nullInExample,
  ObjectShown,
  orNull,
  TextShown,
} from './shown.js';

export const notificationStates = [
  'in_progress',
  'sent',
  'delivered',
  'read',
  'failed',
  'expired',
  'canceled',
  'superseded',
] as const;
export type NotificationStateName = (typeof notificationStates)[number];

export const recipientKinds = ['customer', 'staff', 'admin'] as const;

/** What a notification's state says, for everyone who shows one. */
const stateMeaning =
  '`in_progress`: being tried. `sent`: a provider took it. `delivered`, `read`: a receipt says so; ' +
  'mail and most push services give none, so `sent` may be the last word. `failed`: no channel is ' +
  'left. `expired`: past its use. `canceled`: called off. `superseded`: a later event took its place.';

/** What one person is told of one event. */
export class NotificationSummary {
  @IdShown('The notification.', ids.notification)
  id: string;

  @ChoiceShown(
    recipientKinds,
    'A customer, a member of staff, or a mailbox of ADMIN_EMAILS.',
    'customer',
  )
  recipient_kind: string;

  @TextShown(
    "The customer's own id at the core system, the staff member's UUID, or the mailbox.",
    texts.customerId,
  )
  recipient_id: string;

  @TextShown('As it was when the event was accepted.', texts.customer)
  recipient_name: string;

  @ChoiceShown(notificationStates, stateMeaning, 'sent')
  state: NotificationStateName;

  @TextShown('Stable code. Why it ended so, where there is something to say.', null, orNull)
  state_reason: string | null;

  @ChoicesShown(channels, 'The planned channels, in the order of the tries.', ['email'])
  channels: Channel[];

  @MomentShown('When it was planned.')
  created_at: string;

  @MomentShown(
    'When its state became final or `sent`; null while it is in progress.',
    times.sent,
    orNull,
  )
  ended_at: string | null;
}

/** One try of a notification on one channel to one address. */
export class MessageView {
  @IdShown('The message.', ids.message)
  id: string;

  @ChoiceShown(channels, 'The channel.', 'email')
  channel: Channel;

  @IntegerShown('Place on the ladder of channels, from 1.', 1)
  rung: number;

  @TextShown(
    '`queued` and `sending` are under way. `sent`: the provider took it; `delivered` and `read`: a ' +
      'receipt says so. `failed`: refused for good, or out of attempts; `bounced`: taken and come ' +
      'back. `expired`, `canceled`, `superseded`: over before it left.',
    'sent',
  )
  state: string;

  @TextShown('Stable code. Why it is in this state, where there is something to say.', null, orNull)
  state_reason: string | null;

  @IntegerShown('How often the provider was called.', 1)
  attempts: number;

  @MomentShown('When the next attempt is due; of an ended one, when the last was.')
  due_at: string;

  @TextShown(
    "The provider's own id of the message.",
    '<019bd6f0-1a40-7c13-b7c4-0d9e8f1a2c32@example.com>',
    orNull,
  )
  provider_message_id: string | null;

  @MomentShown('When the provider took it.', times.sent, orNull)
  sent_at: string | null;

  @MomentShown(
    'When it reached the person, by a receipt. Mail servers mostly, and push services always, say ' +
      'nothing of it.',
    null,
    orNull,
  )
  delivered_at: string | null;

  @MomentShown(
    'When it was read, by a receipt; of a push message, when it was clicked. A reader may keep it ' +
      'to himself.',
    null,
    orNull,
  )
  read_at: string | null;

  @TextShown('Where to, masked.', texts.maskedEmail)
  address: string;
}

export const timelineKinds = [
  'received',
  'planned',
  'left_out',
  'attempt_started',
  'attempt_ended',
  'next_rung',
  'held',
  'receipt',
  'ended',
  'replayed',
  'replay_refused',
  'replay_of',
] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** One thing that happened to a notification. Entries are added and never changed. */
export class TimelineEntry {
  @MomentShown('When.', times.sent)
  at: string;

  @ChoiceShown(timelineKinds, 'What happened.', 'attempt_ended')
  kind: TimelineKind;

  @ChoiceShown(channels, 'Null where it concerns no channel alone.', 'email', orNull)
  channel: Channel | null;

  @IdShown('Null where it concerns no message alone.', ids.message, orNull)
  message_id: string | null;

  @IntegerShown('Which attempt of the message, from 1.', 1, orNull)
  attempt: number | null;

  @TextShown(
    'What came of an attempt, what a receipt says, or the state at the end.',
    'accepted',
    orNull,
  )
  outcome: string | null;

  @TextShown('Stable code of the reason, where there is one.', null, orNull)
  code: string | null;

  @TextShown(
    "The provider's own words; of a replay, the id of the other notification.",
    null,
    orNull,
  )
  detail: string | null;

  @TextShown(
    'The entry as a sentence, in Spanish.',
    'El correo, intento 1: el proveedor lo aceptó.',
  )
  text_es: string;

  @TextShown('The entry as a sentence, in English.', 'E-mail, attempt 1: the provider took it.')
  text_en: string;
}

export class NotificationDetail extends NotificationSummary {
  @ListShown(ChannelDecisionView, 'What was decided of each channel, and why.')
  decision: ChannelDecisionView[];

  @ListShown(MessageView, 'In the order of the tries.')
  messages: MessageView[];

  @ListShown(TimelineEntry, 'Oldest first.')
  timeline: TimelineEntry[];
}

export class EventBase {
  @IdShown('The event.', ids.event)
  id: string;

  @TextShown('What happened.', texts.eventType)
  event_type: string;

  @ObjectShown(ReferenceView, 'The service that the vehicle came for.')
  service_type: ReferenceView;

  @ObjectShown(ReferenceView, 'Its finer kind, where one was named.', nullInExample)
  subtype: ReferenceView | null;

  @ObjectShown(PhaseReferenceView, 'The step of the visit.')
  phase: PhaseReferenceView;

  @ChoiceShown(targets, 'Whom it tells: customers, or the workshop’s own people.', 'clients')
  target: Target;

  @TextShown("The core system's own id of the customer.", texts.customerId)
  customer_id: string;

  @TextShown("The core system's own id of the vehicle.", null, orNull)
  vehicle_id: string | null;

  @IdShown('The workshop; null where the event concerns none.', ids.taller, orNull)
  taller_id: string | null;

  @MapShown('What the caller said of it, as it came.', context)
  context: Record<string, unknown>;

  @TextShown(
    'The appointment or work order: a later event of the same key supersedes this one.',
    null,
    orNull,
  )
  business_key: string | null;

  @ChoiceShown(['normal', 'high'], '`high` goes before the rest of a queue.', 'normal')
  priority: string;

  @FlagShown('Passes over quiet hours and opt-outs, never over a withdrawn consent.', false)
  critical: boolean;

  @MomentShown(
    'Past it nothing of this event is sent any more.',
    '2026-01-22T15:15:00.000Z',
    orNull,
  )
  valid_until: string | null;

  @MomentShown('When it was to be sent; null: at once.', null, orNull)
  scheduled_for: string | null;

  @TextShown('The `X-Request-Id` of the request that brought it.', ids.request, orNull)
  request_id: string | null;

  @MomentShown('When it was accepted.')
  created_at: string;
}

export class EventSummary extends EventBase {
  @ListShown(NotificationSummary, 'One for each person to be told.')
  notifications: NotificationSummary[];
}

export class EventDetail extends EventBase {
  @ListShown(NotificationDetail, 'One for each person to be told.')
  notifications: NotificationDetail[];
}

export class EventPage extends PageOf(EventSummary, 'EventPage') {}
