import type { Channel } from '../catalog/channels.js';
import { canWait } from '../catalog/event-types.js';
import type { Cell, Taller } from '../orchestration/setup.js';
import type { CalendarDate } from '../reminders/calendar-date.js';
import type { HoldableRung } from './hold-rung.js';
import { publicHolidays } from './public-holidays.js';
import type { QuietHours } from './quiet-hours.js';
import { localTimeAt } from './zoned-time.js';

/** What quiet hours depend on beside the matrix's cell. */
export interface QuietGround {
  eventType: string;
  critical: boolean;
  /** Null: the house's own customers, for whom the defaults of a workshop hold. */
  taller: Taller | null;
  dueAt: Date;
  validUntil: Date;
}

/** The quiet hours of a workshop that has set none. */
export const defaultQuietHours = { from: '20:00', to: '08:00' } as const;
const house = { timeZone: 'America/Guayaquil', country: 'EC', holidays: [] };

/** Channels that ring in somebody's pocket. An e-mail waits by itself. */
const disturbing: readonly Channel[] = ['whatsapp', 'push'];

/**
 * What a rung keeps of the quiet hours, so that whoever starts it later, or tries again, needs
 * nothing else: the hours as they are now, and those holidays on which the message may still be of
 * use. Nothing where the message leaves at any hour.
 */
export function quietOfRung(
  ground: QuietGround,
  cell: Cell,
): Pick<HoldableRung, 'quiet' | 'whenHeldTooLong'> {
  if (!keepsQuiet(ground, cell)) return {};
  const quiet = quietHoursOf(ground);
  if (quiet.from === null && quiet.holidays.length === 0) return {};
  return { quiet, whenHeldTooLong: cell.whenHeldTooLong };
}

function keepsQuiet({ critical, eventType }: QuietGround, { channel, quietHours }: Cell): boolean {
  if (critical || !disturbing.includes(channel)) return false;
  return quietHours === 'default' ? canWait(eventType) : quietHours === 'hold';
}

function quietHoursOf({ taller, dueAt, validUntil }: QuietGround): QuietHours {
  const { timeZone: zone, country, holidays } = taller ?? house;
  const { from, to } = taller?.quietHours ?? defaultQuietHours;
  const first = localTimeAt(dueAt, zone).date;
  const last = localTimeAt(validUntil, zone).date;
  const isNear = (day: CalendarDate) => day >= first && day <= last;
  const years = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  const days = [...holidays, ...years.flatMap((year) => publicHolidays(country, year))];
  return { zone, from, to, holidays: [...new Set(days.filter(isNear))].sort() };
}
