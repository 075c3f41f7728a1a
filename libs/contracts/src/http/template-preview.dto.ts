import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';
import {
  type TemplateSource,
  templateSources,
  templateSourceTexts,
} from '#domain/templates/choose-template.js';
import { eventTypeForm } from './dispatch.dto.js';
import { ContentView } from './dry-run.dto.js';
import { context, ids, texts } from './examples.js';
import { ChoiceField, patchOf, ShownInExample, TextField, UuidField } from './fields.js';
import { ReferenceFilter, TallerFilter } from './filters.js';
import { FreeFormField } from './free-form.js';
import { ChoiceShown, ListShown, ObjectShown, TextShown, TextsShown } from './shown.js';
import { TemplateText, TemplateView } from './templates.dto.js';

/** A stored template by its id, or an unsaved one by its channel and text. */
@ShownInExample('channel', 'context')
export class PreviewRequest extends patchOf(TemplateText, 'subject', 'body') {
  @UuidField({
    required: false,
    nullable: true,
    description: 'A stored template; then without channel and text.',
    example: ids.template,
  })
  template_id?: string | null;

  @ChoiceField(channels, {
    required: false,
    nullable: true,
    description: 'What an unsaved text is for.',
    example: 'email',
  })
  channel?: Channel | null;

  @FreeFormField({
    description:
      'Values of variables, whatever the case and accents of the keys. At most 100 keys and 32 KiB.',
    example: context,
  })
  context?: Record<string, unknown> | null;
}

export class PreviewView {
  @ObjectShown(ContentView, "What would leave, an e-mail's HTML in its layout.")
  message: ContentView;

  @TextsShown('What the template needs a value for.', ['Vehículo', 'Nombre', 'Fecha', 'Hora'])
  variables: string[];
}

export class VariableView {
  @TextShown('The variable, accents and capitals included.', 'Vehículo')
  name: string;

  @TextShown('As a template writes it.', '{{Vehículo}}')
  placeholder: string;

  @TextShown('What it stands for, in Spanish.', 'marca y modelo')
  meaning_es: string;

  @TextShown('What it stands for, in English.', 'make and model')
  meaning_en: string;

  @TextShown('A value of it.', 'Haval H6 2024')
  example: string;
}

export class VariablesView {
  @ListShown(VariableView, 'All that a template may name.')
  variables: VariableView[];
}

/** What a dispatch would look for a template with. */
export class ForContextQuery {
  @TextField({
    max: 100,
    description: 'A service type, by slug or UUID.',
    example: texts.serviceType,
  })
  service_type: string;

  @TextField({ max: 100, description: 'A phase, by slug or UUID.', example: texts.phase })
  phase: string;

  @ChoiceField(channels, { description: 'The channel.', example: 'email' })
  channel: Channel;

  @ChoiceField(targets, { description: 'Whom it is written for.', example: 'clients' })
  target: Target;

  @ReferenceFilter("One of the service type's subtypes, by slug or UUID.", 'averia-frenos')
  subtype?: string;

  @TallerFilter()
  taller_id?: string;

  @TextField({
    required: false,
    max: 64,
    form: eventTypeForm,
    description: 'Without it, only templates for every event are looked at.',
    example: texts.eventType,
  })
  event_type?: string;
}

/** The template that a dispatch would choose, and why. */
export class TemplateForContextView {
  @ObjectShown(TemplateView, 'The one chosen.')
  template: TemplateView;

  @ChoiceShown(templateSources, 'The step of the search that found it.', 'global_type')
  source: TemplateSource;

  @TextShown('That step in a sentence, in Spanish.', templateSourceTexts.global_type.es)
  text_es: string;

  @TextShown('That step in a sentence, in English.', templateSourceTexts.global_type.en)
  text_en: string;
}
