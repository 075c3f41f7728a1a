import { seedPhases, seedServiceTypes } from '#migrations/seed/catalog.js';
import { northId, type ResourceCase } from './resource-case.js';

const phase = seedPhases.find(({ slug }) => slug === 'phase-delivery');
const service = seedServiceTypes.find(({ slug }) => slug === 'averia-revision');
const brakes = service?.subtypes.find(({ slug }) => slug === 'averia-frenos');

export const templates: ResourceCase = {
  path: '/api/v1/notifications/templates/',
  /** Turning over the seed's 130, two at a time in every ordering, would take half a minute. */
  prepare: async (dataSource) => {
    await dataSource.query(`DELETE FROM template WHERE channel <> 'push' OR target <> 'staff'`);
  },
  make: (number) => ({
    name: `Entrega Ñandú ${number}`,
    channel: 'push',
    target: 'clients',
    service_type_id: service?.id,
    phase_id: phase?.id,
    subtype_id: brakes?.id,
    event_type: `entrega_${number}`,
    title: 'Su {{Vehículo}} está listo',
    body: `Retírelo en {{Taller}}, mostrador número ${number}.`,
    link: '/vehiculos/{{Placa}}',
  }),
  required: ['name', 'channel', 'target', 'service_type_id', 'phase_id', 'body'],
  patch: { name: 'Otro nombre', is_active: false },
  invalid: [
    ['name', ''],
    ['name', '  '],
    ['name', 7],
    ['channel', 'sms'],
    ['channel', null],
    ['target', 'everybody'],
    ['service_type_id', 'no-such-service'],
    ['phase_id', 'no-such-phase'],
    ['phase_id', null],
    ['subtype_id', 'colision-golpe'],
    ['taller_id', 'no-such-taller'],
    ['event_type', 'Not Snake'],
    ['is_active', 'yes'],
    ['title', ''],
    ['title', null],
    ['title', 'dos\nlíneas'],
    ['body', ''],
    ['body', 7],
    ['body', '{{Vehiculo}}'],
    ['body', '{{Placa'],
    ['body', 'x'.repeat(120)],
    ['link', 'https://evil.example.com/'],
    ['link', null],
    ['subject', 'a push has none'],
    ['text', 'a push has none'],
    ['no_such_member', 1],
  ],
  search: (number) => [`nandu ${number}`, `MOSTRADOR numero ${number}.`, 'VEHICULO}} esta LISTO'],
  orderings: ['name', '-name', 'created_at', '-created_at', 'updated_at', '-updated_at'],
  filters: (made) => [
    'channel=push',
    'target=clients',
    'service_type_id=averia-revision',
    `service_type_id=${made.service_type_id}`,
    'phase_id=phase-delivery',
    'subtype_id=averia-frenos',
    'taller_id=null',
    'is_active=true',
    `event_type=${made.event_type}`,
    `channel=push&target=clients&phase_id=${made.phase_id}&taller_id=null&event_type=${made.event_type}`,
  ],
  badFilters: [
    ['channel=sms', 'channel'],
    ['target=all', 'target'],
    ['service_type_id=nada', 'service_type_id'],
    ['phase_id=nada', 'phase_id'],
    ['subtype_id=nada', 'subtype_id'],
    ['taller_id=nada', 'taller_id'],
    ['is_active=1', 'is_active'],
    [`taller=${northId}`, 'taller'],
  ],
};
