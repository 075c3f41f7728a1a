import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Channel } from '#domain/catalog/channels.js';
import {
  type Climber,
  decideClimb,
  hasArrived,
  type NotificationState,
} from '#domain/delivery/climb-ladder.js';
import type { Rung } from '#domain/dispatch/plan.js';
import { heldQuiet, holdRung, type RungStart } from '#domain/quiet/hold-rung.js';
import { addDeadNotification } from './dead-letters/add-dead-letter.js';
import { mayHaveLeft } from './may-have-left.js';

/** A notification whose row the transaction has locked. */
export interface LockedNotification {
  id: string;
  state: NotificationState;
  ladder: readonly Rung[];
}

/** A message that was made and is to be woken once the transaction has committed. */
export interface MadeMessage {
  id: string;
  channel: Channel;
}

/** The message that ended, or that took too long: the next rung takes its event and validity. */
export interface LeftMessage {
  id: string;
  channel: Channel;
  /** Of the last attempt; null where none ended. */
  attempt: number | null;
}

/**
 * Locks a notification, so that of two who would start its next rung the second sees what the
 * first did. Undefined where there is none.
 */
export async function lockNotification(
  manager: EntityManager,
  notificationId: string,
): Promise<LockedNotification | undefined> {
  const [row] = await manager.query<LockedNotification[]>(
    'SELECT id, state, ladder FROM notification WHERE id = $1 FOR UPDATE',
    [notificationId],
  );
  return row;
}

/** As {@link lockNotification}, or undefined at once where somebody else has it: the sweep returns. */
export async function lockFreeNotification(
  manager: EntityManager,
  notificationId: string,
): Promise<LockedNotification | undefined> {
  const [row] = await manager.query<LockedNotification[]>(
    'SELECT id, state, ladder FROM notification WHERE id = $1 FOR UPDATE SKIP LOCKED',
    [notificationId],
  );
  return row;
}

/** Places and states of all messages of a notification; read them after its lock. */
export function readClimbers(manager: EntityManager, notificationId: string): Promise<Climber[]> {
  return manager.query('SELECT rung, state FROM message WHERE notification_id = $1', [
    notificationId,
  ]);
}

/**
 * Goes on with a locked notification after a message of it ended without success, be it refused or
 * bounced: starts the next rung, gives the notification up among the dead letters, or lets it
 * stand where something is on its way or arrived. Write the message's end before.
 *
 * A notification that rested at `sent` and has nothing left that arrived is `in_progress` again.
 *
 * @param because the reason that the timeline tells; the notification's `state_reason` at its end
 * @param detail for the dead letters: the last channel and its provider's code
 * @returns the messages to wake
 */
export async function climb(
  manager: EntityManager,
  notification: LockedNotification,
  left: LeftMessage,
  { because, detail }: { because: string; detail: string },
): Promise<MadeMessage[]> {
  const { id, state, ladder } = notification;
  if (!climbing.includes(state)) return [];
  const messages = await readClimbers(manager, id);
  const step = decideClimb(ladder, messages);
  if (step.kind === 'give_up') {
    await manager.query(
      `UPDATE notification SET state = 'failed', state_reason = $2, ended_at = clock_timestamp()
       WHERE id = $1`,
      [id, because],
    );
    await tell(manager, id, left, 'ended', { state: 'failed', reason: because });
    await addDeadNotification(manager, id, because, detail);
  }
  if (step.kind !== 'start_rung') return [];
  if (state === 'sent' && !hasArrived(messages)) {
    await manager.query(
      `UPDATE notification SET state = 'in_progress', ended_at = NULL WHERE id = $1`,
      [id],
    );
  }
  return startRung(manager, notification, step.rung, left, because);
}

/** States in which a later rung may still start: what arrived may be less than its rung asks. */
const climbing: readonly NotificationState[] = ['in_progress', 'sent', 'delivered'];

/**
 * Makes the messages of a rung of a locked notification and tells its timeline. Quiet hours may
 * hold them, or let a later rung's e-mail go in their place.
 *
 * @param like a message of the notification, from which they take event, priority and validity
 * @param from `keep` the hour that `like` was planned for, where that is still to come
 * @returns those that are due now, to be woken; the sweep of the outbox finds the others
 */
export async function startRung(
  manager: EntityManager,
  { id: notificationId, ladder }: LockedNotification,
  wanted: number,
  like: LeftMessage,
  because: string,
  from: 'now' | 'keep' = 'now',
): Promise<MadeMessage[]> {
  const keepsHour = from === 'keep';
  // The time is asked for only where it matters: most rungs start at once, at any hour.
  const start =
    keepsHour || ladder[wanted]?.quiet
      ? await timeStart(manager, ladder, wanted, like, keepsHour)
      : { rung: wanted, dueAt: null, quietFrom: null, heldUntil: null };
  const rung = ladder[start.rung];
  if (!rung) return [];
  const { channel } = rung;
  await tell(manager, notificationId, like, 'next_rung', {
    from: like.channel,
    to: channel,
    because,
    ...((await mayHaveLeft(manager, notificationId)) ? { sent_twice_possible: true } : {}),
  });
  const made = rung.addresses.map((address) => ({ id: uuidv7(), address }));
  const isLater = keepsHour || start.heldUntil !== null;
  await manager.query(insertRung, [
    made.map(({ id }) => id),
    like.id,
    start.rung,
    channel,
    made.map(({ address }) => JSON.stringify(address)),
    rung.templateVersionId,
    isLater ? start.dueAt : null,
    rung.advanceAfterMs ?? null,
    rung.advanceUntil ?? null,
    start.quietFrom,
  ]);
  if (start.heldUntil) {
    for (const { id } of made) {
      const held = { ...heldQuiet(start.heldUntil, rung) };
      await tell(manager, notificationId, { id, attempt: null }, 'held', held);
    }
  }
  return isLater ? [] : made.map(({ id }) => ({ id, channel }));
}

async function timeStart(
  manager: EntityManager,
  ladder: readonly Rung[],
  wanted: number,
  like: LeftMessage,
  keepsHour: boolean,
): Promise<RungStart> {
  const [times] = await manager.query<{ due_at: Date; valid_until: Date | null }[]>(timesOf, [
    like.id,
    keepsHour,
  ]);
  if (!times) throw new Error(`message ${like.id} is not there`);
  return holdRung(ladder, wanted, times.due_at, times.valid_until);
}

function tell(
  manager: EntityManager,
  notificationId: string,
  { id, attempt }: Pick<LeftMessage, 'id' | 'attempt'>,
  kind: string,
  data: Record<string, unknown>,
): Promise<unknown> {
  return manager.query(
    `INSERT INTO timeline (notification_id, message_id, kind, attempt, data)
     VALUES ($1, $2, $3, $4, $5)`,
    [notificationId, id, kind, attempt, JSON.stringify(data)],
  );
}

/**
 * SQL: until when the event of the message so named is of use. A message's own time may have been
 * cut short: one that was being sent when the consent was withdrawn is not tried again, but the
 * next channel is.
 */
const validUntil = (message: string) => `(
      SELECT e.valid_until FROM notification n JOIN event e ON e.id = n.event_id
      WHERE n.id = ${message}.notification_id)`;

/** What was planned for later stays so; a retry's waiting time was the other channel's. */
const timesOf = `
  SELECT CASE WHEN $2 AND attempts = 0 THEN greatest(due_at, clock_timestamp())
    ELSE clock_timestamp() END AS due_at, ${validUntil('message')} AS valid_until
  FROM message WHERE id = $1
`;

const insertRung = `
  INSERT INTO message (id, notification_id, event_type, taller_id, rung, channel, address,
    template_version_id, priority, due_at, enqueued_at, valid_until, advance_at, advance_until,
    quiet_from)
  SELECT fresh.id, left_one.notification_id, left_one.event_type, left_one.taller_id, $3, $4,
    fresh.address, $6, left_one.priority, due.at,
    CASE WHEN $7::timestamptz IS NULL THEN due.at END, ${validUntil('left_one')},
    due.at + $8::float8 * interval '1 ms', $9, $10
  FROM message left_one, unnest($1::uuid[], $5::jsonb[]) AS fresh(id, address),
    LATERAL (SELECT coalesce($7::timestamptz, clock_timestamp()) AS at) due
  WHERE left_one.id = $2
`;
