import { northId, type ResourceCase, southId } from './resource-case.js';

const types = 60;
const typeId = (number: number) =>
  `0190bbbb-0000-7000-8000-${String(number % types).padStart(12, '0')}`;

/** One configuration is made for each service type, target and workshop, so it takes many. */
export const orchestration: ResourceCase = {
  path: '/api/v1/notifications/orchestration/',
  prepare: async (dataSource) => {
    await dataSource.query(
      `INSERT INTO service_type (id, slug, name, "order")
       SELECT ('0190bbbb-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
         'servicio-' || n, 'Diagnóstico Núm. ' || n, 100 + n
       FROM generate_series(0, $1::int - 1) AS n`,
      [types],
    );
  },
  make: (number) => ({
    service_type_id: typeId(number),
    target: Math.floor(number / types) % 2 === 0 ? 'clients' : 'staff',
    taller_id: [null, northId, southId][Math.floor(number / types / 2) % 3],
  }),
  required: ['service_type_id', 'target'],
  patch: { is_active: false },
  invalid: [
    ['service_type_id', 'no-such'],
    ['service_type_id', ''],
    ['service_type_id', null],
    ['target', 'everyone'],
    ['target', null],
    ['taller_id', 'no-such'],
    ['taller_id', 7],
    ['is_active', 'yes'],
    ['is_active', null],
    ['matrix', null],
    ['matrix', {}],
    ['matrix', [7]],
    ['matrix', [{ phase_id: 'no-such', channel: 'email', enabled: true, priority: 1 }]],
    ['matrix', [{ phase_id: 'phase-repair', channel: 'fax', enabled: true, priority: 1 }]],
    ['matrix', [{ phase_id: 'phase-repair', channel: 'push', enabled: 1, priority: 1 }]],
    ['matrix', [{ phase_id: 'phase-repair', channel: 'push', enabled: true, priority: 0 }]],
    ['no_such_member', 1],
  ],
  search: (number) => [`diagnostico NÚM. ${number % types}`, `servicio-${number % types}`],
  orderings: ['created_at', '-created_at', 'updated_at', '-updated_at', 'target', '-target'],
  filters: (made) => [
    `service_type_id=${made.service_type_id}`,
    `target=${made.target}&is_active=true&ordering=-created_at`,
    `taller_id=${made.taller_id}&ordering=-created_at`,
  ],
  badFilters: [
    ['service_type_id=no-such', 'service_type_id'],
    ['taller_id=no-such', 'taller_id'],
    ['target=everyone', 'target'],
    ['is_active=1', 'is_active'],
    ['phase_id=phase-repair', 'phase_id'],
  ],
};
