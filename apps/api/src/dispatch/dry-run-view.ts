import type { DryRunView, RehearsedNotification } from '#contracts/http/dry-run.dto.js';
import type { DispatchPlan, PlannedNotification, Refusal } from '#domain/dispatch/plan.js';
import { decisionView } from './decision-view.js';

/** What a dispatch would do, or why it would be refused. */
export function dryRunView(outcome: DispatchPlan | Refusal): DryRunView {
  return outcome.kind === 'plan' ? planView(outcome) : refusalView(outcome);
}

function planView(plan: DispatchPlan): DryRunView {
  const own = plan.configScope === 'taller';
  return {
    would_be_accepted: true,
    code: null,
    detail: null,
    missing: {},
    config: {
      id: plan.configId,
      scope: plan.configScope,
      text_es: own ? 'Orquestación propia del taller.' : 'Orquestación general.',
      text_en: own ? "The workshop's own orchestration." : 'The global orchestration.',
    },
    due_at: plan.dueAt.toISOString(),
    valid_until: plan.validUntil.toISOString(),
    notifications: plan.notifications.map(notificationView),
  };
}

function notificationView({
  recipient,
  decision,
  ladder,
  start,
  contents,
}: PlannedNotification): RehearsedNotification {
  return {
    recipient_kind: recipient.kind,
    recipient_id: recipient.id,
    recipient_name: recipient.name,
    channels: ladder.map(({ channel }) => channel),
    decision: decision.map(decisionView),
    held_until: start.heldUntil?.toISOString() ?? null,
    messages: contents,
  };
}

function refusalView(refusal: Refusal): DryRunView {
  return {
    would_be_accepted: false,
    code: refusal.code,
    detail: refusal.detail,
    missing: refusal.fields,
    config: null,
    due_at: null,
    valid_until: null,
    notifications: (refusal.decisions ?? []).map(({ recipientId, decision }) => ({
      recipient_kind: null,
      recipient_id: recipientId,
      recipient_name: null,
      channels: decision
        .filter(({ verdict }) => verdict === 'planned')
        .map(({ channel }) => channel),
      decision: decision.map(decisionView),
      held_until: null,
      messages: [],
    })),
  };
}
