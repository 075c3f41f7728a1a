import { messageStates } from '#domain/analytics/delivery-figures.js';
import type { Channel } from '#domain/catalog/channels.js';
import type { MessageState } from '#domain/delivery/climb-ladder.js';
import { texts } from './examples.js';
import { DateField } from './fields.js';
import { ChannelFilter, ChoiceFilter, CountFilter, ReferenceFilter } from './filters.js';

/** The days that one summary may cover. */
export const mostDays = 400;

/** Whose messages are meant. */
export class AnalyticsQuery {
  @ReferenceFilter(
    'A workshop, by slug or UUID. Without it: all, or the only one of the key.',
    texts.taller,
  )
  taller_id?: string;
}

export class SummaryQuery extends AnalyticsQuery {
  @CountFilter({
    min: 1,
    max: mostDays,
    default: 30,
    description: 'So many days, the last one included. Not together with `from`.',
  })
  days?: number;

  @DateField({
    required: false,
    description: `The first day, in the zone of the answer. At most ${mostDays} days before \`to\`.`,
    example: '2026-01-01',
  })
  from?: string;

  @DateField({
    required: false,
    description: 'The last day, itself included, in the zone of the answer. Default: today.',
    example: '2026-01-30',
  })
  to?: string;
}

export class RecentQuery extends AnalyticsQuery {
  @CountFilter({ min: 1, max: 100, default: 20, description: 'How many, the newest first.' })
  limit?: number;

  @ChannelFilter()
  channel?: Channel;

  @ChoiceFilter(messageStates, 'Messages that are in this state now.')
  status?: MessageState;
}
