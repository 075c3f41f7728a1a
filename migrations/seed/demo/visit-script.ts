import type { Target } from '#domain/catalog/channels.js';
import type { PhaseSlug } from '../templates/template-text.js';

/** One thing that the workshop's system reports during a visit. */
export interface VisitStep {
  eventType: string;
  phase: PhaseSlug;
  /** Who hears of it. */
  targets: Target[];
  /** Hours since the step before, at least and at most. */
  afterHours: [least: number, most: number];
}

/** A visit from the vehicle's arrival to its handing over; the appointment is made days before. */
export const visitScript: readonly VisitStep[] = [
  step('vehicle_received', 'phase-reception', ['clients', 'staff'], [0, 0.5]),
  step('repair_started', 'phase-repair', ['clients'], [0.5, 1.5]),
  step('repair_completed', 'phase-repair', ['clients'], [1.5, 4]),
  step('quality_control_passed', 'phase-quality', ['clients'], [0.3, 1]),
  step('vehicle_ready', 'phase-delivery', ['clients', 'staff'], [0.2, 0.6]),
  step('vehicle_delivered', 'phase-delivery', ['clients'], [0.5, 2]),
];

/** How often each service is asked for, and how many days the work takes beside its hours. */
export const servicesAskedFor: readonly {
  serviceType: string;
  subtypes: string[];
  weight: number;
  workDays: number;
}[] = [
  { serviceType: 'mantenimiento-preventivo', subtypes: [], weight: 45, workDays: 0 },
  {
    serviceType: 'averia-revision',
    subtypes: ['averia-frenos', 'averia-diagnostico', 'averia-alineacion'],
    weight: 25,
    workDays: 0,
  },
  {
    serviceType: 'colision-pintura',
    subtypes: ['colision-siniestro', 'colision-golpe', 'colision-pintura'],
    weight: 12,
    workDays: 3,
  },
  { serviceType: 'avaluo-comercial', subtypes: [], weight: 10, workDays: 0 },
  { serviceType: 'avaluo-mg', subtypes: [], weight: 8, workDays: 0 },
];

function step(
  eventType: string,
  phase: PhaseSlug,
  targets: Target[],
  afterHours: VisitStep['afterHours'],
): VisitStep {
  return { eventType, phase, targets, afterHours };
}
