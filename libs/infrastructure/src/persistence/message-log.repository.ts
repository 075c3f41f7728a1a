import type { DataSource } from 'typeorm';
import type { StateCount } from '#domain/analytics/delivery-figures.js';
import type { Channel } from '#domain/catalog/channels.js';
import type { Address, RecipientKind } from '#domain/customers/recipient.js';
import type { MessageState } from '#domain/delivery/climb-ladder.js';
import type { AnalyticsScope } from './analytics.repository.js';
import { everyTaller, keptInScope } from './roll-ups.js';

export interface LogEntry {
  id: string;
  notification_id: string;
  event_id: string;
  event_type: string;
  taller_id: string | null;
  channel: Channel;
  address: Address;
  state: MessageState;
  state_reason: string | null;
  attempts: number;
  recipient_kind: RecipientKind;
  recipient_id: string;
  recipient_name: string;
  created_at: Date;
  sent_at: Date | null;
}

/** Reads messages themselves, as few of them as a question needs. */
export class MessageLogRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest messages first. The roll-ups tell on which days to look for them. */
  recent(
    { id, timeZone }: AnalyticsScope,
    filter: { channel?: Channel; state?: MessageState },
    limit: number,
  ): Promise<LogEntry[]> {
    const parameters = [id, timeZone, filter.channel ?? null, filter.state ?? null, limit];
    return this.dataSource.query(recent, parameters);
  }

  /** What became of the messages of the last 24 hours, by channel; and when those hours began. */
  async lastDay(tallerId: string | null): Promise<{
    since: Date;
    byChannel: Map<string, StateCount[]>;
  }> {
    const rows = await this.dataSource.query<LastDayRow[]>(lastDay, [tallerId]);
    const byChannel = new Map<string, StateCount[]>();
    for (const { channel, state, messages } of rows) {
      if (channel === null || state === null) continue;
      const counts = byChannel.get(channel) ?? [];
      byChannel.set(channel, [...counts, { state, messages, timed: 0, deliveryMs: 0 }]);
    }
    return { since: rows[0]?.since ?? new Date(0), byChannel };
  }
}

/**
 * The id (UUID version 7) that a message made at a time would at least have. Ids are made by our
 * processes, whose clocks may differ from the database's; an hour is more than they ever should.
 */
const leastId = (time: string) =>
  `(lpad(to_hex((1000 * date_part('epoch', ${time} - interval '1 hour'))::bigint), 12, '0')
    || repeat('0', 20))::uuid`;

/** Of a day, newest first; only so many days as are needed for the limit. */
const recent = `
  WITH ${keptInScope}, days AS (
    SELECT day, sum(messages) AS messages FROM counted
    WHERE day > (clock_timestamp() AT TIME ZONE $2)::date - 400
      AND ($3::text IS NULL OR channel = $3) AND ($4::text IS NULL OR state = $4)
    GROUP BY day HAVING sum(messages) > 0
  ), needed AS (
    SELECT day FROM (
      SELECT day, sum(messages) OVER (ORDER BY day DESC) - messages AS newer FROM days
    ) with_newer WHERE newer < $5::integer
  )
  SELECT m.id, m.notification_id, n.event_id, m.event_type, m.taller_id, m.channel, m.address,
    m.state, m.state_reason, m.attempts, n.recipient_kind, n.recipient_id, n.recipient_name,
    m.created_at, m.sent_at
  FROM needed
  CROSS JOIN LATERAL (
    SELECT * FROM message
    WHERE id >= ${leastId('(day::timestamp AT TIME ZONE $2)')}
      AND id < ${leastId(`((day + 1)::timestamp AT TIME ZONE $2) + interval '2 hours'`)}
      AND (created_at AT TIME ZONE $2)::date = day
      AND ($1::uuid = '${everyTaller}' OR taller_id = $1::uuid)
      AND ($3::text IS NULL OR channel = $3) AND ($4::text IS NULL OR state = $4)
    ORDER BY id DESC LIMIT $5::integer
  ) m
  JOIN notification n ON n.id = m.notification_id
  ORDER BY m.id DESC LIMIT $5::integer
`;

interface LastDayRow {
  since: Date;
  /** Null where there was no message. */
  channel: Channel | null;
  state: MessageState | null;
  messages: number;
}

const lastDay = `
  WITH start AS (SELECT clock_timestamp() - interval '24 hours' AS since)
  SELECT since, channel, state, count(m.id)::integer AS messages
  FROM start LEFT JOIN message m ON m.created_at >= since AND m.id >= ${leastId('since')}
    AND ($1::uuid IS NULL OR m.taller_id = $1::uuid)
  GROUP BY since, channel, state
`;
