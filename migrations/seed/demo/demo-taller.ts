import { seedId } from '../seed-id.js';

/** The one workshop of the demo data. */
export const demoTaller = {
  id: seedId('taller', 'ambacar-quito'),
  slug: 'ambacar-quito',
  name: 'Ambacar Service',
  timeZone: 'America/Guayaquil',
  country: 'EC',
  quietHours: { from: '20:00', to: '08:00' },
  holidays: [],
} as const;
