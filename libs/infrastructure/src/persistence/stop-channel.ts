import type { EntityManager } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';
import { decideClimb, type MessageState, topOf } from '#domain/delivery/climb-ladder.js';
import { type LockedNotification, readClimbers, startRung } from './start-rung.js';

const because = 'consent_withdrawn';

/**
 * Lets nothing more leave to a customer on a channel whose consent he has withdrawn: what waits
 * there is canceled and its ladder goes on without the channel. A message under way is not called
 * back, and is not tried again. Run it in the transaction that withdraws the consent; the sweep of
 * the outbox finds the messages of the next rungs.
 */
export async function stopChannel(
  manager: EntityManager,
  customerId: string,
  channel: Channel,
): Promise<void> {
  const notifications = await manager.query<LockedNotification[]>(openNotifications, [customerId]);
  for (const notification of notifications) await stopOn(manager, notification, channel);
}

interface OpenMessage {
  id: string;
  rung: number;
  channel: Channel;
  state: MessageState;
}

async function stopOn(
  manager: EntityManager,
  notification: LockedNotification,
  channel: Channel,
): Promise<void> {
  const { id, ladder: planned } = notification;
  // A statement of its own, after the lock: it sees what was committed while that waited. Locked,
  // so that no worker claims one between this look and its end.
  const messages = await manager.query<OpenMessage[]>(
    `SELECT id, rung, channel, state FROM message WHERE notification_id = $1
     ORDER BY id FOR UPDATE`,
    [id],
  );
  const top = topOf(messages);
  const ladder = planned.filter((rung, place) => place <= top || rung.channel !== channel);
  if (ladder.length < planned.length) {
    await manager.query('UPDATE notification SET ladder = $2 WHERE id = $1', [
      id,
      JSON.stringify(ladder),
    ]);
  }
  const stopped = messages.filter(
    (message) => message.channel === channel && isOpen(message.state),
  );
  const [last] = stopped;
  if (!last) return;
  await manager.query(stopMessages, [stopped.map((message) => message.id), because]);
  const step = decideClimb(ladder, await readClimbers(manager, id));
  if (step.kind === 'start_rung') {
    const left = { id: last.id, channel, attempt: null };
    await startRung(manager, { ...notification, ladder }, step.rung, left, because, 'keep');
  }
  if (step.kind === 'give_up') await end(manager, notification);
}

/** What was sent and came back has failed; nothing but that leads on from there. */
async function end(
  manager: EntityManager,
  { id, state: before }: LockedNotification,
): Promise<void> {
  const state = before === 'in_progress' ? 'canceled' : 'failed';
  await manager.query(
    `UPDATE notification SET state = $3, state_reason = $2, ended_at = clock_timestamp()
     WHERE id = $1`,
    [id, because, state],
  );
  await manager.query(
    `INSERT INTO timeline (notification_id, kind, data) VALUES ($1, 'ended', $2)`,
    [id, JSON.stringify({ state, reason: because })],
  );
}

function isOpen(state: MessageState): boolean {
  return state === 'queued' || state === 'sending';
}

/**
 * Those that may still send: what was sent may come back, and start the next rung, and so may the
 * later one of what was delivered and was to be read. Of what was read only a message to another
 * device may be on its way.
 */
const openNotifications = `
  SELECT id, state, ladder FROM notification n
  WHERE recipient_id = $1 AND recipient_kind = 'customer'
    AND (state IN ('in_progress', 'sent', 'delivered') OR state = 'read' AND EXISTS (
      SELECT FROM message m WHERE m.notification_id = n.id AND m.state IN ('queued', 'sending')))
  ORDER BY id FOR UPDATE
`;

/** What is being sent now may end as it will; past its use, it does not go back to the queue. */
const stopMessages = `
  UPDATE message SET
    state = CASE state WHEN 'queued' THEN 'canceled' ELSE state END,
    state_reason = CASE state WHEN 'queued' THEN $2 ELSE state_reason END,
    advance_at = CASE state WHEN 'queued' THEN NULL ELSE advance_at END,
    valid_until = CASE state WHEN 'queued' THEN valid_until ELSE clock_timestamp() END
  WHERE id = ANY($1::uuid[]) AND state IN ('queued', 'sending')
`;
