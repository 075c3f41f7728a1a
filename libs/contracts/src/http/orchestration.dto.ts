import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';
import { type AdvanceGoal, advanceGoals } from '#domain/delivery/climb-ladder.js';
import { type Cell, quietChoices } from '#domain/orchestration/setup.js';
import { type WhenHeldTooLong, waysWhenHeldTooLong } from '#domain/quiet/hold-rung.js';
import { ids, texts, times } from './examples.js';
import {
  BooleanField,
  ChoiceField,
  IntegerField,
  ObjectListField,
  patchOf,
  TextField,
} from './fields.js';
import {
  ActiveFilter,
  OrderingFilter,
  ServiceTypeFilter,
  TallerFilter,
  TargetFilter,
} from './filters.js';
import { PageOf, PageQuery } from './page.dto.js';
import { ChoiceShown, FlagShown, IdShown, ListShown, MomentShown, orNull } from './shown.js';

/** What one channel does in one phase. */
export class MatrixCell {
  @TextField({
    max: 100,
    description: 'Slug or UUID; an answer tells the UUID.',
    example: ids.phase,
  })
  phase_id: string;

  @ChoiceField(channels, { description: 'The channel.', example: 'whatsapp' })
  channel: Channel;

  @BooleanField({ description: 'Whether the channel is tried in this phase.', example: true })
  enabled: boolean;

  @IntegerField({
    min: 1,
    max: 100,
    description: '1 is tried first, where the recipient has no order of its own.',
    example: 1,
  })
  priority: number;

  @IntegerField({
    required: false,
    nullable: true,
    min: 1,
    max: 10_080,
    default: null,
    description:
      'Minutes after which the next channel starts, unless `advance_until` has come; null: only a failure starts it. This and the members below stay as they are where an entry leaves them out.',
    example: 30,
  })
  advance_after_minutes?: number | null;

  @ChoiceField(advanceGoals, {
    required: false,
    default: 'sent',
    description: 'How far a message must have come in `advance_after_minutes`.',
    example: 'delivered',
  })
  advance_until?: AdvanceGoal;

  @ChoiceField(quietChoices, {
    required: false,
    default: 'default',
    description:
      "The workshop's quiet hours on WhatsApp and push; e-mail disturbs nobody. `default`: they hold reminders, surveys and offers; `hold`: every event of this phase; `ignore`: none.",
    example: 'default',
  })
  quiet_hours?: Cell['quietHours'];

  @ChoiceField(waysWhenHeldTooLong, {
    required: false,
    default: 'email',
    description:
      'What becomes of a message that quiet hours would hold beyond its use: the e-mail goes at once, where one is planned, or the message expires.',
    example: 'email',
  })
  when_held_too_long?: WhenHeldTooLong;
}

/** What it means not to be active. */
const activeMeaning =
  'One that is not active is passed over by dispatches, as if it were not there.';

/** More than any workshop has: a hundred phases on all channels. */
const mostCells = 300;

/** Which channels fire in which phase of a service, as it is made or replaced. */
export class OrchestrationInput {
  @TextField({ max: 100, example: 'averia-revision', description: 'Slug or UUID.' })
  service_type_id: string;

  @ChoiceField(targets, {
    description: 'Whom it tells: customers, or the workshop’s own people.',
    example: 'clients',
  })
  target: Target;

  @TextField({
    required: false,
    nullable: true,
    max: 100,
    default: null,
    description: 'Slug or UUID; null for every workshop without a configuration of its own.',
    example: texts.taller,
  })
  taller_id?: string | null;

  @BooleanField({ required: false, default: true, description: activeMeaning, example: true })
  is_active?: boolean;

  @ObjectListField(MatrixCell, {
    required: false,
    max: mostCells,
    description:
      'The whole matrix, as `update_matrix` takes it. Left out, it stays as it is; that of a new ' +
      'configuration is empty, and until its first cell the global one goes on serving the workshop. A workshop that wants silence switches cells off.',
  })
  matrix?: MatrixCell[];
}

export class OrchestrationPatch extends patchOf(OrchestrationInput, 'is_active') {}

/** A whole matrix: cells that it leaves out are removed. */
export class MatrixInput {
  @ObjectListField(MatrixCell, {
    max: mostCells,
    description: 'Every cell that there is to be, in any order.',
  })
  matrix: MatrixCell[];
}

export class OrchestrationView {
  @IdShown('The configuration.', ids.config)
  id: string;

  @IdShown('The service that a vehicle came for.', ids.serviceType)
  service_type_id: string;

  @ChoiceShown(targets, 'Whom it tells: customers, or the workshop’s own people.', 'clients')
  target: Target;

  @IdShown('Null: for every workshop without a configuration of its own.', ids.taller, orNull)
  taller_id: string | null;

  @FlagShown(activeMeaning, true)
  is_active: boolean;

  @ListShown(MatrixCell, 'In the order of the phases.')
  matrix: MatrixCell[];

  @MomentShown('When it was made.')
  created_at: string;

  @MomentShown('When it or its matrix was last changed.', times.created)
  updated_at: string;
}

export class OrchestrationPage extends PageOf(OrchestrationView, 'OrchestrationPage') {}

const orderings = ['created_at', '-created_at', 'updated_at', '-updated_at', 'target', '-target'];

export class OrchestrationQuery extends PageQuery {
  @OrderingFilter(orderings, 'created_at')
  ordering?: string;

  @ServiceTypeFilter()
  service_type_id?: string;

  @TargetFilter()
  target?: Target;

  @TallerFilter('the global ones')
  taller_id?: string;

  @ActiveFilter()
  is_active?: boolean;
}
