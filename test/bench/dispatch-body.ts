/**
 * How many customers the bench makes. Dispatches go round among them, and at two thousand a second
 * nobody gets two messages within the six seconds that WhatsApp asks for.
 */
const benchCustomers = 20_000;
const mailCustomers = 1000;

export const dispatchPath = '/api/v1/notifications/events/dispatch/';

export interface BenchDispatch {
  body: string;
  /** The WhatsApp number to which it goes, as the provider is given it. */
  number: string;
}

let made = 0;

/** The dispatch of the API's own example, each time for the next of the bench's customers. */
export function nextDispatch(): BenchDispatch {
  const customer = made % benchCustomers;
  made += 1;
  return {
    body: dispatchTo(`bench-${customer}`),
    number: `59399${String(customer).padStart(7, '0')}`,
  };
}

/** The same for somebody who has nothing but e-mail, as {@link insertMailCustomers} makes them. */
export function mailDispatch(index: number): string {
  return dispatchTo(`bench-mail-${index % mailCustomers}`);
}

function dispatchTo(customerId: string): string {
  return JSON.stringify({
    event_type: 'appointment_scheduled',
    service_type_id: 'mantenimiento-preventivo',
    phase_id: 'phase-schedule',
    customer_id: customerId,
    target: 'clients',
    context: {
      nombre: 'Carlos Mendoza',
      placa: 'ABC123',
      vehiculo: 'Haval H6 2024',
      fecha: '20 de Enero, 2026',
      hora: '14:30',
    },
  });
}

/** Makes the customers: with WhatsApp, which the seeded matrix tries first, and e-mail. */
export const insertBenchCustomers = `
  INSERT INTO customer (id, name, email, phone)
  SELECT 'bench-' || n, 'Cliente ' || n, 'cliente-' || n || '@example.com',
    '+59399' || lpad(n::text, 7, '0')
  FROM generate_series(0, ${benchCustomers - 1}) n
`;

export const insertMailCustomers = `
  INSERT INTO customer (id, name, email)
  SELECT 'bench-mail-' || n, 'Cliente ' || n, 'cliente-de-correo-' || n || '@example.com'
  FROM generate_series(0, ${mailCustomers - 1}) n
`;
