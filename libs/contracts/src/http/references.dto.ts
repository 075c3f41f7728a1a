import { ids, texts } from './examples.js';
import { IdShown, IntegerShown, orNull, TextShown } from './shown.js';

/** An entry of the catalog, as an event names it. */
export class ReferenceView {
  @IdShown('Its UUID.', ids.serviceType)
  id: string;

  @TextShown('Null where the catalog no longer has it.', texts.serviceType, orNull)
  slug: string | null;

  @TextShown(
    'For people. Null where the catalog no longer has it.',
    'Mantenimiento Preventivo',
    orNull,
  )
  name: string | null;
}

export class PhaseReferenceView {
  @IdShown('Its UUID.', ids.phase)
  id: string;

  @TextShown('Null where the catalog no longer has it.', texts.phase, orNull)
  slug: string | null;

  @TextShown('For people. Null where the catalog no longer has it.', 'Agendar Cita', orNull)
  name: string | null;

  @IntegerShown('Place in the visit, from 1. Null where the catalog no longer has it.', 1, orNull)
  order: number | null;
}
