import type { DataSource, EntityManager } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';
import { topOf } from '#domain/delivery/climb-ladder.js';
import { heldQuiet, holdRung, type RungStart } from '#domain/quiet/hold-rung.js';
import {
  type LockedNotification,
  lockFreeNotification,
  type MadeMessage,
  startRung,
} from './start-rung.js';
import { retryDeadlocks } from './transient-errors.js';

const because = 'held_too_long';

/**
 * Holds what is still in the queue when its quiet hours begin, be it a retry, a message that a
 * provider kept waiting, or one that a worker came too late for: moves it to their end, without
 * using up an attempt. Gives back the messages to wake, which go instead of some that would be
 * held beyond their use, and whether more may be waiting.
 *
 * @param limit how many messages are looked at
 */
export async function holdMessages(
  dataSource: DataSource,
  limit: number,
): Promise<{ made: MadeMessage[]; more: boolean }> {
  const found = await dataSource.query<{ id: string }[]>(findWaiting, [limit]);
  const made: MadeMessage[] = [];
  for (const { id } of found) {
    const started = await retryDeadlocks(() =>
      dataSource.transaction((manager) => hold(manager, id)),
    );
    made.push(...started);
  }
  return { made, more: found.length === limit };
}

interface QuietMessage {
  id: string;
  rung: number;
  channel: Channel;
  state: string;
  /** Queued, and its quiet hours have begun. */
  waits: boolean;
  /** When it would leave: now, or later. */
  due_at: Date;
  valid_until: Date | null;
}

async function hold(manager: EntityManager, notificationId: string): Promise<MadeMessage[]> {
  const notification = await lockFreeNotification(manager, notificationId);
  if (!notification) return [];
  const all = await manager.query<QuietMessage[]>(readQuiet, [notificationId]);
  const top = topOf(all.map(({ rung }) => ({ rung, state: 'queued' as const })));
  const made: MadeMessage[] = [];
  for (const message of all.filter(({ waits }) => waits)) {
    const { rung, due_at, valid_until } = message;
    const start = holdRung(notification.ladder, rung, due_at, valid_until);
    const isServed =
      top > rung || made.length > 0 || all.some((other) => other.rung === rung && isServing(other));
    if (start.rung === rung) await moveTo(manager, notification, message, start);
    else if (await letGo(manager, message, isServed)) {
      const left = { id: message.id, channel: message.channel, attempt: null };
      made.push(...(await startRung(manager, notification, start.rung, left, because)));
    }
  }
  return made;
}

/** Another device has the message, or may have it in a moment: no e-mail is needed. */
function isServing({ state }: QuietMessage): boolean {
  return state !== 'queued' && !isOver(state);
}

function isOver(state: string): boolean {
  return ['failed', 'bounced', 'expired', 'canceled', 'superseded'].includes(state);
}

/** Gives up a message that would be held beyond its use; true where the e-mail goes for it. */
async function letGo(
  manager: EntityManager,
  { id }: QuietMessage,
  isServed: boolean,
): Promise<boolean> {
  const [, given] = await manager.query<[unknown, number]>(
    `UPDATE message SET state = 'failed', state_reason = $2, advance_at = NULL
     WHERE id = $1 AND state = 'queued'`,
    [id, because],
  );
  return given === 1 && !isServed;
}

async function moveTo(
  manager: EntityManager,
  { id, ladder }: LockedNotification,
  message: QuietMessage,
  { dueAt, quietFrom, heldUntil }: RungStart,
): Promise<void> {
  const [, given] = await manager.query<[unknown, number]>(move, [
    message.id,
    heldUntil ? dueAt : null,
    quietFrom,
  ]);
  const rung = ladder[message.rung];
  if (given === 0 || !heldUntil || !rung) return;
  await manager.query(tellOnce, [id, message.id, JSON.stringify(heldQuiet(heldUntil, rung))]);
}

/** By `now()`, which an index can look up, as `clock_timestamp()` cannot. */
const findWaiting = `
  SELECT DISTINCT notification_id AS id FROM (
    SELECT notification_id FROM message
    WHERE state = 'queued' AND quiet_from <= now()
    ORDER BY quiet_from LIMIT $1) waiting
`;

const readQuiet = `
  SELECT id, rung, channel, state,
    state = 'queued' AND coalesce(quiet_from <= clock_timestamp(), false) AS waits,
    greatest(due_at, clock_timestamp()) AS due_at, valid_until
  FROM message WHERE notification_id = $1 ORDER BY rung, id
`;

/** The time that its rung has begins when it may leave. */
const move = `
  UPDATE message SET due_at = coalesce($2::timestamptz, due_at), quiet_from = $3,
    enqueued_at = CASE WHEN $2::timestamptz IS NULL THEN enqueued_at END,
    advance_at = advance_at + (coalesce($2::timestamptz, due_at) - due_at)
  WHERE id = $1 AND state = 'queued'
`;

const tellOnce = `
  INSERT INTO timeline (notification_id, message_id, kind, data)
  SELECT $1, $2, 'held', $3 WHERE NOT EXISTS (
    SELECT FROM timeline WHERE notification_id = $1 AND message_id = $2 AND kind = 'held'
      AND data->>'because' = 'quiet_hours')
`;
