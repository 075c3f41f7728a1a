import { OmitType } from '@nestjs/swagger';
import { times } from './examples.js';
import { PageOf, PageQuery } from './page.dto.js';
import {
  ChoiceShown,
  FlagShown,
  IdShown,
  IntegerShown,
  MomentShown,
  orNull,
  TextShown,
} from './shown.js';

const states = ['closed', 'open', 'half_open'] as const;
export type ProviderAccountState = (typeof states)[number];

/** A way out that has failed at least once, or that keeps a pace. */
export class ProviderAccountView {
  @TextShown(
    "The channel and whose account it is: `house`, a workshop's UUID, or for push the host of the " +
      "browser vendor's service.",
    'whatsapp:house',
  )
  account: string;

  @TextShown('The channel that it carries.', 'whatsapp')
  channel: string;

  @IdShown('The workshop whose own account it is; null: everybody’s.', null, orNull)
  taller_id: string | null;

  @ChoiceShown(
    states,
    '`closed`: it takes messages. `open`: it fails, and its messages wait without using up ' +
      'attempts. `half_open`: the first messages went well again.',
    'open',
  )
  state: ProviderAccountState;

  @MomentShown('Since when it is in this state; null: since ever.', times.sent, orNull)
  since: string | null;

  @FlagShown('Waiting will not help: credentials or settings have to be repaired.', false)
  misconfigured: boolean;

  @FlagShown('It takes messages, and none of them arrives: no phone acknowledges any.', false)
  silent: boolean;

  @TextShown('Stable code of the last failure.', 'unreachable', orNull)
  last_error: string | null;

  @TextShown(
    'What the provider said then, without addresses or secrets.',
    'connect ECONNREFUSED',
    orNull,
  )
  last_error_detail: string | null;

  @MomentShown(
    'When it is asked next whether it is back; null while it takes messages.',
    null,
    orNull,
  )
  next_probe_at: string | null;

  @MomentShown('Until when the provider asked to be left alone.', null, orNull)
  blocked_until: string | null;

  @IntegerShown('Messages that wait for it.', 42)
  waiting: number;
}

export class ProviderAccountPage extends PageOf(ProviderAccountView, 'ProviderAccountPage') {}

export class ProviderAccountsQuery extends OmitType(PageQuery, ['search']) {}
