import type {
  AnalyticsSummary,
  ChannelHealthView,
  DayChannelView,
  DeliveryFiguresView,
  RecentMessageView,
} from '#contracts/http/analytics.dto.js';
import {
  deliveryFigures,
  messageStates,
  type StateCount,
} from '#domain/analytics/delivery-figures.js';
import { medianSeconds } from '#domain/analytics/delivery-times.js';
import { type Channel, channels } from '#domain/catalog/channels.js';
import type { ProviderCheck } from '#infrastructure/channels/provider-checks.js';
import type { Summary } from '#infrastructure/persistence/analytics.repository.js';
import type { LogEntry } from '#infrastructure/persistence/message-log.repository.js';
import { maskAddress } from '../events/event-view.js';
import { daysOf } from './read-period.js';

const mostEventTypes = 100;

export function summaryView(summary: Summary, tallerId: string | null): AnalyticsSummary {
  const { all, byChannel, byEventType, byDay, byDayAndChannel, times, period, timeZone } = summary;
  const eventTypes = [...byEventType].map(([event_type, ofType]) => ({
    event_type,
    ...figuresView(ofType),
  }));
  return {
    ...period,
    time_zone: timeZone,
    taller_id: tallerId,
    ...figuresView(all),
    median_delivery_seconds: medianSeconds([...times.values()].flat()),
    by_channel: channels.map((channel) => ({
      channel,
      ...figuresView(byChannel.get(channel)),
      median_delivery_seconds: medianSeconds(times.get(channel) ?? []),
    })),
    by_status: messageStates.map((status) => ({ status, count: all.get(status)?.messages ?? 0 })),
    by_event_type: eventTypes
      .sort((a, b) => b.total - a.total || a.event_type.localeCompare(b.event_type))
      .slice(0, mostEventTypes),
    by_day: daysOf(period).map((date) => ({
      date,
      ...figuresView(byDay.get(date)),
      by_channel: channels.map((channel) =>
        dayChannelView(channel, byDayAndChannel.get(date)?.get(channel)),
      ),
    })),
  };
}

function dayChannelView(
  channel: Channel,
  counts: Map<unknown, StateCount> = new Map(),
): DayChannelView {
  const { total, sent, failed } = deliveryFigures(counts.values());
  return { channel, total, sent, failed };
}

export function recentView({ state, state_reason, ...entry }: LogEntry): RecentMessageView {
  return {
    ...entry,
    status: state,
    status_reason: state_reason,
    address: maskAddress(entry.address),
    created_at: entry.created_at.toISOString(),
    sent_at: entry.sent_at?.toISOString() ?? null,
  };
}

export function channelHealthView(
  channel: Channel,
  counts: readonly StateCount[],
  { answers, detail, checkedAt }: ProviderCheck,
): ChannelHealthView {
  const { total, sent, failed, expired, deliveryRatePercent } = deliveryFigures(counts);
  const succeeded = deliveryRatePercent;
  return {
    channel,
    messages: total,
    sent,
    failed: failed + expired,
    success_rate_percent: succeeded,
    failure_rate_percent: succeeded === null ? null : Math.round(10_000 - succeeded * 100) / 100,
    provider: { answers, detail, checked_at: checkedAt.toISOString() },
  };
}

function figuresView(counts: Map<unknown, StateCount> = new Map()): DeliveryFiguresView {
  const { deliveryRatePercent, averageDeliverySeconds, ...figures } = deliveryFigures(
    counts.values(),
  );
  return {
    ...figures,
    delivery_rate_percent: deliveryRatePercent,
    average_delivery_seconds: averageDeliverySeconds,
  };
}
