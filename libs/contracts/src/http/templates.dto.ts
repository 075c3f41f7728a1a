import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';
import { eventTypeForm } from './dispatch.dto.js';
import { ids, texts } from './examples.js';
import { BooleanField, ChoiceField, patchOf, TextField } from './fields.js';
import {
  ActiveFilter,
  ChannelFilter,
  EventTypeFilter,
  OrderingFilter,
  PhaseFilter,
  ReferenceFilter,
  ServiceTypeFilter,
  TallerFilter,
  TargetFilter,
} from './filters.js';
import { PageOf, PageQuery } from './page.dto.js';
import {
  ChoiceShown,
  FlagShown,
  IdShown,
  IntegerShown,
  MomentShown,
  orNull,
  TextShown,
  TextsShown,
} from './shown.js';

/**
 * Four times the longest that is known, and half of what Gmail shows of an e-mail. Judging one of
 * 2 KB takes some milliseconds, one of this length some 100, in which nobody else is answered.
 */
const longestBody = 50_000;

const example = {
  name: 'Agendar Cita · Correo · clientes',
  subject: '{{Vehículo}}: su cita quedó agendada',
  body: '<p>Hola, {{Nombre}}: lo esperamos el {{Fecha}} a las {{Hora}}.</p>',
};
const activeMeaning = 'One that is not active is passed over, as if it were not there.';

/**
 * The text of a template, with `{{Variable}}` and `{% if Variable %}…{% else %}…{% endif %}`.
 * Which members it has depends on the channel; those of other channels are null.
 */
export class TemplateText {
  @TextField({
    required: false,
    nullable: true,
    max: 500,
    example: example.subject,
    description: 'E-mail: one line.',
  })
  subject?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 200,
    description: 'Push: one line.',
    example: null,
  })
  title?: string | null;

  @TextField({
    max: longestBody,
    example: example.body,
    description:
      'E-mail: HTML that the layout is put around. WhatsApp: the text, at most 4,096 characters. Push: one line, under 120 characters.',
  })
  body: string;

  @TextField({
    required: false,
    nullable: true,
    max: longestBody,
    description: 'E-mail: the plain-text twin; null has it made from the body.',
    example: null,
  })
  text?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 2000,
    description:
      'Push: what a tap opens, a path such as `/vehiculos/{{Placa}}` under FRONTEND_URL.',
    example: null,
  })
  link?: string | null;
}

/** A template, as it is made or replaced. */
export class TemplateInput extends TemplateText {
  @TextField({ max: 200, description: 'For those who write templates.', example: example.name })
  name: string;

  @ChoiceField(channels, { description: 'Never changes.', example: 'email' })
  channel: Channel;

  @ChoiceField(targets, { description: 'Whom it is written for.', example: 'clients' })
  target: Target;

  @TextField({ max: 100, example: texts.serviceType, description: 'Slug or UUID.' })
  service_type_id: string;

  @TextField({ max: 100, example: texts.phase, description: 'Slug or UUID.' })
  phase_id: string;

  @TextField({
    required: false,
    nullable: true,
    max: 100,
    default: null,
    description: "Slug or UUID of one of the service type's; null for all.",
    example: null,
  })
  subtype_id?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 100,
    default: null,
    description: 'Slug or UUID; null for every workshop without a template of its own.',
    example: null,
  })
  taller_id?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 64,
    form: eventTypeForm,
    default: null,
    description: 'Null for every event; else only for events of this type, which prefer it.',
    example: null,
  })
  event_type?: string | null;

  @BooleanField({ required: false, default: true, description: activeMeaning, example: true })
  is_active?: boolean;
}

export class TemplatePatch extends patchOf(TemplateInput, 'subject', 'body') {}

/** What a template says, in the words of its author. */
export class TemplateTextView {
  @TextShown('E-mail.', example.subject, orNull)
  subject: string | null;

  @TextShown('Push.', null, orNull)
  title: string | null;

  @TextShown('E-mail: HTML without its layout. WhatsApp and push: the text.', example.body)
  body: string;

  @TextShown('E-mail: the plain-text twin; null: made from the body.', null, orNull)
  text: string | null;

  @TextShown('Push: what a tap opens.', null, orNull)
  link: string | null;

  @TextsShown('Named in any part, those of `{% if %}` included.', [
    'Vehículo',
    'Nombre',
    'Fecha',
    'Hora',
  ])
  variables: string[];
}

export class TemplateView extends TemplateTextView {
  @IdShown('The template.', ids.template)
  id: string;

  @TextShown('For those who write templates.', example.name)
  name: string;

  @ChoiceShown(channels, 'The channel.', 'email')
  channel: Channel;

  @ChoiceShown(targets, 'Whom it is written for.', 'clients')
  target: Target;

  @IdShown('The service that a vehicle came for.', ids.serviceType)
  service_type_id: string;

  @TextShown("That service type's slug.", texts.serviceType)
  service_type_slug: string;

  @IdShown('The step of the visit.', ids.phase)
  phase_id: string;

  @TextShown("That phase's slug.", texts.phase)
  phase_slug: string;

  @IdShown('Null: serves every subtype.', null, orNull)
  subtype_id: string | null;

  @TextShown("That subtype's slug.", null, orNull)
  subtype_slug: string | null;

  @IdShown('Null: serves every workshop.', null, orNull)
  taller_id: string | null;

  @TextShown("That workshop's slug.", null, orNull)
  taller_slug: string | null;

  @TextShown('Null: serves every event.', null, orNull)
  event_type: string | null;

  @FlagShown(activeMeaning, true)
  is_active: boolean;

  @IntegerShown('Of the text in force, from 1; every change of the text makes the next.', 1, {
    minimum: 1,
  })
  version: number;

  @MomentShown('When it was made.')
  created_at: string;

  @MomentShown('When it was last changed.')
  updated_at: string;
}

export class TemplatePage extends PageOf(TemplateView, 'TemplatePage') {}

const orderings = ['name', '-name', 'created_at', '-created_at', 'updated_at', '-updated_at'];

/** The search is in the name and in the text. */
export class TemplatesQuery extends PageQuery {
  @OrderingFilter(orderings, 'name')
  ordering?: string;

  @ChannelFilter()
  channel?: Channel;

  @TargetFilter()
  target?: Target;

  @ServiceTypeFilter()
  service_type_id?: string;

  @PhaseFilter()
  phase_id?: string;

  @ReferenceFilter(
    'A subtype, by slug or UUID; `null` for those of every subtype.',
    'averia-frenos',
  )
  subtype_id?: string;

  @TallerFilter('the global ones')
  taller_id?: string;

  @EventTypeFilter()
  event_type?: string;

  @ActiveFilter()
  is_active?: boolean;
}
