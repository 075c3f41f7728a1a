import { seedId } from '../seed-id.js';

/** The workshop where most of the demo happens. */
export const demoTaller = {
  id: seedId('taller', 'ambacar-quito'),
  slug: 'ambacar-quito',
  name: 'Ambacar Service',
  timeZone: 'America/Guayaquil',
  country: 'EC',
  quietHours: { from: '20:00', to: '08:00' },
  holidays: [],
} as const;

/** Another one of the same house, with a few customers and people of its own. */
export const demoBranch = {
  id: seedId('taller', 'ambacar-cuenca'),
  slug: 'ambacar-cuenca',
  name: 'Ambacar Cuenca',
  timeZone: 'America/Guayaquil',
  country: 'EC',
  quietHours: { from: '20:00', to: '08:00' },
  holidays: [],
} as const;

export const demoTalleres = [demoTaller, demoBranch] as const;
