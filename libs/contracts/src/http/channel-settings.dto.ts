import { ApiProperty } from '@nestjs/swagger';
import { IsUrl } from 'class-validator';
import { ChoiceField, IntegerField, TextField } from './fields.js';
import { ApiMoment } from './moment.js';

const securities = ['implicit-tls', 'starttls', 'none'] as const;
type Security = (typeof securities)[number];

/** How a workshop's own mail leaves. */
export class EmailSettingsInput {
  @TextField({
    max: 253,
    form: { pattern: /^[A-Za-z0-9.:-]+$/, must: 'be a host name or an address' },
    example: 'smtp.example.com',
  })
  host: string;

  @IntegerField({ min: 1, max: 65535, example: 465 })
  port: number;

  @ChoiceField(securities, {
    description: 'TLS from the first byte (465), STARTTLS demanded (587), or none.',
    example: 'implicit-tls',
  })
  security: Security;

  @TextField({ required: false, nullable: true, max: 320, description: 'Null: no login.' })
  user?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 500,
    description:
      'Kept encrypted and never told again. Absent: stays as it is, on the same host; null: none.',
  })
  password?: string | null;

  @TextField({
    max: 320,
    form: {
      pattern: /^(?:[^<>\r\n]{0,200}<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
      must: 'be a mailbox, e.g. Taller Norte <avisos@example.com>',
    },
    example: 'Taller Norte <avisos@example.com>',
  })
  from_email: string;
}

/** A workshop's own WhatsApp line at Evolution API. */
export class WhatsAppSettingsInput {
  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false },
    { message: '$property must be an address, e.g. https://evolution.example.com' },
  )
  @TextField({ max: 500, example: 'https://evolution.example.com' })
  api_url: string;

  @TextField({
    max: 100,
    form: { pattern: /^[^\s/?#]+$/, must: 'be the name of an instance' },
    example: 'taller-norte',
  })
  instance: string;

  @TextField({
    required: false,
    max: 500,
    form: { pattern: /^[\x21-\x7e]+$/, must: 'be visible ASCII' },
    description: 'Kept encrypted and never told again. Absent: stays as it is, on the same server.',
  })
  api_key?: string;
}

export class EmailSettingsView {
  @ApiProperty({ type: String })
  host: string;

  @ApiProperty({ type: 'integer' })
  port: number;

  @ApiProperty({ enum: securities })
  security: Security;

  @ApiProperty({ type: String, nullable: true })
  user: string | null;

  @ApiProperty({ type: Boolean })
  password_set: boolean;

  @ApiProperty({ type: String })
  from_email: string;

  @ApiMoment()
  updated_at: string;
}

export class WhatsAppSettingsView {
  @ApiProperty({ type: String })
  api_url: string;

  @ApiProperty({ type: String })
  instance: string;

  @ApiProperty({ type: Boolean })
  api_key_set: boolean;

  @ApiMoment()
  updated_at: string;
}

/** A workshop's own senders. Where one is null, the service's own serves. */
export class ChannelSettingsView {
  @ApiProperty({ type: EmailSettingsView, nullable: true })
  email: EmailSettingsView | null;

  @ApiProperty({ type: WhatsAppSettingsView, nullable: true })
  whatsapp: WhatsAppSettingsView | null;
}

/** Whether a workshop's own sender would take messages now. Nothing was sent. */
export class ProviderCheckView {
  @ApiProperty({ type: Boolean })
  healthy: boolean;

  @ApiProperty({ type: String })
  detail: string;
}
