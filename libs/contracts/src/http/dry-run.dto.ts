import { type Channel, channels } from '#domain/catalog/channels.js';
import { leftOutReasons } from '#domain/dispatch/channel-decision.js';
import {
  type TemplateSource,
  templateSources,
  templateSourceTexts,
} from '#domain/templates/choose-template.js';
import { ids, texts, times } from './examples.js';
import { ShownInExample } from './fields.js';
import {
  ChoiceShown,
  ChoicesShown,
  FlagShown,
  IdShown,
  IntegerShown,
  ListShown,
  MapShown,
  MomentShown,
  ObjectShown,
  orNull,
  TextShown,
} from './shown.js';

export class TemplateChoiceView {
  @IdShown('The template.', ids.template)
  id: string;

  @IdShown('The text of it that is in force.', ids.templateVersion)
  version_id: string;

  @IntegerShown("That text's number, from 1.", 1, { minimum: 1 })
  version: number;

  @ChoiceShown(templateSources, 'The step of the search that found it.', 'global_type')
  source: TemplateSource;

  @TextShown('That step in a sentence, in Spanish.', templateSourceTexts.global_type.es)
  text_es: string;

  @TextShown('That step in a sentence, in English.', templateSourceTexts.global_type.en)
  text_en: string;
}

/**
 * One channel's decision. The five questions are asked in this order; null: not asked any more,
 * because an earlier one was answered with no.
 */
export class ChannelDecisionView {
  @ChoiceShown(channels, 'The channel that was decided on.', 'email')
  channel: Channel;

  @ChoiceShown(['planned', 'left_out'], 'Whether it is tried.', 'planned')
  verdict: 'planned' | 'left_out';

  @IntegerShown('Place in the order of the tries, from 1.', 1, { ...orNull, minimum: 1 })
  position: number | null;

  @ChoiceShown(
    ['recipient', 'matrix', 'quiet_hours'],
    "Whose order put it there: the recipient's own, or the matrix's; quiet hours put an e-mail before what they would hold too long.",
    'matrix',
    orNull,
  )
  ordered_by: 'recipient' | 'matrix' | 'quiet_hours' | null;

  @FlagShown('The matrix has the channel switched on for this phase.', true)
  enabled: boolean;

  @FlagShown('The person has not withdrawn the consent. Null: not asked any more.', true, orNull)
  consented: boolean | null;

  @FlagShown(
    'There is an address or a live subscription that the provider did not call wrong. Null: not asked any more.',
    true,
    orNull,
  )
  reachable: boolean | null;

  @FlagShown('The person did not opt out. Null: not asked any more.', true, orNull)
  preferred: boolean | null;

  @ObjectShown(TemplateChoiceView, 'What it would be told with.', orNull)
  template: TemplateChoiceView | null;

  @ChoiceShown(
    Object.keys(leftOutReasons),
    'Why the channel is left out; null where it is planned.',
    null,
    orNull,
  )
  reason: string | null;

  @TextShown('The decision in a sentence, in Spanish.', 'Intento 1, en el orden de la matriz.')
  text_es: string;

  @TextShown('The decision in a sentence, in English.', 'Try 1, in the order of the matrix.')
  text_en: string;
}

/** A rendered message. Which members it has depends on the channel. */
@ShownInExample('channel', 'subject', 'html', 'text')
export class ContentView {
  @ChoiceShown(channels, 'The channel that it is made for.', 'email')
  channel: Channel;

  @TextShown('E-mail.', 'Haval H6 2024: su cita quedó agendada', { required: false })
  subject?: string;

  @TextShown('E-mail.', '<p>Hola, Carlos Mendoza: lo esperamos el 20 de Enero, 2026.</p>', {
    required: false,
  })
  html?: string;

  @TextShown('E-mail and WhatsApp.', 'Hola, Carlos Mendoza: lo esperamos el 20 de Enero, 2026.', {
    required: false,
  })
  text?: string;

  @TextShown('Push.', 'Cita agendada', { required: false })
  title?: string;

  @TextShown('Push.', 'Lo esperamos el 20 de Enero, 2026 a las 14:30.', { required: false })
  body?: string;

  @TextShown('Push: what a tap opens.', 'https://taller.example.com/vehiculos/ABC123', {
    required: false,
  })
  url?: string;
}

export class RehearsedNotification {
  @ChoiceShown(
    ['customer', 'staff', 'admin'],
    'Null where the event would be refused before its recipients are looked at closely.',
    'customer',
    orNull,
  )
  recipient_kind: string | null;

  @TextShown("The customer's id, the staff member's UUID, or an admin mailbox.", texts.customerId)
  recipient_id: string;

  @TextShown('Who that is.', texts.customer, orNull)
  recipient_name: string | null;

  @ChoicesShown(channels, 'The channels that would be tried, in this order.', ['email'])
  channels: Channel[];

  @ListShown(ChannelDecisionView, 'What was decided of each channel, and why.')
  decision: ChannelDecisionView[];

  @MomentShown(
    'Until when quiet hours hold the first message; null where they do not.',
    null,
    orNull,
  )
  held_until: string | null;

  @ListShown(ContentView, 'What would leave, in the order of the tries.')
  messages: ContentView[];
}

export class ConfigChoiceView {
  @IdShown('The orchestration configuration.', ids.config)
  id: string;

  @ChoiceShown(['taller', 'global'], "Whether it is the workshop's own.", 'global')
  scope: 'taller' | 'global';

  @TextShown('How it was found, in Spanish.', 'Orquestación general.')
  text_es: string;

  @TextShown('How it was found, in English.', 'The global orchestration.')
  text_en: string;
}

/** What a dispatch would decide and send now. Nothing was written, nothing was sent. */
export class DryRunView {
  @FlagShown('Whether a dispatch would be answered with 202.', true)
  would_be_accepted: boolean;

  @TextShown('The code of the refusal that a dispatch would be answered with.', null, orNull)
  code: string | null;

  @TextShown('The sentence of that refusal.', null, orNull)
  detail: string | null;

  @MapShown(
    'What is missing or wrong, by the field that must change; empty where nothing is.',
    {},
    { of: { type: 'array', items: { type: 'string' } } },
  )
  missing: Record<string, string[]>;

  @ObjectShown(ConfigChoiceView, 'The orchestration configuration that serves.', orNull)
  config: ConfigChoiceView | null;

  @MomentShown('When it would be sent.', times.created, orNull)
  due_at: string | null;

  @MomentShown('Past it nothing would be sent any more.', '2026-01-22T15:15:00.000Z', orNull)
  valid_until: string | null;

  @ListShown(RehearsedNotification, 'One for each person who would be told.')
  notifications: RehearsedNotification[];
}
