import type { Target } from '#domain/catalog/channels.js';
import type { DispatchCommand } from '#domain/dispatch/dispatch-command.js';
import {
  type DemoCustomer,
  type DemoVehicle,
  demoCustomers,
} from '#migrations/seed/demo/demo-customers.js';
import { servicesAskedFor, visitScript } from '#migrations/seed/demo/visit-script.js';
import { SeededRandom } from './seeded-random.js';

/** An event of the past month, before anything was sent for it. */
export interface InventedEvent {
  at: Date;
  command: DispatchCommand;
  customer: DemoCustomer;
  vehicle: DemoVehicle;
  /** Stopped before its first message left. */
  stopped: 'canceled' | 'superseded' | null;
  /** What becomes of its notifications. */
  chance: SeededRandom;
}

/** Marks the demo's events; no caller's request id looks like it. */
const demoRequestId = 'demo-history';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Ecuador has not changed its clocks since 1993. */
const offsetMs = -5 * hourMs;
const days = 30;
/** Of the work orders, and the seed of all chance. */
const firstNumber = 410;

/**
 * The workshops' last thirty days, in the order of time: one or two visits a day, none on Sundays. Each
 * visit has a chance of its own, so that the month is much the same on whatever day it ends.
 */
export function inventVisits(now: Date): InventedEvent[] {
  const events: InventedEvent[] = [];
  const today = Math.floor((now.getTime() + offsetMs) / dayMs) * dayMs;
  let number = firstNumber;
  for (let ago = days - 1; ago >= 0; ago--) {
    const midnight = today - ago * dayMs;
    const weekday = new Date(midnight).getUTCDay();
    const visits = weekday === 0 ? 0 : 1 + (weekday % 2);
    for (let visit = 0; visit < visits; visit++) {
      events.push(...inventVisit(new Date(midnight - offsetMs), number++));
    }
  }
  const earliest = now.getTime() - days * dayMs;
  return events
    .filter(({ at }) => at.getTime() > earliest && at.getTime() < now.getTime() - hourMs)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

function inventVisit(midnight: Date, number: number): InventedEvent[] {
  const random = new SeededRandom(number);
  const customer = random.weighted(demoCustomers, ({ id }) => (id === 'customer-001' ? 3 : 1));
  const vehicle = random.pick(customer.vehicles);
  const service = random.weighted(servicesAskedFor, ({ weight }) => weight);
  const visit = {
    customer,
    vehicle,
    serviceType: service.serviceType,
    subtype: service.subtypes.length > 0 ? random.pick(service.subtypes) : null,
    order: `OT-${midnight.getUTCFullYear()}-${number}`,
    arrivesAt: new Date(midnight.getTime() + random.between(8, 11) * hourMs),
  };
  const events = bookings(visit, random);
  if (events.some(({ stopped }) => stopped === 'canceled')) return events;
  let at = visit.arrivesAt.getTime();
  for (const { eventType, phase, targets, afterHours } of visitScript) {
    at += random.between(...afterHours) * hourMs;
    if (eventType === 'repair_completed') at += service.workDays * dayMs;
    const steps = targets.map((target) => ({ eventType, phase, target }));
    events.push(...steps.map((step) => report(visit, new Date(at), step)));
  }
  return events;
}

interface Visit {
  customer: DemoCustomer;
  vehicle: DemoVehicle;
  serviceType: string;
  subtype: string | null;
  order: string;
  arrivesAt: Date;
}

/** The appointment, a day or two before; now and then moved or called off before it was told. */
function bookings(visit: Visit, random: SeededRandom): InventedEvent[] {
  const bookedAt = new Date(visit.arrivesAt.getTime() - random.between(1, 2.2) * dayMs);
  const booking = (target: Target, at: Date) =>
    report(visit, at, { eventType: 'appointment_scheduled', phase: 'phase-schedule', target });
  const later = new Date(bookedAt.getTime() + 0.5 * hourMs);
  const fate = random.next();
  if (fate < 0.08) return [held(booking('clients', bookedAt), 'canceled')];
  const told = [booking('clients', later), booking('staff', later)];
  return fate < 0.16 ? [held(booking('clients', bookedAt), 'superseded'), ...told] : told;
}

/** An event that was to leave two hours later, and did not. */
function held(event: InventedEvent, stopped: 'canceled' | 'superseded'): InventedEvent {
  const scheduledFor = new Date(event.at.getTime() + 2 * hourMs);
  return { ...event, stopped, command: { ...event.command, scheduledFor } };
}

function report(
  { customer, vehicle, serviceType, subtype, order, arrivesAt }: Visit,
  at: Date,
  what: { eventType: string; phase: string; target: Target },
): InventedEvent {
  const booked = what.eventType === 'appointment_scheduled';
  const command: DispatchCommand = {
    ...what,
    serviceType,
    subtype,
    customerId: customer.id,
    vehicleId: vehicle.id,
    tallerId: customer.tallerId,
    context: booked ? dateAndHour(arrivesAt) : { orden: order, tecnico: 'Juan Pérez' },
    businessKey: booked ? `cita-${order}` : null,
    validUntil: null,
    scheduledFor: null,
    priority: 'normal',
    critical: false,
    requestId: demoRequestId,
  };
  const seed = [...`${order} ${what.eventType} ${what.target}`].reduce(
    (hash, character) => Math.imul(hash, 31) + (character.codePointAt(0) ?? 0),
    7,
  );
  return { at, command, customer, vehicle, stopped: null, chance: new SeededRandom(seed) };
}

const months =
  'Enero Febrero Marzo Abril Mayo Junio Julio Agosto Septiembre Octubre Noviembre Diciembre'.split(
    ' ',
  );

/** As the workshop's system writes them: `20 de Enero, 2026` and `14:30`. */
function dateAndHour(at: Date): { fecha: string; hora: string } {
  const local = new Date(at.getTime() + offsetMs);
  const quarter = local.getUTCMinutes() - (local.getUTCMinutes() % 15);
  const [hours, minutes] = [local.getUTCHours(), quarter].map((n) => String(n).padStart(2, '0'));
  const month = months[local.getUTCMonth()];
  return {
    fecha: `${local.getUTCDate()} de ${month}, ${local.getUTCFullYear()}`,
    hora: `${hours}:${minutes}`,
  };
}
