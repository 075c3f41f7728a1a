import type { DispatchRequest, EventDetail } from '#contracts/client/types.gen.js';

const path = '/api/v1/notifications/events/dispatch/';

/**
 * A command for a shell that sends what made this event. It holds no key: who runs it has one in
 * `AMBACAR_API_KEY`, or calls a service that asks for none.
 *
 * @param origin where the API is: `https://avisos.example.com`
 * @param now times that have passed are left out, because no dispatch takes them
 */
export function curlOf(event: EventDetail, origin: string, now: Date): string {
  return [
    `curl --silent --show-error ${quoted(`${origin}${path}`)}`,
    `--header ${quoted('Content-Type: application/json')}`,
    '--header "X-API-KEY: $AMBACAR_API_KEY"',
    `--data-raw ${quoted(JSON.stringify(dispatchOf(event, now), null, 2))}`,
  ].join(' \\\n  ');
}

/** The dispatch that would make this event again. */
export function dispatchOf(event: EventDetail, now: Date): DispatchRequest {
  const stillToCome = (moment: string | null) =>
    moment !== null && Date.parse(moment) > now.getTime() ? moment : null;
  const scheduledFor = stillToCome(event.scheduled_for);
  const validUntil = stillToCome(event.valid_until);
  return {
    event_type: event.event_type,
    service_type_id: event.service_type.slug ?? event.service_type.id,
    ...(event.subtype && { subtype_id: event.subtype.slug ?? event.subtype.id }),
    phase_id: event.phase.slug ?? event.phase.id,
    customer_id: event.customer_id,
    ...(event.vehicle_id !== null && { vehicle_id: event.vehicle_id }),
    ...(event.taller_id !== null && { taller_id: event.taller_id }),
    target: event.target,
    context: event.context,
    ...(event.business_key !== null && { business_key: event.business_key }),
    ...(event.priority === 'high' && { priority: 'high' as const }),
    ...(event.critical && { critical: true }),
    ...(scheduledFor !== null && { scheduled_for: scheduledFor }),
    ...(scheduledFor !== null && validUntil !== null && { valid_until: validUntil }),
  };
}

/** One word of a POSIX shell, whatever stands in it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
