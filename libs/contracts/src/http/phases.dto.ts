import { ids } from './examples.js';
import { OrderingFilter } from './filters.js';
import { PageOf, PageQuery } from './page.dto.js';
import { IdShown, IntegerShown, TextShown } from './shown.js';

/** A step of a vehicle's visit. */
export class PhaseView {
  @IdShown('The phase.', ids.phase)
  id: string;

  @TextShown('Names the phase wherever its UUID may.', 'phase-reception')
  slug: string;

  @TextShown('For people: `{{Fase}}` of the templates.', 'Recepción')
  name: string;

  @TextShown('Name of an icon; empty where none was chosen.', 'ClipboardCheck')
  icon: string;

  @IntegerShown('Place in the visit, from 1.', 2)
  order: number;
}

export class PhasePage extends PageOf(PhaseView, 'PhasePage') {}

export const catalogOrderings = ['order', '-order', 'name', '-name', 'slug', '-slug'] as const;

/** `search` looks into name and slug. */
export class PhasesQuery extends PageQuery {
  @OrderingFilter(catalogOrderings, 'order')
  ordering?: string;
}
