import type { Case, Violation } from '../evidence.js';

/** Rule 3: every event was asked for, and a key that was asked for made one event at most. */
export function nothingUnasked({ client, events }: Case): Violation[] {
  const asked = new Set(client.map(({ key }) => key));
  return events.flatMap(({ id, key }) =>
    key !== null && asked.has(key)
      ? []
      : [{ rule: 'unasked', ids: [id], says: `was written under key ${key}, which nobody sent` }],
  );
}
