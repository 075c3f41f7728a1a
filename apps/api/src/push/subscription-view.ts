import type { PushDeviceView, PushSubscriptionView } from '#contracts/http/push.dto.js';
import type { PushSubscriptionRow } from '#infrastructure/persistence/push-subscriptions.repository.js';

export function deviceView({ id, endpoint, created_at }: PushSubscriptionRow): PushDeviceView {
  return { id, service: new URL(endpoint).host, subscribed_at: created_at.toISOString() };
}

export function subscriptionView(row: PushSubscriptionRow): PushSubscriptionView {
  const { customer_id, staff_member_id } = row;
  return { ...deviceView(row), customer_id, staff_member_id };
}
