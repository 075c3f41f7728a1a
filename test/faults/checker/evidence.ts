import type { Channel } from '#domain/catalog/channels.js';
import type { Address } from '#domain/customers/recipient.js';
import type { MessageState, NotificationState } from '#domain/delivery/climb-ladder.js';
import type { Rung } from '#domain/dispatch/plan.js';
import type { Arrival, ClientEntry, Disruption } from '../journals.js';

/** Every time is in milliseconds since 1970, on the database's clock. */
export interface EventEvidence {
  id: string;
  /** The idempotency key that came with it; null without one. */
  key: string | null;
}

export interface NotificationEvidence {
  id: string;
  eventId: string;
  state: NotificationState;
  stateReason: string | null;
  ladder: Rung[];
}

export interface MessageEvidence {
  id: string;
  notificationId: string;
  rung: number;
  channel: Channel;
  address: Address;
  state: MessageState;
  stateReason: string | null;
  attempts: number;
  createdAt: number;
  dueAt: number;
  validUntil: number | null;
  leaseUntil: number | null;
  sentAt: number | null;
  providerMessageId: string | null;
}

export interface TimelineEvidence {
  id: number;
  notificationId: string;
  messageId: string | null;
  at: number;
  kind: string;
  attempt: number | null;
  data: {
    outcome?: string;
    code?: string;
    next?: string;
    state?: string;
    from?: string;
    to?: string;
    because?: string;
    receipt?: string;
    /** Of a next rung: an earlier one's message may have arrived. */
    sent_twice_possible?: boolean;
  };
}

/** All that a run left behind: what the database says, what arrived, what the client was told. */
export interface Evidence {
  now: number;
  events: EventEvidence[];
  notifications: NotificationEvidence[];
  messages: MessageEvidence[];
  /** In the order in which it was written. */
  timeline: TimelineEvidence[];
  /** Ids of the notifications that stand among the dead letters. */
  deadLetters: string[];
  /** Runs of schedules that were begun and not ended, and when they were begun. */
  openRuns: { name: string; startedAt: number }[];
  /** Where the roll-ups say something else than the log. */
  miscounted: { channel: string; state: string; logged: number; counted: number }[];
  arrivals: Arrival[];
  client: ClientEntry[];
  disruptions: Disruption[];
}

/** A promise that was broken, and on what. */
export interface Violation {
  rule: string;
  ids: string[];
  says: string;
}

/** The evidence, arranged for the rules. */
export interface Case extends Evidence {
  messagesOf: ReadonlyMap<string, MessageEvidence[]>;
  notificationOf: ReadonlyMap<string, NotificationEvidence>;
  /** By message. */
  entriesOf: ReadonlyMap<string, TimelineEvidence[]>;
  /** By notification, those of its messages too. */
  storyOf: ReadonlyMap<string, TimelineEvidence[]>;
}

/** The evidence with its rows grouped, so that no rule searches the whole for each row. */
export function arrange(evidence: Evidence): Case {
  return {
    ...evidence,
    notificationOf: new Map(evidence.notifications.map((row) => [row.id, row])),
    messagesOf: groupBy(evidence.messages, ({ notificationId }) => notificationId),
    entriesOf: groupBy(evidence.timeline, ({ messageId }) => messageId),
    storyOf: groupBy(evidence.timeline, ({ notificationId }) => notificationId),
  };
}

/** Rows by their key; those without one are left out. */
export function groupBy<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | null,
): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** Whether an attempt of this message may have reached its provider although nobody heard so. */
export function unknownEnds(entries: readonly TimelineEvidence[]): TimelineEvidence[] {
  return entries.filter(({ kind, data }) => kind === 'attempt_ended' && data.outcome === 'unknown');
}
