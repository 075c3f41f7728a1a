import type { EventSummary, NotificationSummary } from '#contracts/client/types.gen.js';

type State = NotificationSummary['state'];

/** The value that an event's context has for a variable, whatever the key's case and accents. */
export function contextValue(context: Record<string, unknown>, name: string): string | null {
  const wanted = fold(name);
  const [, value] = Object.entries(context).find(([key]) => fold(key) === wanted) ?? [];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** How many people there are in each state, those that need a look first. */
export function statesOf({
  notifications,
}: Pick<EventSummary, 'notifications'>): { state: State; count: number }[] {
  const counts = new Map<State, number>();
  for (const { state } of notifications) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts]
    .map(([state, count]) => ({ state, count }))
    .sort((a, b) => Number(b.state === 'failed') - Number(a.state === 'failed'));
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}
