import { randomUUID } from 'node:crypto';
import type { System } from './system.js';

/** Somebody invented, with addresses that nobody else of the run has. */
export interface Person {
  id: string;
  name: string;
  email: string;
  phone: string;
  /** Endpoints of the devices, if any were asked for. */
  endpoints: string[];
}

export interface PersonOptions {
  channels?: ('email' | 'whatsapp' | 'push')[];
  /** Two make a rung of two messages. */
  devices?: number;
  /** Rows of `customer_preference`: channel, priority (null: none), enabled. */
  preferences?: [channel: string, priority: number | null, enabled: boolean][];
}

let made = 0;

/** Adds a customer who is reached by WhatsApp and e-mail, or by the channels named. */
export async function addCustomer(system: System, options: PersonOptions = {}): Promise<Person> {
  const { channels = ['whatsapp', 'email'], devices = 1, preferences = [] } = options;
  made += 1;
  const tag = randomUUID().slice(0, 8);
  const person: Person = {
    id: `customer-${tag}`,
    name: `Zoraida Quishpe ${tag}`,
    email: `zoraida.${tag}@example.com`,
    phone: `+59398${String(process.pid % 1000).padStart(3, '0')}${String(made).padStart(4, '0')}`,
    endpoints: [],
  };
  await system.query('INSERT INTO customer (id, name, email, phone) VALUES ($1, $2, $3, $4)', [
    person.id,
    person.name,
    channels.includes('email') ? person.email : null,
    channels.includes('whatsapp') ? person.phone : null,
  ]);
  for (let device = 0; channels.includes('push') && device < devices; device += 1) {
    const { endpoint, keys } = await system.sandbox.subscribe();
    person.endpoints.push(endpoint);
    await system.query(
      `INSERT INTO push_subscription (id, customer_id, endpoint, p256dh, auth)
       VALUES (gen_random_uuid(), $1, $2, $3, $4)`,
      [person.id, endpoint, keys.p256dh, keys.auth],
    );
  }
  for (const [channel, priority, enabled] of preferences) {
    await system.query(
      'INSERT INTO customer_preference (customer_id, channel, priority, enabled) VALUES ($1, $2, $3, $4)',
      [person.id, channel, priority, enabled],
    );
  }
  return person;
}

/** The dispatch example of the contract, for this person. */
export function appointmentFor(
  person: Person,
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    event_type: 'appointment_scheduled',
    service_type_id: 'mantenimiento-preventivo',
    subtype_id: null,
    phase_id: 'phase-schedule',
    customer_id: person.id,
    vehicle_id: null,
    taller_id: null,
    target: 'clients',
    context: {
      nombre: 'Carlos Mendoza',
      placa: 'ABC123',
      vehiculo: 'Haval H6 2024',
      fecha: '20 de Enero, 2026',
      hora: '14:30',
    },
    ...changes,
  };
}
