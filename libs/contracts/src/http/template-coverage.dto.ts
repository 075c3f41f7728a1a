import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';
import { type TemplateSource, templateSources } from '#domain/templates/choose-template.js';
import { type CoverageState, coverageStates } from '#domain/templates/template-coverage.js';
import { ids, texts } from './examples.js';
import { TallerFilter } from './filters.js';
import {
  ChoiceShown,
  IdShown,
  IntegerShown,
  ListShown,
  ObjectShown,
  orNull,
  TextShown,
} from './shown.js';

/** Whose coverage is asked for; without a workshop, that of the global matrix and templates. */
export class CoverageQuery {
  @TallerFilter()
  taller_id?: string;
}

/** How many places of the matrix are in which state. */
export class CoverageCountsView {
  @IntegerShown('On, with a template.', 128)
  covered: number;

  @IntegerShown('On, and nothing to send: these need a hand.', 0)
  missing: number;

  @IntegerShown('Switched off, or not in the matrix.', 22)
  off: number;
}

export class CoverageCellView {
  @IdShown('The service that a vehicle came for.', ids.serviceType)
  service_type_id: string;

  @TextShown("That service type's slug.", texts.serviceType)
  service_type_slug: string;

  @IdShown('The step of the visit.', ids.phase)
  phase_id: string;

  @TextShown("That phase's slug.", texts.phase)
  phase_slug: string;

  @ChoiceShown(channels, 'The channel.', 'email')
  channel: Channel;

  @ChoiceShown(targets, 'Whom it tells.', 'clients')
  target: Target;

  @ChoiceShown(
    coverageStates,
    '`covered`: on, with a template. `missing`: on, without one. `off`: switched off.',
    'covered',
  )
  state: CoverageState;

  @IdShown(
    'What would be sent, where the cell is off once it is on; null: none.',
    ids.template,
    orNull,
  )
  template_id: string | null;

  @TextShown('For those who write templates.', 'Agendar Cita · Correo · clientes', orNull)
  template_name: string | null;

  @ChoiceShown(
    templateSources,
    'Where it was found: `global_type` is what a workshop inherits.',
    'global_type',
    orNull,
  )
  source: TemplateSource | null;
}

/** Every place of the matrix with its template. */
export class CoverageView {
  @IdShown('Whose; null: the global ones.', null, orNull)
  taller_id: string | null;

  @ObjectShown(CoverageCountsView, 'How many are in which state.')
  counts: CoverageCountsView;

  @ListShown(CoverageCellView, 'In the order of the catalog: service type, target, phase, channel.')
  cells: CoverageCellView[];
}
