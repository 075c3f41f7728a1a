import type { DataSource } from 'typeorm';
import type { StateCount } from '#domain/analytics/delivery-figures.js';
import type { MessageState } from '#domain/delivery/climb-ladder.js';

/** Workshops in zones that differ: no summer time, three quarters of an hour, summer time. */
export const zonedTalleres = [
  { id: '0190aaaa-0000-7000-8000-00000000000a', zone: 'America/Mexico_City' },
  { id: '0190aaaa-0000-7000-8000-00000000000b', zone: 'Asia/Kathmandu' },
  { id: '0190aaaa-0000-7000-8000-00000000000c', zone: 'America/Tijuana' },
] as const;

export const insertZonedTalleres = `
  INSERT INTO taller (id, slug, name, time_zone) VALUES
  ${zonedTalleres.map(({ id, zone }, place) => `('${id}', 'zoned-${place}', 'T', '${zone}')`).join()}`;

/** Messages to be made: so many of one event each, a second apart. */
export interface NewMessages {
  count: number;
  createdAt: Date;
  tallerId: string | null;
  channel: string;
  eventType: string;
  /** Hours after their making. */
  scheduledInHours: number | null;
}

/** The parameters of {@link insertMessages}. */
export function messageParameters(made: NewMessages): unknown[] {
  const { count, createdAt, tallerId, channel, eventType, scheduledInHours } = made;
  return [count, createdAt, tallerId, channel, eventType, scheduledInHours];
}

/** A UUID of version 7 of some time, as ids of messages are. */
const idAt = (time: string) =>
  `(lpad(to_hex((1000 * date_part('epoch', ${time}))::bigint), 12, '0') || '7'
    || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid`;

/** Writes messages with their events and notifications, as old as wanted. */
export const insertMessages = `
  WITH input AS MATERIALIZED (
    SELECT gen_random_uuid() AS event_id, gen_random_uuid() AS notification_id,
      $2::timestamptz + n * interval '1 second' AS at
    FROM generate_series(1, $1::integer) n
  ), events AS (
    INSERT INTO event (id, event_type, service_type_id, phase_id, taller_id, target, customer_id,
      context, created_at)
    SELECT event_id, $5, event_id, event_id, $3::uuid, 'clients', 'c', '{}', at FROM input
  ), notifications AS (
    INSERT INTO notification (id, event_id, recipient_kind, recipient_id, recipient_name,
      variables, ladder, decision, created_at)
    SELECT notification_id, event_id, 'customer', 'c', 'Ana Paredes', '{}', '[]', '[]', at FROM input
  )
  INSERT INTO message (id, notification_id, event_type, taller_id, rung, channel, address,
    template_version_id, created_at, scheduled_for)
  SELECT ${idAt('at')}, notification_id, $5, $3::uuid, 0, $4,
    '{"channel": "email", "email": "ana.paredes@example.com"}', notification_id, at,
    at + $6::float8 * interval '1 hour'
  FROM input
`;

export interface LoggedMessage extends StateCount {
  day: string;
  channel: string;
  event_type: string;
}

/** The plain query over the log: every message of a scope, each by itself. */
export function readLog(
  dataSource: DataSource,
  tallerId: string | null,
  zone: string,
): Promise<LoggedMessage[]> {
  return dataSource.query(
    `SELECT (created_at AT TIME ZONE $2)::date::text AS day, channel, event_type, state,
       1 AS messages, (sent_at IS NOT NULL)::integer AS timed,
       coalesce(round(1000 *
         date_part('epoch', sent_at - greatest(created_at, scheduled_for))), 0) AS "deliveryMs"
     FROM message WHERE $1::uuid IS NULL OR taller_id = $1::uuid`,
    [tallerId, zone],
  );
}

/** Adds up messages by their states, as a summary tells them. */
export function addUp(messages: readonly LoggedMessage[]): Map<MessageState, StateCount> {
  const sums = new Map<MessageState, StateCount>();
  for (const { state, timed, deliveryMs } of messages) {
    const sum = sums.get(state) ?? { state, messages: 0, timed: 0, deliveryMs: 0 };
    sum.messages += 1;
    sum.timed += timed;
    sum.deliveryMs += deliveryMs;
    sums.set(state, sum);
  }
  return sums;
}
