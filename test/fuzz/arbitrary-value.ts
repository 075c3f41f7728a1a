import fc from 'fast-check';
import type { Schema } from './document.js';

/** Texts that have broken parsers, databases and logs before. */
const hostileTexts = [
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud800',
  '\u202eabc',
  '{{Nombre}}',
  '{{ "a" | append: "b" }}',
  "'; DROP TABLE event; --",
  '%',
  '\\',
  '../../etc/passwd',
  'a\r\nX-Injected: 1',
  'null',
  '1e999',
  '９９９',
  'x'.repeat(5000),
  'é'.normalize('NFD'),
];

const names = ['__proto__', 'constructor', 'prototype', 'toString', 'no_such', 'Nombre', 'ñ', ''];

const everyVariable = {
  NOMBRE: 'Carlos Mendoza',
  placa: 'ABC123',
  vehículo: 'Haval H6',
  fecha: '20 de Enero',
  Hora: '14:30',
  orden: 'OT-2025-001',
  tecnico: 'Juan',
};

const aPoint =
  'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4';

/** Values that real callers would send: they take a request past the checks. */
const meaningful: Readonly<Record<string, readonly unknown[]>> = {
  service_type_id: ['averia-revision', 'averia-revision', 'mantenimiento-preventivo'],
  subtype_id: [null, null, null, 'averia-frenos'],
  phase_id: ['phase-schedule', 'phase-delivery'],
  customer_id: ['customer-001', 'customer-001', 'customer-001', 'customer-mute'],
  vehicle_id: [null, null, 'vehicle-001'],
  taller_id: [null, 'taller-norte'],
  event_type: ['appointment_scheduled', 'vehicle_ready'],
  business_key: [null, 'OT-1', 'OT-2'],
  context: [everyVariable, everyVariable, { hora: '8:00', placa: 1, vehiculo: true }],
  valid_until: [null, '2050-01-01T00:00:00-05:00'],
  scheduled_for: [null, '2040-01-01T00:00:00Z'],
  phase_ids: [[], ['phase-schedule'], ['phase-repair', 'phase-delivery']],
  service_type: ['averia-revision', 'mantenimiento-preventivo'],
  phase: ['phase-schedule', 'phase-repair'],
  email: [null, 'ana@example.com', 'carlos.mendoza@example.com'],
  phone: [null, '+593991234567', '0991234567'],
  plate: ['ABC123', 'PBA-4567'],
  time_zone: ['America/Guayaquil', 'America/Tijuana'],
  endpoint: ['https://fcm.googleapis.com/fcm/send/one', 'https://fcm.googleapis.com/fcm/send/two'],
  p256dh: [aPoint],
  auth: ['q83vEjRWeJCrze8SNFZ4kA'],
  api_url: ['http://127.0.0.1:1'],
  host: ['127.0.0.1'],
  from_email: ['Norte <norte@example.com>'],
  preferences: [undefined, { email: { enabled: true, priority: 1 } }],
  matrix: [[], [{ phase_id: 'phase-repair', channel: 'push', enabled: true, priority: 2 }]],
  read_on: ['2026-01-10', '2026-02-10', '2026-03-10'],
  body: ['Hola {{Nombre}}', '<p>Hola {{Nombre}}</p>'],
  subject: ['Su {{Vehículo}}', 'Cita'],
  title: ['Hola {{Nombre}}'],
  link: [null, '/ordenes'],
  template_id: [undefined, undefined, null],
  status: ['pending', 'completed', 'cancelled'],
};

/** Anything that JSON can say, and some that it should not. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(0, -0, -1, 2 ** 53, -(2 ** 63), 1e308, 5e-324, 1.5, 2 ** 31),
  fc.constantFrom<unknown>(null, true, [], {}, [[]], [null]),
  fc.dictionary(fc.constantFrom(...names), fc.constantFrom<unknown>(1, null, 'x', {}), {
    noNullPrototype: true,
  }),
);

export type Resolve = (schema: Schema) => Schema;

/** A value of the schema most of the time, something else now and then. */
export function valueFor(schema: Schema, resolve: Resolve, name = ''): fc.Arbitrary<unknown> {
  const known = meaningful[name];
  return fc.oneof(
    // Ten members of a body each go wrong one time in sixty: most bodies have one fault or none.
    ...(known ? [{ weight: 54, arbitrary: fc.constantFrom(...known) }] : []),
    { weight: known ? 5 : 59, arbitrary: fitting(resolve(schema), resolve) },
    { weight: 1, arbitrary: anything },
  );
}

function fitting(schema: Schema, resolve: Resolve): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => valueFor(each, resolve)));
  const types = [schema.type ?? 'null'].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema, resolve)));
}

function ofType(type: string, schema: Schema, resolve: Resolve): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000 });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valueFor(schema.items ?? {}, resolve), { maxLength: 4 });
    case 'object':
      return object(schema, resolve);
    default:
      return fc.constant(null);
  }
}

const thisCentury = fc.date({
  min: new Date('2000-01-02'),
  max: new Date('2099-12-30'),
  noInvalidDate: true,
});

function text({ pattern, format, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date-time') {
    return thisCentury.map((date) => date.toISOString());
  }
  if (format === 'date') return thisCentury.map((date) => date.toISOString().slice(0, 10));
  if (pattern) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 300) });
}

/** The required members mostly, the others at times, and now and then one that nobody declared. */
function object(schema: Schema, resolve: Resolve): fc.Arbitrary<unknown> {
  const required = new Set(schema.required);
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) =>
    fc
      .tuple(fc.integer({ min: 0, max: 39 }), valueFor(member, resolve, name))
      .map(([dice, value]) => {
        const kept = required.has(name) ? dice > 0 : dice < 12;
        return kept ? [[name, value] as const] : [];
      }),
  );
  const stranger = fc
    .tuple(fc.integer({ min: 0, max: 19 }), fc.constantFrom(...names), anything)
    .map(([dice, name, value]) => (dice === 0 ? [[name, value] as const] : []));
  // fromEntries defines members, so that `__proto__` becomes one as it does in JSON.parse.
  return fc.tuple(...members, stranger).map((parts) => Object.fromEntries(parts.flat()));
}
