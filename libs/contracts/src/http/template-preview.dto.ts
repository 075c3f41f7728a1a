import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';
import { type TemplateSource, templateSources } from '#domain/templates/choose-template.js';
import { ContentView } from './dry-run.dto.js';
import { ChoiceField, patchOf, UuidField } from './fields.js';
import { IsFreeForm } from './free-form.js';
import { TemplateText, TemplateView } from './templates.dto.js';

/** A stored template by its id, or an unsaved one by its channel and text. */
export class PreviewRequest extends patchOf(TemplateText) {
  @UuidField({ required: false, nullable: true, description: 'Then without channel and text.' })
  template_id?: string | null;

  @ChoiceField(channels, { required: false, nullable: true })
  channel?: Channel | null;

  /** Values of variables, whatever the case and accents of the keys. At most 100 keys and 32 KiB. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    selfRequired: false,
    maxProperties: 100,
    example: { nombre: 'Carlos Mendoza', hora: '14:30' },
  })
  @IsFreeForm()
  @IsOptional()
  context?: Record<string, unknown> | null;
}

export class PreviewView {
  /** What would leave, an e-mail's HTML in its layout. */
  @ApiProperty({ type: ContentView })
  message: ContentView;

  /** What the template needs a value for. */
  @ApiProperty({ type: [String], example: ['Nombre', 'Hora'] })
  variables: string[];
}

export class VariableView {
  @ApiProperty({ type: String, example: 'Vehículo' })
  name: string;

  /** As a template writes it. */
  @ApiProperty({ type: String, example: '{{Vehículo}}' })
  placeholder: string;

  @ApiProperty({ type: String, example: 'marca y modelo' })
  meaning_es: string;

  @ApiProperty({ type: String, example: 'make and model' })
  meaning_en: string;

  @ApiProperty({ type: String, example: 'Haval H6 2024' })
  example: string;
}

export class VariablesView {
  @ApiProperty({ type: [VariableView] })
  variables: VariableView[];
}

/** What a dispatch would look for a template with. */
export class ForContextQuery {
  /** Slug or UUID. */
  @ApiProperty({ type: String, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  service_type: string;

  /** Slug or UUID. */
  @ApiProperty({ type: String, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  phase: string;

  @ApiProperty({ enum: channels })
  @IsIn(channels)
  channel: Channel;

  @ApiProperty({ enum: targets })
  @IsIn(targets)
  target: Target;

  /** Slug or UUID of one of the service type's. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  subtype?: string;

  /** Slug or UUID. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  taller_id?: string;

  /** Without it, only templates for every event are looked at. */
  @ApiProperty({ type: String, required: false, pattern: '^[a-z][a-z0-9_]{0,63}$' })
  @Matches(/^[a-z][a-z0-9_]{0,63}$/, {
    message: '$property must be lower-case letters, digits and underscores, at most 64',
  })
  @IsOptional()
  event_type?: string;
}

/** The template that a dispatch would choose, and why. */
export class TemplateForContextView {
  @ApiProperty({ type: TemplateView })
  template: TemplateView;

  /** The step of the search that found it. */
  @ApiProperty({ enum: templateSources })
  source: TemplateSource;

  @ApiProperty({ type: String })
  text_es: string;

  @ApiProperty({ type: String })
  text_en: string;
}
