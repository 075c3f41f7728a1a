import { ApiProperty } from '@nestjs/swagger';
import { messageStates } from '#domain/analytics/delivery-figures.js';
import { type Channel, channels } from '#domain/catalog/channels.js';
import type { MessageState } from '#domain/delivery/climb-ladder.js';
import { ApiMoment } from './moment.js';

const count = (description: string) =>
  ApiProperty({ type: 'integer', minimum: 0, description, example: 12 });

/**
 * What became of messages. A message is one try on one channel to one address: a notification that
 * WhatsApp refused and e-mail carried is two, one failed and one sent.
 *
 * `total` = `pending` + `sent` + `failed` + `expired` + `stopped`.
 */
export class DeliveryFiguresView {
  @count('All that were made.')
  total: number;

  @count('Waiting, or under way: `queued`, `sending`.')
  pending: number;

  @count('Taken by the provider: `sent`, `delivered`, `read`.')
  sent: number;

  @count('Of the sent ones, those confirmed by a receipt: `delivered`, `read`.')
  delivered: number;

  @count('Refused for good or out of attempts (`failed`), or come back (`bounced`).')
  failed: number;

  @count('Past their use before a provider took them: `expired`.')
  expired: number;

  @count('Called off before they left: `canceled`, `superseded`.')
  stopped: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: 100,
    example: 97.53,
    description:
      '100 × `sent` / (`sent` + `failed` + `expired`), with two decimals; null of none. It counts ' +
      'what providers took, because mail and push tell nothing of what comes after.',
  })
  delivery_rate_percent: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 2.481,
    description:
      'Of the `sent` ones: seconds from the making, or the time that it was scheduled for, until ' +
      'the provider took it, retries included; null of none.',
  })
  average_delivery_seconds: number | null;
}

export class ChannelFiguresView extends DeliveryFiguresView {
  @ApiProperty({ enum: channels })
  channel: Channel;
}

export class EventTypeFiguresView extends DeliveryFiguresView {
  @ApiProperty({ type: String, example: 'appointment_scheduled' })
  event_type: string;
}

export class DayFiguresView extends DeliveryFiguresView {
  @ApiProperty({ type: String, format: 'date' })
  date: string;
}

export class StatusCountView {
  @ApiProperty({ enum: messageStates })
  status: MessageState;

  @count('Messages that are in this state now.')
  count: number;
}

/** The messages made from the first to the last day, both included, and what became of them. */
export class AnalyticsSummary extends DeliveryFiguresView {
  @ApiProperty({ type: String, format: 'date' })
  from: string;

  @ApiProperty({ type: String, format: 'date' })
  to: string;

  @ApiProperty({
    type: String,
    example: 'America/Guayaquil',
    description: "The zone of the days: the workshop's own, or the default of all together.",
  })
  time_zone: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null: of all.' })
  taller_id: string | null;

  @ApiProperty({ type: [ChannelFiguresView], description: 'Every channel.' })
  by_channel: ChannelFiguresView[];

  @ApiProperty({ type: [StatusCountView], description: 'Every state.' })
  by_status: StatusCountView[];

  @ApiProperty({
    type: [EventTypeFiguresView],
    description: 'Those with the most messages first; at most 100.',
  })
  by_event_type: EventTypeFiguresView[];

  @ApiProperty({ type: [DayFiguresView], description: 'Every day, by the day of the making.' })
  by_day: DayFiguresView[];
}

/** A message as a list of news shows it. */
export class RecentMessageView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String, format: 'uuid' })
  notification_id: string;

  @ApiProperty({ type: String, format: 'uuid' })
  event_id: string;

  @ApiProperty({ type: String, example: 'appointment_scheduled' })
  event_type: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  taller_id: string | null;

  @ApiProperty({ enum: channels })
  channel: Channel;

  @ApiProperty({ enum: messageStates })
  status: MessageState;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Stable. Why it is over, if it failed.',
  })
  status_reason: string | null;

  @ApiProperty({ type: 'integer' })
  attempts: number;

  @ApiProperty({ enum: ['customer', 'staff', 'admin'] })
  recipient_kind: string;

  @ApiProperty({ type: String })
  recipient_id: string;

  @ApiProperty({ type: String })
  recipient_name: string;

  @ApiProperty({ type: String, example: 'c***s@e***.com', description: 'Masked.' })
  address: string;

  @ApiMoment()
  created_at: string;

  @ApiMoment({ nullable: true })
  sent_at: string | null;
}

export class RecentMessagesView {
  @ApiProperty({ type: [RecentMessageView], description: 'The newest first.' })
  results: RecentMessageView[];
}

export class ProviderView {
  @ApiProperty({ type: Boolean, description: 'Whether it would take messages now.' })
  answers: boolean;

  @ApiProperty({ type: String, example: 'instance open' })
  detail: string;

  /** An answer is believed for 30 seconds. */
  @ApiMoment()
  checked_at: string;
}

/** How a channel does. Rates are null where no message of the last 24 hours is over. */
export class ChannelHealthView {
  @ApiProperty({ enum: channels })
  channel: Channel;

  @count('Made in the last 24 hours.')
  messages: number;

  @count('Of these, taken by the provider.')
  sent: number;

  @count('Of these, failed, come back or expired.')
  failed: number;

  @ApiProperty({ type: Number, nullable: true, minimum: 0, maximum: 100, example: 98.21 })
  success_rate_percent: number | null;

  @ApiProperty({ type: Number, nullable: true, minimum: 0, maximum: 100, example: 1.79 })
  failure_rate_percent: number | null;

  @ApiProperty({ type: ProviderView })
  provider: ProviderView;
}

export class ChannelsHealthView {
  /** When the 24 hours began. */
  @ApiMoment()
  since: string;

  @ApiProperty({ type: [ChannelHealthView], description: 'Every channel.' })
  channels: ChannelHealthView[];
}
