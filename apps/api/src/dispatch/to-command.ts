import type { DispatchRequest } from '#contracts/http/dispatch.dto.js';
import type { DispatchCommand } from '#domain/dispatch/dispatch-command.js';

/** The words of HTTP in the words of the domain. */
export function toCommand(request: DispatchRequest, requestId: string): DispatchCommand {
  return {
    eventType: request.event_type,
    serviceType: request.service_type_id,
    subtype: request.subtype_id ?? null,
    phase: request.phase_id,
    target: request.target,
    customerId: request.customer_id,
    vehicleId: request.vehicle_id ?? null,
    tallerId: request.taller_id ?? null,
    context: request.context ?? {},
    businessKey: request.business_key ?? null,
    validUntil: toDate(request.valid_until),
    scheduledFor: toDate(request.scheduled_for),
    priority: request.priority ?? 'normal',
    critical: request.critical ?? false,
    requestId,
  };
}

function toDate(text: string | null | undefined): Date | null {
  return text === null || text === undefined ? null : new Date(text);
}
