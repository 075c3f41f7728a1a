import { messageStates } from '#domain/analytics/delivery-figures.js';
import { type Channel, channels } from '#domain/catalog/channels.js';
import type { MessageState } from '#domain/delivery/climb-ladder.js';
import { recipientKinds } from './events.dto.js';
import { ids, texts, times } from './examples.js';
import {
  ChoiceShown,
  DayShown,
  DecimalShown,
  FlagShown,
  IdShown,
  IntegerShown,
  ListShown,
  MomentShown,
  ObjectShown,
  orNull,
  TextShown,
} from './shown.js';

const percent = { ...orNull, minimum: 0, maximum: 100 };

/**
 * What became of messages. A message is one try on one channel to one address: a notification that
 * WhatsApp refused and e-mail carried is two, one failed and one sent.
 *
 * `total` = `pending` + `sent` + `failed` + `expired` + `stopped`.
 */
export class DeliveryFiguresView {
  @IntegerShown(
    'All that were made. A message is one try on one channel to one address: a notification that ' +
      'WhatsApp refused and e-mail carried is two. `pending` + `sent` + `failed` + `expired` + `stopped`.',
    126,
  )
  total: number;

  @IntegerShown('Waiting, or under way: `queued`, `sending`.', 2)
  pending: number;

  @IntegerShown('Taken by the provider: `sent`, `delivered`, `read`.', 118)
  sent: number;

  @IntegerShown(
    'Of the sent ones, those confirmed by a receipt: `delivered`, `read`. Mail and most push ' +
      'services give no receipt, so this is a lower bound of what arrived.',
    96,
  )
  delivered: number;

  @IntegerShown('Refused for good or out of attempts (`failed`), or come back (`bounced`).', 3)
  failed: number;

  @IntegerShown('Past their use before a provider took them: `expired`.', 1)
  expired: number;

  @IntegerShown('Called off before they left: `canceled`, `superseded`.', 2)
  stopped: number;

  @DecimalShown(
    'The delivery rate: 100 × `sent` / (`sent` + `failed` + `expired`), with two decimals; null of ' +
      'none. It counts what providers took, because mail and push tell nothing of what comes after.',
    96.72,
    percent,
  )
  delivery_rate_percent: number | null;

  @DecimalShown(
    'Of the `sent` ones: seconds from the making, or the time that it was scheduled for, until the ' +
      'provider took it, retries included, with three decimals; null of none.',
    2.481,
    { ...orNull, minimum: 0 },
  )
  average_delivery_seconds: number | null;
}

const median = {
  description:
    'Half of the `sent` ones took at most so many seconds, counted as in `average_delivery_seconds`; ' +
    'null of none. Read from a histogram, so that it may be off by a fifth.',
  example: 1.218,
};

export class ChannelFiguresView extends DeliveryFiguresView {
  @DecimalShown(median.description, median.example, { ...orNull, minimum: 0 })
  median_delivery_seconds: number | null;

  @ChoiceShown(channels, 'The channel of these messages.', 'whatsapp')
  channel: Channel;
}

export class EventTypeFiguresView extends DeliveryFiguresView {
  @TextShown('The type of the events that they tell of.', texts.eventType)
  event_type: string;
}

/** The messages of one day on one channel. */
export class DayChannelView {
  @ChoiceShown(channels, 'The channel of these messages.', 'whatsapp')
  channel: Channel;

  @IntegerShown('All that were made.', 42)
  total: number;

  @IntegerShown('Taken by the provider: `sent`, `delivered`, `read`.', 40)
  sent: number;

  @IntegerShown('Refused for good, out of attempts, or come back.', 1)
  failed: number;
}

export class DayFiguresView extends DeliveryFiguresView {
  @DayShown('The day of the making, in `time_zone`.', '2026-01-19')
  date: string;

  @ListShown(DayChannelView, 'Every channel.')
  by_channel: DayChannelView[];
}

export class StatusCountView {
  @ChoiceShown(messageStates, "A message's state.", 'delivered')
  status: MessageState;

  @IntegerShown('Messages that are in this state now.', 96)
  count: number;
}

/** The messages made from the first to the last day, both included, and what became of them. */
export class AnalyticsSummary extends DeliveryFiguresView {
  @DecimalShown(median.description, median.example, { ...orNull, minimum: 0 })
  median_delivery_seconds: number | null;

  @DayShown('The first day.', '2026-01-01')
  from: string;

  @DayShown('The last day, itself included.', '2026-01-30')
  to: string;

  @TextShown(
    "The zone of the days: the workshop's own, or the default of all together.",
    'America/Guayaquil',
  )
  time_zone: string;

  @IdShown('Whose messages these are; null: of all.', ids.taller, orNull)
  taller_id: string | null;

  @ListShown(ChannelFiguresView, 'Every channel.')
  by_channel: ChannelFiguresView[];

  @ListShown(StatusCountView, 'Every state.')
  by_status: StatusCountView[];

  @ListShown(EventTypeFiguresView, 'Those with the most messages first; at most 100.')
  by_event_type: EventTypeFiguresView[];

  @ListShown(DayFiguresView, 'Every day, by the day of the making.')
  by_day: DayFiguresView[];
}

/** A message as a list of news shows it. */
export class RecentMessageView {
  @IdShown('The message.', ids.message)
  id: string;

  @IdShown('The notification that it is a try of.', ids.notification)
  notification_id: string;

  @IdShown('The event that it tells of.', ids.event)
  event_id: string;

  @TextShown('What happened.', texts.eventType)
  event_type: string;

  @IdShown('The workshop; null where the event concerns none.', ids.taller, orNull)
  taller_id: string | null;

  @ChoiceShown(channels, 'The channel.', 'email')
  channel: Channel;

  @ChoiceShown(messageStates, 'As it is now.', 'sent')
  status: MessageState;

  @TextShown('Stable code. Why it is over, if it failed.', null, orNull)
  status_reason: string | null;

  @IntegerShown('How often the provider was called.', 1)
  attempts: number;

  @ChoiceShown(recipientKinds, 'Who is told.', 'customer')
  recipient_kind: string;

  @TextShown("The customer's id, the staff member's UUID, or an admin mailbox.", texts.customerId)
  recipient_id: string;

  @TextShown('Who that is.', texts.customer)
  recipient_name: string;

  @TextShown('Where to, masked.', texts.maskedEmail)
  address: string;

  @MomentShown('When it was made.')
  created_at: string;

  @MomentShown('When the provider took it.', times.sent, orNull)
  sent_at: string | null;
}

export class RecentMessagesView {
  @ListShown(RecentMessageView, 'The newest first.')
  results: RecentMessageView[];
}

export class ProviderView {
  @FlagShown('Whether it would take messages now.', true)
  answers: boolean;

  @TextShown('What it said of itself, or why it does not answer.', 'instance open')
  detail: string;

  @MomentShown('When it was asked. An answer is believed for 30 seconds.', times.sent)
  checked_at: string;
}

/** How a channel does. Rates are null where no message of the last 24 hours is over. */
export class ChannelHealthView {
  @ChoiceShown(channels, 'The channel.', 'whatsapp')
  channel: Channel;

  @IntegerShown('Made in the last 24 hours.', 60)
  messages: number;

  @IntegerShown('Of these, taken by the provider.', 56)
  sent: number;

  @IntegerShown('Of these, failed, come back or expired.', 1)
  failed: number;

  @DecimalShown(
    '100 × `sent` / (`sent` + `failed`); null where no message of these 24 hours is over.',
    98.25,
    percent,
  )
  success_rate_percent: number | null;

  @DecimalShown('100 less the success rate; null where that is.', 1.75, percent)
  failure_rate_percent: number | null;

  @ObjectShown(ProviderView, 'What the provider says now.')
  provider: ProviderView;
}

export class ChannelsHealthView {
  @MomentShown('When the 24 hours began.', '2026-01-18T15:15:00.000Z')
  since: string;

  @ListShown(ChannelHealthView, 'Every channel.')
  channels: ChannelHealthView[];
}
