import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';
import { texts } from './examples.js';
import { ChoicesShown, IntegerShown, ListShown, TextShown, TextsShown } from './shown.js';

const iconMeaning = 'Name of an icon; empty where none was chosen.';

export class CatalogEntry {
  @TextShown('By which a dispatch names it; unique among its siblings only.', 'averia-frenos')
  slug: string;

  @TextShown('For people.', 'Frenos')
  name: string;

  @TextShown(iconMeaning, 'Circle')
  icon: string;
}

export class CatalogServiceType {
  @TextShown('By which a dispatch names it.', 'averia-revision')
  slug: string;

  @TextShown('For people.', 'Avería/Revisión')
  name: string;

  @TextShown(iconMeaning, 'AlertTriangle')
  icon: string;

  @ListShown(CatalogEntry, 'Its finer kinds, in order.')
  subtypes: CatalogEntry[];
}

export class CatalogPhase {
  @TextShown('By which a dispatch names it.', texts.phase)
  slug: string;

  @TextShown('For people.', 'Agendar Cita')
  name: string;

  @TextShown(iconMeaning, 'Calendar')
  icon: string;

  @IntegerShown('Place in the visit, from 1.', 1)
  order: number;
}

/** All that a dispatch may name. */
export class CatalogView {
  @ListShown(CatalogServiceType, 'What a vehicle may come for, in order.')
  service_types: CatalogServiceType[];

  @ListShown(CatalogPhase, 'The steps of a visit, in order.')
  phases: CatalogPhase[];

  @TextsShown('The event types in use; others are accepted too.', [texts.eventType])
  event_types: string[];

  @ChoicesShown(channels, 'Every channel.', channels)
  channels: Channel[];

  @ChoicesShown(targets, 'Whom an event may tell.', targets)
  targets: Target[];
}
