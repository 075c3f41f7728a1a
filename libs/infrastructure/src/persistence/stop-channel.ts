import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Channel } from '#domain/catalog/channels.js';
import { climbLadder, type MessageState } from '#domain/delivery/climb-ladder.js';
import type { Rung } from '#domain/dispatch/plan.js';

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
  const notifications = await manager.query<OpenNotification[]>(openNotifications, [customerId]);
  for (const { id, ladder } of notifications) await stopOn(manager, id, ladder, channel);
}

interface OpenNotification {
  id: string;
  ladder: Rung[];
}

interface OpenMessage {
  id: string;
  rung: number;
  channel: Channel;
  state: MessageState;
}

async function stopOn(
  manager: EntityManager,
  notificationId: string,
  planned: readonly Rung[],
  channel: Channel,
): Promise<void> {
  // A statement of its own, after the lock: it sees what was committed while that waited. Locked,
  // so that no worker claims one between this look and its end.
  const messages = await manager.query<OpenMessage[]>(
    `SELECT id, rung, channel, state FROM message WHERE notification_id = $1
     ORDER BY id FOR UPDATE`,
    [notificationId],
  );
  const rung = Math.max(0, ...messages.map((message) => message.rung));
  const ladder = planned.filter((step, place) => place <= rung || step.channel !== channel);
  if (ladder.length < planned.length) {
    await manager.query('UPDATE notification SET ladder = $2 WHERE id = $1', [
      notificationId,
      JSON.stringify(ladder),
    ]);
  }
  const stopped = messages.filter(
    (message) => message.channel === channel && isOpen(message.state),
  );
  if (stopped.length === 0) return;
  await manager.query(stopMessages, [stopped.map(({ id }) => id), because]);
  const siblings = messages
    .filter((message) => message.rung === rung)
    .map(({ channel: own, state }) => (own === channel && state === 'queued' ? 'canceled' : state));
  const step = climbLadder(rung, ladder.length, siblings);
  const next = step.kind === 'start_rung' ? ladder[step.rung] : undefined;
  if (step.kind === 'start_rung' && next) {
    await tell(manager, notificationId, 'next_rung', { from: channel, to: next.channel, because });
    await manager.query(insertRung, [
      next.addresses.map(() => uuidv7()),
      stopped[0]?.id,
      step.rung,
      next.channel,
      next.addresses.map((address) => JSON.stringify(address)),
      next.templateVersionId,
    ]);
  }
  if (step.kind === 'give_up') {
    await manager.query(
      `UPDATE notification SET state = 'canceled', state_reason = $2, ended_at = clock_timestamp()
       WHERE id = $1`,
      [notificationId, because],
    );
    await tell(manager, notificationId, 'ended', { state: 'canceled', reason: because });
  }
}

function isOpen(state: MessageState): boolean {
  return state === 'queued' || state === 'sending';
}

function tell(
  manager: EntityManager,
  notificationId: string,
  kind: string,
  data: Record<string, unknown>,
): Promise<unknown> {
  return manager.query('INSERT INTO timeline (notification_id, kind, data) VALUES ($1, $2, $3)', [
    notificationId,
    kind,
    JSON.stringify(data),
  ]);
}

const openNotifications = `
  SELECT id, ladder FROM notification
  WHERE recipient_id = $1 AND recipient_kind = 'customer' AND state = 'in_progress'
  ORDER BY id FOR UPDATE
`;

/** What is being sent now may end as it will; past its use, it does not go back to the queue. */
const stopMessages = `
  UPDATE message SET
    state = CASE state WHEN 'queued' THEN 'canceled' ELSE state END,
    state_reason = CASE state WHEN 'queued' THEN $2 ELSE state_reason END,
    valid_until = CASE state WHEN 'queued' THEN valid_until ELSE clock_timestamp() END
  WHERE id = ANY($1::uuid[]) AND state IN ('queued', 'sending')
`;

/** What was planned for later stays so; a retry's waiting time was the other channel's. */
const insertRung = `
  INSERT INTO message (id, notification_id, rung, channel, address, template_version_id, priority,
    valid_until, due_at)
  SELECT fresh.id, stopped.notification_id, $3, $4, fresh.address, $6, stopped.priority,
    stopped.valid_until, CASE stopped.attempts WHEN 0 THEN stopped.due_at ELSE clock_timestamp() END
  FROM message stopped, unnest($1::uuid[], $5::jsonb[]) AS fresh(id, address)
  WHERE stopped.id = $2
`;
