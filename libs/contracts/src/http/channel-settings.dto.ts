import { IsUrl } from 'class-validator';
import { ChoiceField, IntegerField, TextField } from './fields.js';
import {
  ChoiceShown,
  FlagShown,
  IntegerShown,
  MomentShown,
  ObjectShown,
  orNull,
  TextShown,
} from './shown.js';

const securities = ['implicit-tls', 'starttls', 'none'] as const;
type Security = (typeof securities)[number];

const securityMeaning = 'TLS from the first byte (465), STARTTLS demanded (587), or none.';

/** How a workshop's own mail leaves. */
export class EmailSettingsInput {
  @TextField({
    max: 253,
    form: { pattern: /^[A-Za-z0-9.:-]+$/, must: 'be a host name or an address' },
    description: 'The SMTP server.',
    example: 'smtp.example.com',
  })
  host: string;

  @IntegerField({ min: 1, max: 65535, description: 'Its port.', example: 465 })
  port: number;

  @ChoiceField(securities, { description: securityMeaning, example: 'implicit-tls' })
  security: Security;

  @TextField({
    required: false,
    nullable: true,
    max: 320,
    description: 'Null: no login.',
    example: 'avisos@example.com',
  })
  user?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 500,
    description:
      'Kept encrypted and never told again. Absent: stays as it is, on the same host; null: none.',
    example: 'una contraseña larga',
  })
  password?: string | null;

  @TextField({
    max: 320,
    form: {
      pattern: /^(?:[^<>\r\n]{0,200}<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
      must: 'be a mailbox, e.g. Taller Norte <avisos@example.com>',
    },
    description: 'The sender that people see.',
    example: 'Ambacar Service <avisos@example.com>',
  })
  from_email: string;
}

/** A workshop's own WhatsApp line at Evolution API. */
export class WhatsAppSettingsInput {
  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false },
    { message: '$property must be an address, e.g. https://evolution.example.com' },
  )
  @TextField({
    max: 500,
    format: 'uri',
    description: 'Where Evolution API answers.',
    example: 'https://evolution.example.com',
  })
  api_url: string;

  @TextField({
    max: 100,
    form: { pattern: /^[^\s/?#]+$/, must: 'be the name of an instance' },
    description: 'The line, as Evolution API names it.',
    example: 'ambacar-quito',
  })
  instance: string;

  @TextField({
    required: false,
    max: 500,
    form: { pattern: /^[\x21-\x7e]+$/, must: 'be visible ASCII' },
    description: 'Kept encrypted and never told again. Absent: stays as it is, on the same server.',
    example: 'B6D711FC-DE4D-4FD5-9365-44120E713976',
  })
  api_key?: string;
}

export class EmailSettingsView {
  @TextShown('The SMTP server.', 'smtp.example.com')
  host: string;

  @IntegerShown('Its port.', 465, { minimum: 1, maximum: 65535 })
  port: number;

  @ChoiceShown(securities, securityMeaning, 'implicit-tls')
  security: Security;

  @TextShown('Null: no login.', 'avisos@example.com', orNull)
  user: string | null;

  @FlagShown('Whether a password is kept. It is never told.', true)
  password_set: boolean;

  @TextShown('The sender that people see.', 'Ambacar Service <avisos@example.com>')
  from_email: string;

  @MomentShown('When it was last changed.')
  updated_at: string;
}

export class WhatsAppSettingsView {
  @TextShown('Where Evolution API answers.', 'https://evolution.example.com')
  api_url: string;

  @TextShown('The line, as Evolution API names it.', 'ambacar-quito')
  instance: string;

  @FlagShown('Whether a key is kept. It is never told.', true)
  api_key_set: boolean;

  @MomentShown('When it was last changed.')
  updated_at: string;
}

/** A workshop's own senders. Where one is null, the service's own serves. */
export class ChannelSettingsView {
  @ObjectShown(EmailSettingsView, "Null: the service's mail serves.", orNull)
  email: EmailSettingsView | null;

  @ObjectShown(WhatsAppSettingsView, "Null: the service's line serves.", orNull)
  whatsapp: WhatsAppSettingsView | null;
}

/** Whether a workshop's own sender would take messages now. Nothing was sent. */
export class ProviderCheckView {
  @FlagShown('Whether it would take messages now.', true)
  healthy: boolean;

  @TextShown('What it said, or why it does not answer.', 'instance open')
  detail: string;
}
