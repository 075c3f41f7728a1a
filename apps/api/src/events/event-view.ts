import type {
  EventBase,
  EventDetail,
  EventSummary,
  MessageView,
  NotificationDetail,
  NotificationSummary,
} from '#contracts/http/events.dto.js';
import type { Address } from '#domain/customers/recipient.js';
import type { Setup } from '#domain/orchestration/setup.js';
import { maskEmail, maskPhone } from '#infrastructure/logging/mask.js';
import type {
  EventRow,
  EventRows,
  MessageRow,
  NotificationRow,
} from '#infrastructure/persistence/events.repository.js';
import { decisionView } from '../dispatch/decision-view.js';
import { phaseReference, serviceTypeReference, subtypeReference } from './catalog-references.js';
import { timelineOf } from './timeline.js';

export function summaryOf(
  event: EventRow,
  setup: Setup,
  notifications: readonly NotificationRow[],
): EventSummary {
  return { ...baseOf(event, setup), notifications: notifications.map(notificationSummary) };
}

export function detailOf({ event, ...rows }: EventRows, setup: Setup): EventDetail {
  const messages = new Map(rows.messages.map((message) => [message.id, message]));
  const notifications = rows.notifications.map((notification): NotificationDetail => {
    const isOwn = (row: { notification_id: string }) => row.notification_id === notification.id;
    const own = rows.timeline.filter(isOwn);
    return {
      ...notificationSummary(notification),
      decision: notification.decision.map(decisionView),
      messages: rows.messages.filter(isOwn).map(messageView),
      timeline: timelineOf(event, notification, messages, own),
    };
  });
  return { ...baseOf(event, setup), notifications };
}

function baseOf(event: EventRow, setup: Setup): EventBase {
  return {
    id: event.id,
    event_type: event.event_type,
    service_type: serviceTypeReference(setup, event.service_type_id),
    subtype: event.subtype_id === null ? null : subtypeReference(setup, event.subtype_id),
    phase: phaseReference(setup, event.phase_id),
    target: event.target,
    customer_id: event.customer_id,
    vehicle_id: event.vehicle_id,
    taller_id: event.taller_id,
    context: event.context,
    business_key: event.business_key,
    priority: event.priority,
    critical: event.critical,
    valid_until: timeOf(event.valid_until),
    scheduled_for: timeOf(event.scheduled_for),
    request_id: event.request_id,
    created_at: event.created_at.toISOString(),
  };
}

function notificationSummary(notification: NotificationRow): NotificationSummary {
  return {
    id: notification.id,
    recipient_kind: notification.recipient_kind,
    recipient_id: notification.recipient_id,
    recipient_name: notification.recipient_name,
    state: notification.state,
    state_reason: notification.state_reason,
    channels: notification.ladder.map(({ channel }) => channel),
    created_at: notification.created_at.toISOString(),
    ended_at: timeOf(notification.ended_at),
  };
}

function messageView(message: MessageRow): MessageView {
  return {
    id: message.id,
    channel: message.channel,
    rung: message.rung + 1,
    state: message.state,
    state_reason: message.state_reason,
    attempts: message.attempts,
    due_at: message.due_at.toISOString(),
    provider_message_id: message.provider_message_id,
    sent_at: timeOf(message.sent_at),
    delivered_at: timeOf(message.delivered_at),
    read_at: timeOf(message.read_at),
    address: maskAddress(message.address),
  };
}

export function maskAddress(address: Address): string {
  switch (address.channel) {
    case 'email':
      return maskEmail(address.email);
    case 'whatsapp':
      return maskPhone(address.phone);
    case 'push':
      // The path of an endpoint is the key to the browser.
      return URL.canParse(address.endpoint) ? new URL(address.endpoint).host : '***';
  }
}

function timeOf(at: Date | null): string | null {
  return at === null ? null : at.toISOString();
}
