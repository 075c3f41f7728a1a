import type { DataSource, EntityManager } from 'typeorm';
import type { RecipientKind } from '#domain/customers/recipient.js';
import { decideReplay, type EventSince, planReplay } from '#domain/dead-letters/decide-replay.js';
import type { DispatchCommand } from '#domain/dispatch/dispatch-command.js';
import type { DispatchPlan, Refusal } from '#domain/dispatch/plan.js';
import type { HouseFacts } from '#domain/dispatch/plan-dispatch.js';
import type { DispatchStore } from '#domain/ports/dispatch-store.js';
import { acceptDispatch } from '../accept-dispatch.js';
import type { EventRow } from '../events.repository.js';
import { lockBusinessKeys, tellHeld } from '../insert-dispatches.js';
import type { ReplayOutcome } from './settle-dead-letter.js';

/** A failed notification's event, planned anew. */
export interface PlannedReplay {
  eventId: string;
  command: DispatchCommand;
  plan: DispatchPlan | Refusal;
}

/**
 * Reads a failed notification's event and plans it for the same person by what holds now. Outside
 * of any transaction: the facts come over a connection of their own. Null when it is not there.
 */
export async function planAgain(
  dataSource: DataSource,
  store: DispatchStore,
  house: HouseFacts,
  notificationId: string,
): Promise<PlannedReplay | null> {
  const [row] = await dataSource.query<
    (EventRow & { recipient_kind: RecipientKind; recipient_id: string })[]
  >(
    `SELECT e.*, n.recipient_kind, n.recipient_id
     FROM notification n JOIN event e ON e.id = n.event_id WHERE n.id = $1`,
    [notificationId],
  );
  if (!row) return null;
  const command = commandOf(row);
  const { facts } = await store.read(command, null);
  const recipient = { kind: row.recipient_kind, id: row.recipient_id };
  return { eventId: row.id, command, plan: planReplay(command, facts, house, recipient) };
}

function commandOf(event: EventRow): DispatchCommand {
  return {
    eventType: event.event_type,
    serviceType: event.service_type_id,
    subtype: event.subtype_id,
    phase: event.phase_id,
    target: event.target,
    customerId: event.customer_id,
    vehicleId: event.vehicle_id,
    tallerId: event.taller_id,
    context: event.context,
    businessKey: event.business_key,
    validUntil: event.valid_until,
    scheduledFor: null,
    priority: event.priority,
    critical: event.critical,
    requestId: event.request_id,
  };
}

/**
 * Makes a new notification of the same event, which points to the failed one, or tells the failed
 * one why not. Whoever cancels or supersedes the event either was before, and is seen here, or
 * comes after, and stops the new one.
 */
export async function replayNotification(
  manager: EntityManager,
  notificationId: string,
  { eventId, command, plan }: PlannedReplay,
): Promise<ReplayOutcome> {
  if (command.businessKey !== null) await manager.query(lockBusinessKeys, [[command.businessKey]]);
  const [since] = await manager.query<EventSince[]>(readSince, [eventId, command.customerId]);
  if (!since) return { kind: 'refused', reason: 'nothing_left' };
  const decision = decideReplay(since, plan);
  if (decision.kind === 'refused') {
    await tell(manager, notificationId, 'replay_refused', { reason: decision.reason });
    return decision;
  }
  const { notifications, messages } = acceptDispatch(command, decision.plan, null);
  const [made] = notifications;
  const as = made && String(made.id);
  if (!as) throw new Error('a replay was planned for nobody');
  await manager.query(insert, [
    JSON.stringify(notifications),
    JSON.stringify(messages),
    eventId,
    notificationId,
  ]);
  await tell(manager, notificationId, 'replayed', { as });
  await tell(manager, as, 'replay_of', { of: notificationId });
  const due = messages.filter(({ wakeNow }) => wakeNow);
  await tellHeld(manager, messages);
  return {
    kind: 'replayed',
    as,
    wake: { tasks: [], messages: due.map(({ id, channel }) => ({ id, channel })) },
  };
}

/** An event that an erasure scrubbed meanwhile is not found: it names nobody any more. */
const readSince = `
  SELECT e.canceled_at IS NOT NULL
      OR EXISTS (SELECT FROM notification n WHERE n.event_id = e.id AND n.state = 'canceled')
      AS canceled,
    EXISTS (SELECT FROM event newer WHERE newer.business_key = e.business_key
      AND newer.target = e.target AND newer.id <> e.id AND newer.created_at > e.created_at)
      AS superseded
  FROM event e WHERE e.id = $1 AND e.customer_id = $2 FOR SHARE OF e
`;

const insert = `
  WITH notified AS (
    INSERT INTO notification (id, event_id, recipient_kind, recipient_id, recipient_name,
      variables, ladder, decision, state, state_reason, ended_at, replay_of)
    SELECT n.id, $3, n.recipient_kind, n.recipient_id, n.recipient_name, n.variables, n.ladder,
      n.decision, n.state, n.state_reason,
      CASE WHEN n.state <> 'in_progress' THEN clock_timestamp() END, $4
    FROM json_to_recordset($1::json) AS n(
      id uuid, recipient_kind text, recipient_id text, recipient_name text,
      variables jsonb, ladder jsonb, decision jsonb, state text, state_reason text)
  )
  INSERT INTO message (id, notification_id, event_type, taller_id, rung, channel, address,
    template_version_id, priority, due_at, enqueued_at, valid_until, advance_at, advance_until,
    quiet_from)
  SELECT m.id, m.notification_id, e.event_type, e.taller_id, 0, m.channel, m.address,
    m.template_version_id, m.priority, coalesce(m.due_at, clock_timestamp()),
    CASE WHEN m."wakeNow" THEN clock_timestamp() END, m.valid_until,
    coalesce(m.due_at, clock_timestamp()) + m.advance_after_ms * interval '1 ms',
    m.advance_until, m.quiet_from
  FROM event e, json_to_recordset($2::json) AS m(
    id uuid, notification_id uuid, channel text, address jsonb, template_version_id uuid,
    priority text, due_at timestamptz, "wakeNow" boolean, valid_until timestamptz,
    advance_after_ms float8, advance_until text, quiet_from timestamptz)
  WHERE e.id = $3
`;

function tell(
  manager: EntityManager,
  notificationId: string,
  kind: 'replayed' | 'replay_of' | 'replay_refused',
  data: Record<string, string>,
): Promise<unknown> {
  return manager.query('INSERT INTO timeline (notification_id, kind, data) VALUES ($1, $2, $3)', [
    notificationId,
    kind,
    JSON.stringify(data),
  ]);
}
