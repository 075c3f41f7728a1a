/** One customer's visit to the workshop: what a workshop system says, phase by phase. */
export interface VisitStep {
  phase: string;
  eventType: string;
  context: Record<string, string>;
}

export const visitor = { customerId: 'customer-001', serviceType: 'mantenimiento-preventivo' };

const order = { orden: 'OT-2026-118', tecnico: 'Juan Pérez' };

export const visit: readonly VisitStep[] = [
  {
    phase: 'phase-schedule',
    eventType: 'appointment_scheduled',
    context: { fecha: '20 de Enero, 2026', hora: '14:30' },
  },
  { phase: 'phase-reception', eventType: 'vehicle_received', context: { ...order } },
  { phase: 'phase-repair', eventType: 'repair_started', context: { ...order } },
  { phase: 'phase-quality', eventType: 'quality_control_passed', context: { ...order } },
  { phase: 'phase-delivery', eventType: 'vehicle_ready', context: { ...order } },
];

/**
 * The dispatch of one step. Every variable is given, as a careful workshop system does, so that a
 * template may use any of them.
 */
export function dispatchOf(step: VisitStep): Record<string, unknown> {
  return {
    event_type: step.eventType,
    service_type_id: visitor.serviceType,
    subtype_id: null,
    phase_id: step.phase,
    customer_id: visitor.customerId,
    vehicle_id: null,
    target: 'clients',
    context: { ...visitorsContext, ...step.context },
  };
}

/** All that templates may ask about the visitor. */
export const visitorsContext: Readonly<Record<string, string>> = {
  nombre: 'Carlos Mendoza',
  placa: 'ABC123',
  vehiculo: 'Haval H6 2024',
  fecha: '20 de Enero, 2026',
  hora: '14:30',
  ...order,
};
