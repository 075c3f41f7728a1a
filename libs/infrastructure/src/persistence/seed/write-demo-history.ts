import type { EntityManager } from 'typeorm';
import type { InventedHistory } from './invent-history.js';

/** Writes the invented month. Nothing of it is due, so no worker ever looks at it. */
export async function writeHistory(
  manager: EntityManager,
  { events, notifications, messages, timeline }: InventedHistory,
): Promise<void> {
  await manager.query(insertEvents, [JSON.stringify(events)]);
  await manager.query(insertNotifications, [JSON.stringify(notifications)]);
  await manager.query(insertMessages, [JSON.stringify(messages)]);
  const inOrder = timeline
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .map((row, place) => ({ ...row, place }));
  await manager.query(insertTimeline, [JSON.stringify(inOrder)]);
  await manager.query(insertDeadLetters, [notifications.map(({ id }) => id)]);
  await manager.query(insertNotices, [events.map(({ id }) => id)]);
  await manager.query(readOlderNotices);
}

const insertEvents = `
  INSERT INTO event (id, event_type, service_type_id, subtype_id, phase_id, taller_id, target,
    customer_id, vehicle_id, context, business_key, valid_until, scheduled_for, request_id,
    created_at)
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, event_type text,
    service_type_id uuid, subtype_id uuid, phase_id uuid, taller_id uuid, target text,
    customer_id text, vehicle_id text, context jsonb, business_key text, valid_until timestamptz,
    scheduled_for timestamptz, request_id text, created_at timestamptz)
`;

const insertNotifications = `
  INSERT INTO notification (id, event_id, recipient_kind, recipient_id, recipient_name, variables,
    ladder, decision, state, state_reason, created_at, ended_at)
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, event_id uuid, recipient_kind text,
    recipient_id text, recipient_name text, variables jsonb, ladder jsonb, decision jsonb,
    state text, state_reason text, created_at timestamptz, ended_at timestamptz)
`;

const insertMessages = `
  INSERT INTO message (id, notification_id, rung, channel, address, template_version_id, state,
    state_reason, attempts, fence, due_at, valid_until, provider_message_id, created_at, sent_at)
  SELECT id, notification_id, rung, channel, address, template_version_id, state, state_reason,
    attempts, attempts, created_at, valid_until, provider_message_id, created_at, sent_at
  FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, notification_id uuid, rung smallint,
    channel text, address jsonb, template_version_id uuid, state text, state_reason text,
    attempts smallint, valid_until timestamptz, provider_message_id text, created_at timestamptz,
    sent_at timestamptz)
`;

// The timeline's ids grow with time within a notification.
const insertTimeline = `
  INSERT INTO timeline (notification_id, message_id, at, kind, attempt, data)
  SELECT notification_id, message_id, at, kind, attempt, data
  FROM jsonb_to_recordset($1::jsonb) AS row (notification_id uuid, message_id uuid, at timestamptz,
    kind text, attempt smallint, data jsonb, place integer)
  ORDER BY place
`;

/** What failed lies where people look for it, as a real one does. */
const insertDeadLetters = `
  INSERT INTO dead_letter (id, kind, cause, detail, taller_id, at)
  SELECT n.id, 'notification', coalesce(n.state_reason, 'unknown'), last.detail, e.taller_id,
    n.ended_at
  FROM notification n JOIN event e ON e.id = n.event_id
  LEFT JOIN LATERAL (
    SELECT concat_ws(': ', m.channel, t.data->>'code') AS detail
    FROM message m JOIN timeline t ON t.message_id = m.id AND t.kind = 'attempt_ended'
    WHERE m.notification_id = n.id ORDER BY m.rung DESC, t.id DESC LIMIT 1
  ) last ON true
  WHERE n.id = ANY($1::uuid[]) AND n.state = 'failed'
`;

/** What staff were told of in the month, and what failed in it. */
const insertNotices = `
  INSERT INTO staff_notice (id, kind, taller_id, phase_id, event_id, subject, data, created_at)
  SELECT id, 'event', taller_id, phase_id, id, NULL, '{}'::jsonb, created_at FROM event
  WHERE id = ANY($1::uuid[]) AND target = 'staff'
  UNION ALL
  SELECT gen_random_uuid(), 'dead_letters', taller_id, NULL, NULL,
    concat_ws('/', kind, cause, taller_id), jsonb_build_object('kind', kind, 'cause', cause),
    min(at)
  FROM dead_letter GROUP BY kind, cause, taller_id
`;

/** Whoever opens the console without a key has read all but the last days. */
const readOlderNotices = `
  INSERT INTO notice_read (notice_id, reader)
  SELECT id, 'anonymous' FROM staff_notice WHERE created_at < clock_timestamp() - interval '2 days'
`;
