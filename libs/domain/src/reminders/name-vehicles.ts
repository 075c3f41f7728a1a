import type { CalendarDate } from './calendar-date.js';

/** A vehicle for which something is due. */
export interface DueVehicle {
  vehicleId: string;
  plate: string;
  /** Make, model and year: `Haval H6 2024`. */
  description: string;
  dueOn: CalendarDate;
}

/** A message names so many vehicles and counts the others, so that a fleet's still fits a screen. */
export const mostNamed = 5;

/**
 * The variables by which one message names all vehicles due, joined as people do: `Haval H6 2024
 * y Kia Rio 2020`. The soonest due is named first; a date that several share is told once.
 */
export function nameVehicles(due: readonly DueVehicle[]): {
  Vehículo: string;
  Placa: string;
  Fecha: string;
} {
  const vehicles = eachOnce(due);
  const dates = new Set(vehicles.map(({ dueOn }) => dueOn));
  return {
    Vehículo: together(vehicles.map(({ description }) => description)),
    Placa: together(vehicles.map(({ plate }) => plate)),
    Fecha: together([...dates].map(inWords)),
  };
}

/** The vehicles in the order of their dates; one with two dates counts with the first. */
function eachOnce(due: readonly DueVehicle[]): DueVehicle[] {
  const sorted = due.toSorted((a, b) => compare(a.dueOn, b.dueOn) || compare(a.plate, b.plate));
  const byId = new Map<string, DueVehicle>();
  for (const vehicle of sorted) {
    if (!byId.has(vehicle.vehicleId)) byId.set(vehicle.vehicleId, vehicle);
  }
  return [...byId.values()];
}

function together(names: readonly string[]): string {
  const told = names.filter((name) => name.trim() !== '');
  const left = told.length - mostNamed;
  // "and 1 more" says less than the one it stands for, and is no shorter.
  const shown = left > 1 ? [...told.slice(0, mostNamed), `${left} más`] : told;
  return list.format(shown);
}

const list = new Intl.ListFormat('es', { type: 'conjunction' });
const words = new Intl.DateTimeFormat('es-EC', { dateStyle: 'long', timeZone: 'UTC' });

function inWords(date: CalendarDate): string {
  return words.format(new Date(`${date}T00:00:00Z`));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
