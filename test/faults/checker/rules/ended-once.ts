import type { Case, Violation } from '../evidence.js';

/** Rule 1: a notification ends once, and one that failed is among the dead letters. */
export function endedOnce({ notifications, storyOf, messagesOf, deadLetters }: Case): Violation[] {
  const dead = new Set(deadLetters);
  return notifications.flatMap(({ id, state, stateReason }) => {
    const ends = (storyOf.get(id) ?? []).filter(({ kind }) => kind === 'ended');
    const states = ends.map(({ data }) => data.state);
    const found: Violation[] = [];
    if (ends.length > 1) {
      found.push({ rule: 'ended_twice', ids: [id], says: `ended ${states.join(', then ')}` });
    }
    // One that nobody could be told of failed when it was accepted, and the answer said so.
    // What was stopped after all that had left of it came back is missed by nobody.
    const isStopped = stateReason === 'canceled' || stateReason === 'superseded';
    if (isStopped) return found;
    if (state === 'failed' && (messagesOf.get(id) ?? []).length > 0 && !dead.has(id)) {
      found.push({ rule: 'failed_unseen', ids: [id], says: 'failed, and is no dead letter' });
    }
    return found;
  });
}
