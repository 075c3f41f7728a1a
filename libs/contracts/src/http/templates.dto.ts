import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, Length } from 'class-validator';
import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';
import { BooleanField, ChoiceField, patchOf, TextField } from './fields.js';
import { ApiMoment } from './moment.js';
import { PageOf, PageQuery } from './page.dto.js';

/**
 * Four times the longest that is known, and half of what Gmail shows of an e-mail. Judging one of
 * 2 KB takes some milliseconds, one of this length some 100, in which nobody else is answered.
 */
const longestBody = 50_000;

/**
 * The text of a template, with `{{Variable}}` and `{% if Variable %}…{% else %}…{% endif %}`.
 * Which members it has depends on the channel; those of other channels are null.
 */
export class TemplateText {
  @TextField({
    required: false,
    nullable: true,
    max: 500,
    example: '{{Vehículo}}: su cita quedó agendada',
    description: 'E-mail: one line.',
  })
  subject?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 200,
    description: 'Push: one line.',
  })
  title?: string | null;

  @TextField({
    max: longestBody,
    example: '<p>Hola, {{Nombre}}: lo esperamos el {{Fecha}}.</p>',
    description:
      'E-mail: HTML that the layout is put around. WhatsApp: the text, at most 4,096 characters. Push: one line, under 120 characters.',
  })
  body: string;

  @TextField({
    required: false,
    nullable: true,
    max: longestBody,
    description: 'E-mail: the plain-text twin; null has it made from the body.',
  })
  text?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 2000,
    description:
      'Push: what a tap opens, a path such as `/vehiculos/{{Placa}}` under FRONTEND_URL.',
  })
  link?: string | null;
}

/** A template, as it is made or replaced. */
export class TemplateInput extends TemplateText {
  @TextField({ max: 200, example: 'Agendar Cita · Correo · clientes' })
  name: string;

  @ChoiceField(channels, { description: 'Never changes.' })
  channel: Channel;

  @ChoiceField(targets)
  target: Target;

  @TextField({ max: 100, example: 'mantenimiento-preventivo', description: 'Slug or UUID.' })
  service_type_id: string;

  @TextField({ max: 100, example: 'phase-schedule', description: 'Slug or UUID.' })
  phase_id: string;

  @TextField({
    required: false,
    nullable: true,
    max: 100,
    default: null,
    description: "Slug or UUID of one of the service type's; null for all.",
  })
  subtype_id?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 100,
    default: null,
    description: 'Slug or UUID; null for every workshop without a template of its own.',
  })
  taller_id?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 64,
    form: {
      pattern: /^[a-z][a-z0-9_]{0,63}$/,
      must: 'be lower-case letters, digits and underscores, at most 64',
    },
    default: null,
    description: 'Null for every event; else only for events of this type, which prefer it.',
  })
  event_type?: string | null;

  @BooleanField({
    required: false,
    default: true,
    description: 'One that is not active is passed over, as if it were not there.',
  })
  is_active?: boolean;
}

export class TemplatePatch extends patchOf(TemplateInput) {}

/** What a template says, in the words of its author. */
export class TemplateTextView {
  @ApiProperty({ type: String, nullable: true })
  subject: string | null;

  @ApiProperty({ type: String, nullable: true })
  title: string | null;

  @ApiProperty({ type: String })
  body: string;

  @ApiProperty({ type: String, nullable: true })
  text: string | null;

  @ApiProperty({ type: String, nullable: true })
  link: string | null;

  /** Named in any part, those of `{% if %}` included. */
  @ApiProperty({ type: [String], example: ['Nombre', 'Fecha'] })
  variables: string[];
}

export class TemplateView extends TemplateTextView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String })
  name: string;

  @ApiProperty({ enum: channels })
  channel: Channel;

  @ApiProperty({ enum: targets })
  target: Target;

  @ApiProperty({ type: String, format: 'uuid' })
  service_type_id: string;

  @ApiProperty({ type: String })
  service_type_slug: string;

  @ApiProperty({ type: String, format: 'uuid' })
  phase_id: string;

  @ApiProperty({ type: String })
  phase_slug: string;

  /** Null: serves every subtype. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  subtype_id: string | null;

  @ApiProperty({ type: String, nullable: true })
  subtype_slug: string | null;

  /** Null: serves every workshop. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  taller_id: string | null;

  @ApiProperty({ type: String, nullable: true })
  taller_slug: string | null;

  /** Null: serves every event. */
  @ApiProperty({ type: String, nullable: true })
  event_type: string | null;

  @ApiProperty({ type: Boolean })
  is_active: boolean;

  /** Of the text in force, from 1; every change of the text makes the next. */
  @ApiProperty({ type: 'integer', minimum: 1 })
  version: number;

  @ApiMoment()
  created_at: string;

  @ApiMoment()
  updated_at: string;
}

export class TemplatePage extends PageOf(TemplateView, 'TemplatePage') {}

const orderings = ['name', '-name', 'created_at', '-created_at', 'updated_at', '-updated_at'];

/** The search is in the name and in the text. */
export class TemplatesQuery extends PageQuery {
  @ApiProperty({ enum: orderings, required: false, default: 'name' })
  @IsIn(orderings)
  @IsOptional()
  ordering?: string;

  @ApiProperty({ enum: channels, required: false })
  @IsIn(channels)
  @IsOptional()
  channel?: Channel;

  @ApiProperty({ enum: targets, required: false })
  @IsIn(targets)
  @IsOptional()
  target?: Target;

  /** Slug or UUID. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  service_type_id?: string;

  /** Slug or UUID. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  phase_id?: string;

  /** Slug or UUID; `null` for those of every subtype. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  subtype_id?: string;

  /** Slug or UUID; `null` for the global ones. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  taller_id?: string;

  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 64 })
  @Length(1, 64)
  @IsString()
  @IsOptional()
  event_type?: string;

  @ApiProperty({ type: Boolean, required: false })
  @IsBoolean()
  @IsOptional()
  is_active?: boolean;
}
