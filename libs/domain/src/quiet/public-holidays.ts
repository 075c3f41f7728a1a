import { addDays, type CalendarDate } from '../reminders/calendar-date.js';

/**
 * The holidays that a country's law names, on the days on which it names them. A decree that moves
 * one for a long weekend is the workshop's to add, as are a town's own days.
 *
 * @param country ISO 3166-1 alpha-2; of one that is not known here, none
 */
export function publicHolidays(country: string, year: number): CalendarDate[] {
  switch (country) {
    case 'EC':
      return ofEcuador(year);
    case 'MX':
      return ofMexico(year);
    default:
      return [];
  }
}

/** Código del Trabajo, art. 65. */
function ofEcuador(year: number): CalendarDate[] {
  const easter = easterOf(year);
  return [
    ...['01-01', '05-01', '05-24', '08-10', '10-09', '11-02', '11-03', '12-25'].map(
      (day) => `${year}-${day}`,
    ),
    // Carnival's Monday and Tuesday, and Good Friday.
    ...[-48, -47, -2].map((days) => addDays(easter, days)),
  ].sort();
}

/** Ley Federal del Trabajo, art. 74; the change of president (1 October) every six years. */
function ofMexico(year: number): CalendarDate[] {
  return [
    ...['01-01', '05-01', '09-16', '12-25'].map((day) => `${year}-${day}`),
    mondayOf(year, '02', 1),
    mondayOf(year, '03', 3),
    mondayOf(year, '11', 3),
    ...(year % 6 === 2 ? [`${year}-10-01`] : []),
  ].sort();
}

function mondayOf(year: number, month: string, nth: number): CalendarDate {
  const first = `${year}-${month}-01`;
  const weekday = new Date(`${first}T00:00:00Z`).getUTCDay();
  return addDays(first, ((8 - weekday) % 7) + 7 * (nth - 1));
}

/** Easter Sunday by the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8). */
function easterOf(year: number): CalendarDate {
  const a = year % 19;
  const century = Math.floor(year / 100);
  const c = year % 100;
  const skipped = century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25);
  const moon = (19 * a + skipped + 15) % 30;
  const correction = Math.floor((a + 11 * moon) / 319);
  const weekday =
    (2 * (century % 4) + 2 * Math.floor(c / 4) - (c % 4) - moon + correction + 32) % 7;
  const days = moon - correction + weekday;
  return addDays(`${year}-03-22`, days);
}
