import type { DispatchRequest, EventDetail } from '#contracts/client/types.gen.js';

/** What is asked on the screen, as its fields hold it; an empty text is nothing. */
export interface Simulation {
  /** Slugs. */
  serviceType: string;
  subtype: string;
  phase: string;
  target: DispatchRequest['target'];
  eventType: string;
  customerId: string;
  vehicleId: string;
  /** UUID. */
  taller: string;
  /** By the variable's name, such as `Vehículo`. */
  values: Readonly<Record<string, string>>;
  critical: boolean;
  /** Of the browser's own clock, such as `2026-11-22T14:30`. */
  scheduledFor: string;
  businessKey: string;
}

/** The dispatch that a simulation describes. What was left empty is left to the service. */
export function requestOf(simulation: Simulation): DispatchRequest {
  const { scheduledFor, values } = simulation;
  return {
    event_type: simulation.eventType,
    service_type_id: simulation.serviceType,
    subtype_id: simulation.subtype || null,
    phase_id: simulation.phase,
    customer_id: simulation.customerId,
    vehicle_id: simulation.vehicleId || null,
    taller_id: simulation.taller || null,
    target: simulation.target,
    context: Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== '')),
    critical: simulation.critical,
    scheduled_for: scheduledFor ? new Date(scheduledFor).toISOString() : null,
    business_key: simulation.businessKey || null,
  };
}

/**
 * A simulation that would make an event once more. Not its time, which has passed, and not its
 * business key, under which it would take the place of what waits.
 *
 * @param variables the names that templates know
 */
export function simulationOf(event: EventDetail, variables: readonly string[]): Simulation {
  return {
    serviceType: event.service_type.slug ?? '',
    subtype: event.subtype?.slug ?? '',
    phase: event.phase.slug ?? '',
    target: event.target,
    eventType: event.event_type,
    customerId: event.customer_id,
    vehicleId: event.vehicle_id ?? '',
    taller: event.taller_id ?? '',
    values: valuesOf(event.context, variables),
    critical: event.critical,
    scheduledFor: '',
    businessKey: '',
  };
}

/** The context by the names of variables, which callers write with other case and no accents. */
function valuesOf(context: Record<string, unknown>, variables: readonly string[]) {
  const known = new Map(variables.map((name) => [plain(name), name]));
  return Object.fromEntries(
    Object.entries(context).flatMap(([key, value]) => {
      const name = known.get(plain(key));
      return name && (typeof value === 'string' || typeof value === 'number')
        ? [[name, String(value)]]
        : [];
    }),
  );
}

function plain(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
