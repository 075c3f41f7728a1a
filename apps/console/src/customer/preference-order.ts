import type { PreferencesInput, PreferencesView } from '#contracts/client/types.gen.js';

export const channels = ['email', 'whatsapp', 'push'] as const;
export type Channel = (typeof channels)[number];

/** The channels as they are tried: by the person's own order, then as the matrix has them. */
export function orderOf(preferences: PreferencesView): Channel[] {
  const rank = (channel: Channel) => preferences[channel].priority ?? Number.POSITIVE_INFINITY;
  return [...channels].sort((one, other) => {
    const difference = rank(one) - rank(other);
    return Number.isNaN(difference) ? 0 : difference;
  });
}

/** Whether the person has an order, and not the matrix alone. */
export function hasOwnOrder(preferences: PreferencesView): boolean {
  return channels.some((channel) => preferences[channel].priority !== null);
}

/** What makes the channels be tried in this order; null gives the order back to the matrix. */
export function changeOfOrder(order: readonly Channel[] | null): PreferencesInput {
  return Object.fromEntries(
    channels.map((channel) => [channel, { priority: order ? order.indexOf(channel) + 1 : null }]),
  );
}

/** The list with one thing moved to another place; what would leave it stays. */
export function moved<Thing>(list: readonly Thing[], from: number, to: number): Thing[] {
  const rest = list.toSpliced(from, 1);
  return list.slice(from, from + 1).length === 0 || to < 0 || to >= list.length
    ? [...list]
    : rest.toSpliced(to, 0, ...list.slice(from, from + 1));
}

/** The preferences as they will be, shown until the service has said so. */
export function withChange(before: PreferencesView, change: PreferencesInput): PreferencesView {
  const after = { ...before };
  for (const channel of channels) after[channel] = { ...before[channel], ...change[channel] };
  return after;
}
