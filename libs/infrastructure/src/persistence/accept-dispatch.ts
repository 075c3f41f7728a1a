import { uuidv7 } from 'uuidv7';
import type { DispatchCommand, IdempotencyClaim } from '#domain/dispatch/dispatch-command.js';
import type { DispatchPlan } from '#domain/dispatch/plan.js';
import type { Receipt } from '#domain/dispatch/receipt.js';
import { type HeldQuiet, heldQuiet } from '#domain/quiet/hold-rung.js';

/** The rows of one accepted event, by the names of their columns. */
export interface AcceptedDispatch {
  event: Record<string, unknown> & { id: string; business_key: string | null };
  notifications: Record<string, unknown>[];
  messages: (Record<string, unknown> & {
    id: string;
    channel: string;
    wakeNow: boolean;
    held: HeldQuiet | null;
  })[];
  key: { caller: string; operation: string; key: string; body_hash: string } | null;
  receipt: Receipt;
}

/** Makes the rows that say what was accepted. Ids grow with time, which keeps the indexes dense. */
export function acceptDispatch(
  command: DispatchCommand,
  plan: DispatchPlan,
  claim: IdempotencyClaim | null,
): AcceptedDispatch {
  const eventId = uuidv7();
  const { serviceType, subtype, phase, taller } = plan.references;
  const accepted: AcceptedDispatch = {
    event: {
      id: eventId,
      event_type: command.eventType,
      service_type_id: serviceType.id,
      subtype_id: subtype?.id ?? null,
      phase_id: phase.id,
      taller_id: taller?.id ?? null,
      target: command.target,
      customer_id: command.customerId,
      vehicle_id: command.vehicleId,
      context: command.context,
      business_key: command.businessKey,
      priority: command.priority,
      critical: command.critical,
      valid_until: plan.validUntil,
      scheduled_for: command.scheduledFor,
      request_id: command.requestId,
    },
    notifications: [],
    messages: [],
    key: claim && {
      caller: claim.caller,
      operation: claim.operation,
      key: claim.key,
      body_hash: Buffer.from(claim.bodyHash).toString('hex'),
    },
    receipt: { eventId, notifications: [] },
  };
  for (const planned of plan.notifications) addNotification(accepted, command, plan, planned);
  return accepted;
}

function addNotification(
  accepted: AcceptedDispatch,
  command: DispatchCommand,
  plan: DispatchPlan,
  planned: DispatchPlan['notifications'][number],
): void {
  const id = uuidv7();
  const { recipient, ladder, start } = planned;
  const [first] = ladder;
  accepted.notifications.push({
    id,
    event_id: accepted.event.id,
    recipient_kind: recipient.kind,
    recipient_id: recipient.id,
    recipient_name: recipient.name,
    variables: planned.variables,
    ladder,
    decision: planned.decision,
    // Without a rung only the staff inbox is left, and it shows the notification from now on.
    state: first ? 'in_progress' : 'sent',
    state_reason: first ? null : 'staff_inbox_only',
  });
  const isPlanned = command.scheduledFor !== null && command.scheduledFor >= plan.dueAt;
  const { heldUntil } = start;
  const messages = (first?.addresses ?? []).map((address) => ({
    id: uuidv7(),
    notification_id: id,
    channel: address.channel,
    address,
    template_version_id: first?.templateVersionId,
    priority: command.priority,
    due_at: heldUntil ?? command.scheduledFor,
    valid_until: plan.validUntil,
    advance_after_ms: first?.advanceAfterMs,
    advance_until: first?.advanceUntil,
    quiet_from: start.quietFrom ?? undefined,
    wakeNow: !isPlanned && !heldUntil,
    held: heldUntil && first ? heldQuiet(heldUntil, first) : null,
  }));
  accepted.messages.push(...messages);
  accepted.receipt.notifications.push({
    notificationId: id,
    recipientId: recipient.id,
    recipientName: recipient.name,
    channels: ladder.map(({ channel }) => channel),
    taskId: messages[0]?.id ?? null,
  });
}
