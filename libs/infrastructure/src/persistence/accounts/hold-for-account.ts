import type { EntityManager } from 'typeorm';
import type { HoldReason } from '#domain/delivery/admit-messages.js';

/** A message that stays queued for a while, without an attempt. */
export interface HeldMessage {
  id: string;
  /** In whose line it stands; null where it waits for something else. */
  account: string | null;
  untilMs: number;
  slotMs: number | null;
  because: HoldReason;
}

/**
 * Moves messages that are locked to a later time. Their timelines are told once of each reason, and
 * of nothing that is over in a few seconds.
 */
export async function holdForAccount(
  manager: EntityManager,
  held: readonly HeldMessage[],
): Promise<void> {
  if (held.length === 0) return;
  await manager.query(holdAll, [
    held.map(({ id }) => id),
    held.map(({ account }) => account),
    held.map(({ untilMs }) => untilMs),
    held.map(({ slotMs }) => slotMs),
    held.map(({ because }) => because),
  ]);
}

/** SQL: tells each message of `held(id, notification_id, due_at)` once why it is held. */
export const tellHeld = (because: string) => `
  INSERT INTO timeline (notification_id, message_id, kind, data)
  SELECT held.notification_id, held.id, 'held',
    jsonb_build_object('because', ${because}, 'until', held.due_at)
  FROM held
  WHERE held.due_at > clock_timestamp() + interval '5 seconds' AND NOT EXISTS (
    SELECT FROM timeline t
    WHERE t.notification_id = held.notification_id AND t.message_id = held.id
      AND t.kind = 'held' AND t.data->>'because' = ${because})
`;

const holdAll = `
  WITH held AS (
    UPDATE message m SET due_at = to_timestamp(h.until_ms / 1000), enqueued_at = NULL,
      held_by = h.account, slot_at = to_timestamp(h.slot_ms / 1000)
    FROM unnest($1::uuid[], $2::text[], $3::float8[], $4::float8[], $5::text[])
      AS h(id, account, until_ms, slot_ms, because)
    WHERE m.id = h.id
    RETURNING m.id, m.notification_id, m.due_at, h.because
  )
  ${tellHeld('held.because')}
`;
