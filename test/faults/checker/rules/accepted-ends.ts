import type { Case, Violation } from '../evidence.js';
import { groupBy } from '../evidence.js';

/** Rules 1 and 2: what was accepted is there, under one id for its key, and has ended. */
export function acceptedEnds(run: Case): Violation[] {
  return [...lost(run), ...keysTwice(run), ...open(run)];
}

/** A 202 without an event, or an event for nobody. */
function lost({ client, events, notifications }: Case): Violation[] {
  const known = new Set(events.map(({ id }) => id));
  const told = new Set(notifications.map(({ eventId }) => eventId));
  return client.flatMap((entry) => {
    if (entry.kind !== 'accepted') return [];
    const { eventId } = entry;
    if (known.has(eventId) && told.has(eventId)) return [];
    const what = known.has(eventId) ? 'has no notification' : 'is not there';
    return [{ rule: 'lost', ids: [eventId], says: `accepted under key ${entry.key}, and ${what}` }];
  });
}

/** A client that repeats a request under its key was told of another event. */
function keysTwice({ client, events }: Case): Violation[] {
  const keyOf = new Map(events.map(({ id, key }) => [id, key]));
  const accepted = client.flatMap((entry) => (entry.kind === 'accepted' ? [entry] : []));
  return [...groupBy(accepted, ({ key }) => key)].flatMap(([key, answers]) => {
    const ids = [...new Set(answers.map(({ eventId }) => eventId))];
    if (ids.length > 1) {
      return [
        { rule: 'key_twice', ids, says: `key ${key} was answered with ${ids.length} events` },
      ];
    }
    const written = keyOf.get(ids[0] ?? '');
    return written === key || written === undefined
      ? []
      : [{ rule: 'key_twice', ids, says: `accepted under ${key}, written under ${written}` }];
  });
}

/** Nothing is open at the end, and nothing is ever without a next step. */
function open({ notifications, messagesOf }: Case): Violation[] {
  return notifications.flatMap(({ id, state }) => {
    if (state !== 'in_progress') return [];
    const messages = messagesOf.get(id) ?? [];
    const moving = messages.some((message) => ['queued', 'sending'].includes(message.state));
    return [
      moving
        ? { rule: 'not_ended', ids: [id], says: 'has not ended' }
        : { rule: 'no_next_step', ids: [id], says: 'is open, and none of its messages moves' },
    ];
  });
}
