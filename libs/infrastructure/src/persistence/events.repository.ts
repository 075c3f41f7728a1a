import type { DataSource } from 'typeorm';
import type { Channel, Target } from '#domain/catalog/channels.js';
import type { Address, RecipientKind } from '#domain/customers/recipient.js';
import type { NotificationState } from '#domain/delivery/climb-ladder.js';
import type { ChannelDecision } from '#domain/dispatch/channel-decision.js';
import type { Rung } from '#domain/dispatch/plan.js';
import type { Variables } from '#domain/templates/variables.js';
import { eventConditions } from './event-conditions.js';

export interface EventRow {
  id: string;
  event_type: string;
  service_type_id: string;
  subtype_id: string | null;
  phase_id: string;
  taller_id: string | null;
  target: Target;
  customer_id: string;
  vehicle_id: string | null;
  context: Record<string, unknown>;
  business_key: string | null;
  priority: 'normal' | 'high';
  critical: boolean;
  valid_until: Date | null;
  scheduled_for: Date | null;
  request_id: string | null;
  created_at: Date;
}

export interface NotificationRow {
  id: string;
  event_id: string;
  recipient_kind: RecipientKind;
  recipient_id: string;
  recipient_name: string;
  ladder: Rung[];
  decision: ChannelDecision[];
  state: NotificationState;
  state_reason: string | null;
  created_at: Date;
  ended_at: Date | null;
}

export interface MessageRow {
  id: string;
  notification_id: string;
  /** From 0. */
  rung: number;
  channel: Channel;
  address: Address;
  state: string;
  state_reason: string | null;
  attempts: number;
  due_at: Date;
  provider_message_id: string | null;
  sent_at: Date | null;
  delivered_at: Date | null;
  read_at: Date | null;
}

export interface TimelineRow {
  notification_id: string;
  message_id: string | null;
  at: Date;
  kind: string;
  attempt: number | null;
  data: Record<string, unknown>;
}

export interface EventRows {
  event: EventRow;
  notifications: NotificationRow[];
  messages: MessageRow[];
  timeline: TimelineRow[];
}

/** What the message of one rung is rendered from, again and again the same. */
export interface RungSourceRow {
  notification_id: string;
  /** From 0. */
  rung: number;
  channel: Channel;
  template_version_id: string;
  variables: Variables;
  /** Null where template and version are gone. */
  template_id: string | null;
  template_name: string | null;
  version: number | null;
}

/** What a list of events is narrowed to. Ids, not slugs. */
export interface EventFilter {
  search?: string;
  eventType?: string;
  customerId?: string;
  phaseId?: string;
  serviceTypeId?: string;
  target?: Target;
  /** Null: events without a workshop. */
  tallerId?: string | null;
  /** One that was planned for somebody. */
  channel?: Channel;
  state?: string;
  createdAfter?: string;
  createdBefore?: string;
}

export interface EventOrder {
  column: 'created_at' | 'event_type' | 'customer_id';
  descending: boolean;
}

/** Whose events may be seen: one workshop's, or (null) everybody's. */
export type TallerScope = string | null;

/** Reads the log of events. It is written by dispatches and by the worker alone. */
export class EventsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async page(
    scope: TallerScope,
    filter: EventFilter,
    order: EventOrder,
    window: { offset: number; limit: number },
  ): Promise<{ count: number; events: EventRow[] }> {
    const { where, parameters } = eventConditions(scope, filter);
    const direction = order.descending ? 'DESC' : 'ASC';
    // The id grows with time and settles the order of what is otherwise equal.
    const rest = `ORDER BY e.${order.column} ${direction}, e.id ${direction}
      LIMIT ${window.limit} OFFSET ${window.offset}`;
    const [[counted], events] = await Promise.all([
      this.dataSource.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM event e ${where}`,
        parameters,
      ),
      this.dataSource.query<EventRow[]>(`SELECT e.* FROM event e ${where} ${rest}`, parameters),
    ]);
    return { count: counted?.count ?? 0, events };
  }

  async isKnown(scope: TallerScope, id: string): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      'SELECT FROM event WHERE id = $1 AND ($2::uuid IS NULL OR taller_id = $2)',
      [id, scope],
    );
    return rows.length > 0;
  }

  /** Of every rung of an event's ladders; null where there is no such event. */
  async rungSources(scope: TallerScope, id: string): Promise<RungSourceRow[] | null> {
    if (!(await this.isKnown(scope, id))) return null;
    return this.dataSource.query<RungSourceRow[]>(rungSources, [id]);
  }

  notificationsOf(eventIds: readonly string[]): Promise<NotificationRow[]> {
    return this.dataSource.query(notificationsOf, [eventIds]);
  }

  /**
   * An event with all that became of it, as of one moment: read statement by statement, a message
   * could still be waiting while its attempt's end already stood on the timeline.
   */
  detail(scope: TallerScope, id: string): Promise<EventRows | null> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const [event] = await manager.query<EventRow[]>(
        'SELECT * FROM event WHERE id = $1 AND ($2::uuid IS NULL OR taller_id = $2)',
        [id, scope],
      );
      if (!event) return null;
      const notifications = await manager.query<NotificationRow[]>(notificationsOf, [[id]]);
      const ids = notifications.map((notification) => notification.id);
      const messages = await manager.query<MessageRow[]>(messagesOf, [ids]);
      const timeline = await manager.query<TimelineRow[]>(timelineOf, [ids]);
      return { event, notifications, messages, timeline };
    });
  }
}

const notificationsOf = `
  SELECT id, event_id, recipient_kind, recipient_id, recipient_name, ladder, decision, state,
    state_reason, created_at, ended_at
  FROM notification WHERE event_id = ANY($1::uuid[]) ORDER BY id`;

const messagesOf = `
  SELECT id, notification_id, rung, channel, address, state, state_reason, attempts, due_at,
    provider_message_id, sent_at, delivered_at, read_at
  FROM message WHERE notification_id = ANY($1::uuid[]) ORDER BY rung, id`;

const timelineOf = `
  SELECT notification_id, message_id, at, kind, attempt, data
  FROM timeline WHERE notification_id = ANY($1::uuid[]) ORDER BY notification_id, id`;

const rungSources = `
  SELECT n.id AS notification_id, (place - 1)::integer AS rung, rung->>'channel' AS channel,
    rung->>'templateVersionId' AS template_version_id, n.variables, t.id AS template_id,
    t.name AS template_name, v.version
  FROM notification n
  CROSS JOIN jsonb_array_elements(n.ladder) WITH ORDINALITY AS rungs(rung, place)
  LEFT JOIN template_version v ON v.id = (rung->>'templateVersionId')::uuid
  LEFT JOIN template t ON t.id = v.template_id
  WHERE n.event_id = $1 ORDER BY n.id, place`;
