import { channels, targets } from '#domain/catalog/channels.js';
import { texts, times } from './examples.js';
import { BooleanField, ChoiceField, IntegerField, MomentField, TextField } from './fields.js';

/** The longest slug or UUID that a filter takes. */
const longestReference = 100;

/** By what a list is ordered. `fallback` is the order of a query that names none. */
export function OrderingFilter(orderings: readonly string[], fallback: string, more = '') {
  const description = `By what the list is ordered; \`-\` turns it round.${more && ` ${more}`}`;
  return ChoiceField(orderings, {
    required: false,
    default: fallback,
    example: fallback,
    description,
  });
}

/** @param ofNull what `null` finds, where there are things without a workshop */
export function TallerFilter(ofNull?: string) {
  const also = ofNull ? `; \`null\` for ${ofNull}` : '';
  return ReferenceFilter(`A workshop, by slug or UUID${also}.`, texts.taller);
}

export function ServiceTypeFilter() {
  return ReferenceFilter('A service type, by slug or UUID.', texts.serviceType);
}

export function PhaseFilter(description = 'A phase, by slug or UUID.') {
  return ReferenceFilter(description, texts.phase);
}

export function CustomerFilter() {
  return ReferenceFilter("A customer, by the core system's own id.", texts.customerId);
}

/** Whatever names a thing: a slug, a UUID, an id of another system. */
export function ReferenceFilter(description: string, example: string) {
  return TextFilter(description, example, longestReference);
}

export function TextFilter(description: string, example: string, max: number) {
  return TextField({ required: false, max, description, example });
}

export function EventTypeFilter() {
  return TextFilter('Events of this type.', texts.eventType, 64);
}

export function TargetFilter() {
  return ChoiceFilter(targets, 'Whom it tells: customers, or the workshop’s own people.');
}

export function ChannelFilter(description = 'The channel.') {
  return ChoiceFilter(channels, description);
}

export function ChoiceFilter(choices: readonly string[], description: string) {
  return ChoiceField(choices, { required: false, description, example: choices[0] });
}

/** True and false are read in any case, as Django's clients write them: `True`. */
export function ActiveFilter() {
  return BooleanField({
    required: false,
    description: 'Only what is in use, or only what is not. Without it: both.',
    example: true,
  });
}

export function CreatedAfterFilter(what = 'Made') {
  const example = times.created;
  return MomentField({ required: false, description: `${what} at this time or later.`, example });
}

export function CreatedBeforeFilter(what = 'Made') {
  const example = times.appointment;
  return MomentField({ required: false, description: `${what} before this time.`, example });
}

export function CountFilter(options: {
  min: number;
  max: number;
  default: number;
  description: string;
}) {
  return IntegerField({ required: false, example: options.default, ...options });
}
