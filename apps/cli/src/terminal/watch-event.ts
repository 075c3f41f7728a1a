import { setTimeout as pause } from 'node:timers/promises';
import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import type { DryRunView } from '#contracts/http/dry-run.dto.js';
import type { EventDetail, TimelineEntry } from '#contracts/http/events.dto.js';
import type { ApiClient } from './api-client.js';

const events = '/api/v1/notifications/events/';

/** Sends an event and tells what the service answered. Throws `CliError` on a refusal. */
export function dispatch(api: ApiClient, body: object): Promise<DispatchReceipt> {
  return api.post(`${events}dispatch/`, body);
}

/** Asks what would become of an event, and sends nothing. */
export function rehearse(api: ApiClient, body: object): Promise<DryRunView> {
  return api.post(`${events}dispatch/`, { ...body, dry_run: true });
}

/**
 * Follows an event until each of its notifications has ended or the time is up, and returns how
 * it stands then. `onEntry` is told each entry of the timelines once, in order. With
 * `receiptWithinMs`, a WhatsApp message that was sent is watched so much longer for its receipt.
 */
export async function watchEvent(
  api: ApiClient,
  eventId: string,
  options: {
    timeoutMs: number;
    receiptWithinMs?: number;
    onEntry?: (entry: TimelineEntry) => void;
  },
): Promise<EventDetail> {
  const seen = new Map<string, number>();
  const { receiptWithinMs = 0 } = options;
  let endedMs = Infinity;
  for (const begun = performance.now(); ; await pause(100)) {
    const event = await api.get<EventDetail>(`${events}${eventId}/`);
    for (const { id, timeline } of event.notifications) {
      for (const entry of timeline.slice(seen.get(id) ?? 0)) options.onEntry?.(entry);
      seen.set(id, timeline.length);
    }
    const now = performance.now();
    if (hasEnded(event)) endedMs = Math.min(endedMs, now);
    const awaited = awaitsReceipt(event) && now < endedMs + receiptWithinMs;
    if ((hasEnded(event) && !awaited) || now - begun > options.timeoutMs) return event;
  }
}

/** Push services tell nothing, and mail servers only what went wrong. */
function awaitsReceipt(event: EventDetail): boolean {
  return event.notifications.some(({ messages }) =>
    messages.some(({ channel, state }) => channel === 'whatsapp' && state === 'sent'),
  );
}

/** Whether nothing more will be tried for any recipient. */
export function hasEnded(event: EventDetail): boolean {
  return event.notifications.every(({ state }) => state !== 'in_progress');
}
