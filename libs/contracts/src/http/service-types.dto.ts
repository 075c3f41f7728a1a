import { ids } from './examples.js';
import { OrderingFilter } from './filters.js';
import { PageOf, PageQuery } from './page.dto.js';
import { catalogOrderings } from './phases.dto.js';
import { IdShown, IntegerShown, ListShown, TextShown } from './shown.js';

/** A finer kind of a service type. Its slug is unique among its siblings only. */
export class SubtypeView {
  @IdShown('The subtype.', ids.subtype)
  id: string;

  @TextShown('Names the subtype among its siblings.', 'averia-frenos')
  slug: string;

  @TextShown('For people.', 'Frenos')
  name: string;

  @TextShown('Name of an icon; empty where none was chosen.', 'Circle')
  icon: string;

  @IntegerShown('Place among its siblings, from 1.', 1)
  order: number;
}

export class ServiceTypeView {
  @IdShown('The service type.', ids.serviceType)
  id: string;

  @TextShown('Names the service type wherever its UUID may.', 'averia-revision')
  slug: string;

  @TextShown('For people.', 'Avería/Revisión')
  name: string;

  @TextShown('Name of an icon; empty where none was chosen.', 'AlertTriangle')
  icon: string;

  @IntegerShown('Place in lists, from 1.', 2)
  order: number;

  @ListShown(SubtypeView, 'Its finer kinds, in order.')
  subtypes: SubtypeView[];
}

export class ServiceTypePage extends PageOf(ServiceTypeView, 'ServiceTypePage') {}

/** `search` looks into name and slug. */
export class ServiceTypesQuery extends PageQuery {
  @OrderingFilter(catalogOrderings, 'order')
  ordering?: string;
}
