import { type Channel, channels } from '#domain/catalog/channels.js';
import { ids, texts, times } from './examples.js';
import { ChoiceField, IntegerField, TextField } from './fields.js';
import { ChannelFilter, TextFilter } from './filters.js';
import { PageOf, PageQuery } from './page.dto.js';
import {
  ChoiceShown,
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

export const sandboxFaultKinds = [
  'refuse_recipient',
  'refuse_message',
  'unavailable',
  'rate_limit',
  'stall',
  'garbage',
  'lose_answer',
  'bad_credentials',
  'full',
  'slow',
] as const;
export type SandboxFaultKind = (typeof sandboxFaultKinds)[number];

const kindMeaning =
  'The recipient or the message is refused; the provider is away, asks to be left alone, does not ' +
  'answer, answers nonsense, takes the message and does not say so, knows no login, is full, or slow.';
const toMeaning = 'Part of the address; null: every address.';
const timesMeaning = 'How often, before it is over; null: until it is taken back.';

/** A way in which the sandbox fails. */
export class SandboxFaultInput {
  @ChoiceField(channels, { description: 'The channel.', example: 'whatsapp' })
  channel: Channel;

  @ChoiceField(sandboxFaultKinds, { description: kindMeaning, example: 'unavailable' })
  kind: SandboxFaultKind;

  @TextField({ required: false, nullable: true, max: 2048, description: toMeaning, example: null })
  to?: string | null;

  @IntegerField({
    required: false,
    nullable: true,
    min: 1,
    max: 1_000_000,
    description: timesMeaning,
    example: null,
  })
  times?: number | null;
}

export class SandboxFaultView {
  @ChoiceShown(channels, 'The channel.', 'whatsapp')
  channel: Channel;

  @ChoiceShown(sandboxFaultKinds, kindMeaning, 'unavailable')
  kind: SandboxFaultKind;

  @TextShown(toMeaning, null, orNull)
  to: string | null;

  @IntegerShown(timesMeaning, null, orNull)
  times: number | null;
}

export class SandboxArrivals {
  @IntegerShown('Mails.', 12)
  email: number;

  @IntegerShown('WhatsApp messages.', 8)
  whatsapp: number;

  @IntegerShown('Push notices.', 3)
  push: number;
}

/** The world outside, as development has it. */
export class SandboxView {
  @ObjectShown(SandboxArrivals, 'What arrived since the sandbox started.')
  arrived: SandboxArrivals;

  @IntegerShown('Of these, how many are kept.', 23)
  kept: number;

  @ListShown(SandboxFaultView, 'The faults in force; of two that fit, the first counts.')
  faults: SandboxFaultView[];
}

/** A message as its receiver sees it. */
export class SandboxMessageView {
  @IntegerShown('Running number since the sandbox started.', 23, { minimum: 1 })
  id: number;

  @ChoiceShown(channels, 'By which it came.', 'whatsapp')
  channel: Channel;

  @TextShown('The mailbox, the phone, or the endpoint of the browser.', texts.phone)
  to: string;

  @MomentShown('When it arrived.', times.sent)
  at: string;

  @TextShown("A mail's subject.", null, orNull)
  subject: string | null;

  @TextShown("A push notice's title.", null, orNull)
  title: string | null;

  @TextShown('What it says, without marks.', 'Hola Carlos Mendoza, su cita está lista.', orNull)
  text: string | null;

  @TextShown('Where a push notice leads.', null, orNull)
  url: string | null;

  @FlagShown('Whether it has HTML; one message alone is told with it.', false)
  has_html: boolean;

  @IdShown('The event that it tells of; null where it is not one of ours.', ids.event, orNull)
  event_id: string | null;
}

/** With all of it. */
export class SandboxMessageDetail extends SandboxMessageView {
  @TextShown("A mail's HTML; it comes from templates, and is shown without scripts.", null, orNull)
  html: string | null;

  @MapShown('By name in lower case.', { ttl: '86400' }, { of: { type: 'string' } })
  headers: Record<string, string>;
}

export class SandboxMessagePage extends PageOf(SandboxMessageView, 'SandboxMessagePage') {}

/** `search` looks into subject, title, text and HTML. */
export class SandboxMessagesQuery extends PageQuery {
  @ChannelFilter()
  channel?: Channel;

  @TextFilter('Part of the address.', texts.email, 2048)
  to?: string;
}

export class SandboxFaultsQuery {
  @ChannelFilter()
  channel?: Channel;
}
