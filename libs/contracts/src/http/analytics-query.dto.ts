import { messageStates } from '#domain/analytics/delivery-figures.js';
import { type Channel, channels } from '#domain/catalog/channels.js';
import type { MessageState } from '#domain/delivery/climb-ladder.js';
import { ChoiceField, DateField, IntegerField, TextField } from './fields.js';

/** The days that one summary may cover. */
export const mostDays = 400;

/** Whose messages are meant. */
export class AnalyticsQuery {
  @TextField({
    required: false,
    max: 100,
    description: 'A workshop, by slug or UUID. Without it: all, or the only one of the key.',
    example: 'taller-norte',
  })
  taller_id?: string;
}

export class SummaryQuery extends AnalyticsQuery {
  @IntegerField({
    required: false,
    min: 1,
    max: mostDays,
    default: 30,
    description: 'So many days, the last one included. Not together with `from`.',
  })
  days?: number;

  @DateField({
    required: false,
    description: `The first day, in the zone of the answer. At most ${mostDays} days before \`to\`.`,
  })
  from?: string;

  @DateField({ required: false, description: 'The last day, itself included. Default: today.' })
  to?: string;
}

export class RecentQuery extends AnalyticsQuery {
  @IntegerField({ required: false, min: 1, max: 100, default: 20 })
  limit?: number;

  @ChoiceField(channels, { required: false })
  channel?: Channel;

  @ChoiceField(messageStates, { required: false })
  status?: MessageState;
}
