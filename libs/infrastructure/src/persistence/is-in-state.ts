/**
 * SQL: whether a row that is looked for by its id is in this state, said so that no partial index
 * is taken for it. Those hold all messages that wait or are under way; while statistics say that
 * there are next to none, as after a quiet hour, a plan through one of them looks cheaper than by
 * the id, and then reads the whole backlog for each message.
 */
export function isInState(column: string, state: 'queued' | 'sending'): string {
  return `${column} BETWEEN '${state}' AND '${state}'`;
}
