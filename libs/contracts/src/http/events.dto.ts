import { ApiProperty } from '@nestjs/swagger';
import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';
import { ChannelDecisionView } from './dry-run.dto.js';
import { ApiMoment } from './moment.js';

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

/** An entry of the catalog, as an event names it. */
export class ReferenceView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  /** Null where the catalog no longer has it. */
  @ApiProperty({ type: String, nullable: true })
  slug: string | null;

  @ApiProperty({ type: String, nullable: true })
  name: string | null;
}

export class PhaseReferenceView extends ReferenceView {
  @ApiProperty({ type: 'integer', nullable: true })
  order: number | null;
}

export class NotificationSummary {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ enum: ['customer', 'staff', 'admin'] })
  recipient_kind: string;

  @ApiProperty({ type: String })
  recipient_id: string;

  @ApiProperty({ type: String })
  recipient_name: string;

  @ApiProperty({ enum: notificationStates })
  state: NotificationStateName;

  @ApiProperty({ type: String, nullable: true })
  state_reason: string | null;

  /** The planned channels, in the order of the tries. */
  @ApiProperty({ enum: channels, isArray: true })
  channels: Channel[];

  @ApiMoment()
  created_at: string;

  @ApiMoment({ nullable: true })
  ended_at: string | null;
}

export class MessageView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ enum: channels })
  channel: Channel;

  /** Place on the ladder, from 1. */
  @ApiProperty({ type: 'integer' })
  rung: number;

  @ApiProperty({ type: String, example: 'sent' })
  state: string;

  @ApiProperty({ type: String, nullable: true })
  state_reason: string | null;

  @ApiProperty({ type: 'integer' })
  attempts: number;

  @ApiMoment()
  due_at: string;

  @ApiProperty({ type: String, nullable: true })
  provider_message_id: string | null;

  @ApiMoment({ nullable: true })
  sent_at: string | null;

  /** Masked. */
  @ApiProperty({ type: String, example: 'c***s@e***.com' })
  address: string;
}

export const timelineKinds = [
  'received',
  'planned',
  'left_out',
  'attempt_started',
  'attempt_ended',
  'next_rung',
  'ended',
  'replayed',
  'replay_refused',
  'replay_of',
] as const;
export type TimelineKind = (typeof timelineKinds)[number];

export class TimelineEntry {
  @ApiMoment()
  at: string;

  @ApiProperty({ enum: timelineKinds })
  kind: TimelineKind;

  @ApiProperty({ enum: [...channels, null], nullable: true })
  channel: Channel | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  message_id: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  attempt: number | null;

  /** What came of an attempt, or the state at the end. */
  @ApiProperty({ type: String, nullable: true })
  outcome: string | null;

  /** Stable. */
  @ApiProperty({ type: String, nullable: true })
  code: string | null;

  /** The provider's own words; of a replay, the id of the other notification. */
  @ApiProperty({ type: String, nullable: true })
  detail: string | null;

  @ApiProperty({ type: String })
  text_es: string;

  @ApiProperty({ type: String })
  text_en: string;
}

export class NotificationDetail extends NotificationSummary {
  @ApiProperty({ type: [ChannelDecisionView] })
  decision: ChannelDecisionView[];

  @ApiProperty({ type: [MessageView] })
  messages: MessageView[];

  @ApiProperty({ type: [TimelineEntry] })
  timeline: TimelineEntry[];
}

export class EventBase {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String })
  event_type: string;

  @ApiProperty({ type: ReferenceView })
  service_type: ReferenceView;

  @ApiProperty({ type: ReferenceView, nullable: true })
  subtype: ReferenceView | null;

  @ApiProperty({ type: PhaseReferenceView })
  phase: PhaseReferenceView;

  @ApiProperty({ enum: targets })
  target: Target;

  @ApiProperty({ type: String })
  customer_id: string;

  @ApiProperty({ type: String, nullable: true })
  vehicle_id: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  taller_id: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  context: Record<string, unknown>;

  @ApiProperty({ type: String, nullable: true })
  business_key: string | null;

  @ApiProperty({ enum: ['normal', 'high'] })
  priority: string;

  @ApiProperty({ type: Boolean })
  critical: boolean;

  @ApiMoment({ nullable: true })
  valid_until: string | null;

  @ApiMoment({ nullable: true })
  scheduled_for: string | null;

  @ApiProperty({ type: String, nullable: true })
  request_id: string | null;

  @ApiMoment()
  created_at: string;
}

export class EventSummary extends EventBase {
  @ApiProperty({ type: [NotificationSummary] })
  notifications: NotificationSummary[];
}

export class EventDetail extends EventBase {
  @ApiProperty({ type: [NotificationDetail] })
  notifications: NotificationDetail[];
}

export class EventPage {
  @ApiProperty({ type: 'integer' })
  count: number;

  @ApiProperty({ type: String, nullable: true })
  next: string | null;

  @ApiProperty({ type: String, nullable: true })
  previous: string | null;

  @ApiProperty({ type: [EventSummary] })
  results: EventSummary[];
}
