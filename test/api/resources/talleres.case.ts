import type { ResourceCase } from './resource-case.js';

export const talleres: ResourceCase = {
  path: '/api/v1/notifications/talleres/',
  make: (number) => ({ slug: `taller-${number}`, name: `Taller Núñez ${number}` }),
  required: ['slug', 'name'],
  patch: { name: 'Otro nombre', country: 'MX' },
  invalid: [
    ['slug', 'Con Espacios'],
    ['slug', 'taller-norte'],
    ['name', ''],
    ['name', '  '],
    ['name', 7],
    ['time_zone', 'Mars/Olympus'],
    ['time_zone', '+05:00'],
    ['country', 'ec'],
    ['is_active', 'yes'],
    ['is_active', null],
    ['no_such_member', 1],
  ],
  search: (number) => [`nunez ${number}`, `TALLER-${number}`, `NÚÑEZ ${number}`],
  orderings: ['name', '-name', 'slug', '-slug', 'created_at', '-created_at'],
  filters: () => ['is_active=true'],
  badFilters: [
    ['is_active=1', 'is_active'],
    ['country=EC', 'country'],
  ],
};
