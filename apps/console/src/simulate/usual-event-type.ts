/** What usually happens in each of the seeded phases. */
const usual: Readonly<Record<string, string>> = {
  'phase-schedule': 'appointment_scheduled',
  'phase-reception': 'vehicle_received',
  'phase-repair': 'repair_started',
  'phase-quality': 'quality_control_passed',
  'phase-delivery': 'vehicle_ready',
};

/** The event type that a phase is mostly told of with; undefined for a phase of somebody's own. */
export function usualEventType(phase: string): string | undefined {
  return Object.hasOwn(usual, phase) ? usual[phase] : undefined;
}
