/**
 * The event types that callers send today. Others are welcome: a type is a label for analytics
 * and for templates written for it, so an unknown one is kept and treated like any event.
 * `validHours`: how long after the event a message about it is still of use (default for
 * `valid_until`; delivery.md "Expire"). `canWait`: it is no news of the vehicle now, and quiet hours
 * hold it. `hasOwnWords`: what its phase says of other events does not fit it, so a template that is
 * written for it goes before every general one.
 */
export const eventTypes: Readonly<
  Record<string, { validHours: number; canWait?: true; hasOwnWords?: true }>
> = {
  appointment_scheduled: { validHours: 72 },
  vehicle_received: { validHours: 24 },
  repair_started: { validHours: 24 },
  repair_completed: { validHours: 24 },
  quality_control_passed: { validHours: 24 },
  vehicle_ready: { validHours: 48 },
  vehicle_delivered: { validHours: 72 },
  maintenance_reminder: { validHours: 24, canWait: true, hasOwnWords: true },
  satisfaction_survey: { validHours: 168, canWait: true },
  service_offer: { validHours: 168, canWait: true },
};

const otherValidHours = 72;

/** Hours for which a message about an event of this type is worth sending. */
export function validHoursOf(eventType: string): number {
  return Object.hasOwn(eventTypes, eventType)
    ? (eventTypes[eventType]?.validHours ?? otherValidHours)
    : otherValidHours;
}

/** Whether a message about it may wait for the morning. What is not known may not. */
export function canWait(eventType: string): boolean {
  return Object.hasOwn(eventTypes, eventType) && eventTypes[eventType]?.canWait === true;
}

/** Whether general templates of its phase are a last resort for it. */
export function hasOwnWords(eventType: string): boolean {
  return Object.hasOwn(eventTypes, eventType) && eventTypes[eventType]?.hasOwnWords === true;
}
