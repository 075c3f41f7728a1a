import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';
import { DeadLetterGroupView } from './dead-letters.dto.js';
import { ids } from './examples.js';
import { ProviderAccountView } from './provider-accounts.dto.js';
import { PhaseReferenceView, ReferenceView } from './references.dto.js';
import { ChoiceShown, IdShown, IntegerShown, ListShown, ObjectShown, orNull } from './shown.js';

/** A cell of the matrix that is switched on and has nothing to say. */
export class CellWithoutTemplateView {
  @ObjectShown(ReferenceView, 'The service type of its configuration.')
  service_type: ReferenceView;

  @ObjectShown(PhaseReferenceView, 'Its phase.')
  phase: PhaseReferenceView;

  @ChoiceShown(channels, 'Its channel.', 'push')
  channel: Channel;

  @ChoiceShown(targets, 'Whom its configuration is for.', 'clients')
  target: Target;

  @IdShown('The workshop whose own configuration it is; null: the global one.', ids.taller, orNull)
  taller_id: string | null;
}

/** What somebody has to look at. Each list is empty where there is nothing to do. */
export class AttentionView {
  @ListShown(
    DeadLetterGroupView,
    'What failed for good and is not settled, by cause; the largest first, at most 100.',
  )
  dead_letters: DeadLetterGroupView[];

  @ListShown(
    ProviderAccountView,
    'Provider accounts that take no messages now, or only the first again; at most 100.',
  )
  accounts: ProviderAccountView[];

  @ListShown(
    CellWithoutTemplateView,
    'Cells of the matrix that are switched on without a template for every subtype and event; at ' +
      'most 100.',
  )
  cells_without_template: CellWithoutTemplateView[];

  @IntegerShown('How many such cells there are.', 1)
  cells_without_template_count: number;
}
