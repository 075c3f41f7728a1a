import { ApiProperty } from '@nestjs/swagger';
import { type Channel, channels } from '#domain/catalog/channels.js';
import { leftOutReasons } from '#domain/dispatch/channel-decision.js';
import { type TemplateSource, templateSources } from '#domain/templates/choose-template.js';
import { ApiMoment } from './moment.js';

export class TemplateChoiceView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String, format: 'uuid' })
  version_id: string;

  @ApiProperty({ type: 'integer' })
  version: number;

  /** The step of the search that found it. */
  @ApiProperty({ enum: templateSources })
  source: TemplateSource;

  @ApiProperty({ type: String })
  text_es: string;

  @ApiProperty({ type: String })
  text_en: string;
}

/**
 * One channel's decision. The five questions are asked in this order; null: not asked any more,
 * because an earlier one was answered with no.
 */
export class ChannelDecisionView {
  @ApiProperty({ enum: channels })
  channel: Channel;

  @ApiProperty({ enum: ['planned', 'left_out'] })
  verdict: 'planned' | 'left_out';

  /** Place in the order of the tries, from 1. */
  @ApiProperty({ type: 'integer', nullable: true })
  position: number | null;

  /** Whose order put it there: the recipient's own, or the matrix's. */
  @ApiProperty({ enum: ['recipient', 'matrix', null], nullable: true })
  ordered_by: 'recipient' | 'matrix' | null;

  /** The matrix has the channel switched on for this phase. */
  @ApiProperty({ type: Boolean })
  enabled: boolean;

  @ApiProperty({ type: Boolean, nullable: true })
  consented: boolean | null;

  /** There is an address or a live subscription that the provider did not call wrong. */
  @ApiProperty({ type: Boolean, nullable: true })
  reachable: boolean | null;

  /** The person did not opt out. */
  @ApiProperty({ type: Boolean, nullable: true })
  preferred: boolean | null;

  @ApiProperty({ type: TemplateChoiceView, nullable: true })
  template: TemplateChoiceView | null;

  /** Why the channel is left out. */
  @ApiProperty({ enum: [...Object.keys(leftOutReasons), null], nullable: true })
  reason: string | null;

  @ApiProperty({ type: String })
  text_es: string;

  @ApiProperty({ type: String })
  text_en: string;
}

/** A rendered message. Which members it has depends on the channel. */
export class ContentView {
  @ApiProperty({ enum: channels })
  channel: Channel;

  /** E-mail. */
  @ApiProperty({ type: String, required: false })
  subject?: string;

  /** E-mail. */
  @ApiProperty({ type: String, required: false })
  html?: string;

  /** E-mail and WhatsApp. */
  @ApiProperty({ type: String, required: false })
  text?: string;

  /** Push. */
  @ApiProperty({ type: String, required: false })
  title?: string;

  /** Push. */
  @ApiProperty({ type: String, required: false })
  body?: string;

  /** Push: what a tap opens. */
  @ApiProperty({ type: String, required: false })
  url?: string;
}

export class RehearsedNotification {
  /** Null where the event would be refused before its recipients are looked at closely. */
  @ApiProperty({ enum: ['customer', 'staff', 'admin', null], nullable: true })
  recipient_kind: string | null;

  @ApiProperty({ type: String })
  recipient_id: string;

  @ApiProperty({ type: String, nullable: true })
  recipient_name: string | null;

  @ApiProperty({ enum: channels, isArray: true })
  channels: Channel[];

  @ApiProperty({ type: [ChannelDecisionView] })
  decision: ChannelDecisionView[];

  /** What would leave, in the order of the tries. */
  @ApiProperty({ type: [ContentView] })
  messages: ContentView[];
}

export class ConfigChoiceView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ enum: ['taller', 'global'] })
  scope: 'taller' | 'global';

  @ApiProperty({ type: String })
  text_es: string;

  @ApiProperty({ type: String })
  text_en: string;
}

/** What a dispatch would decide and send now. Nothing was written, nothing was sent. */
export class DryRunView {
  @ApiProperty({ type: Boolean })
  would_be_accepted: boolean;

  /** The code of the refusal that a dispatch would be answered with. */
  @ApiProperty({ type: String, nullable: true })
  code: string | null;

  @ApiProperty({ type: String, nullable: true })
  detail: string | null;

  /** What is missing or wrong, by the field that must change. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
    example: { 'context.Hora': ['the whatsapp template needs {{Hora}}'] },
  })
  missing: Record<string, string[]>;

  @ApiProperty({ type: ConfigChoiceView, nullable: true })
  config: ConfigChoiceView | null;

  @ApiMoment({ nullable: true })
  due_at: string | null;

  @ApiMoment({ nullable: true })
  valid_until: string | null;

  @ApiProperty({ type: [RehearsedNotification] })
  notifications: RehearsedNotification[];
}
