import type { DataSource } from 'typeorm';
import { readConfiguration } from '#infrastructure/config/configuration.js';
import { createLogger } from '#infrastructure/logging/logger.js';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { loadSeed } from '#infrastructure/persistence/seed/load-seed.js';
import { createTestDatabase } from '#infrastructure/testing/test-database.js';
import { startApi } from '../../apps/api/src/start-api.js';

export interface TestApi {
  url: string;
  dataSource: DataSource;
  /** What the API wrote to its log, one parsed line each. */
  log: Record<string, unknown>[];
  close(): Promise<void>;
}

/** The API on a database of its own, seeded, with a few customers; authentication off by default. */
export async function startTestApi(
  environment: Record<string, string> = { API_AUTH: 'off' },
): Promise<TestApi> {
  const database = await createTestDatabase();
  const read = readConfiguration({
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '4',
    HOST: '127.0.0.1',
    ...environment,
  });
  const configuration = { ...read, http: { ...read.http, port: 0 } };
  const dataSource = await fillDatabase(database.url);
  const log: Record<string, unknown>[] = [];
  const logger = createLogger({
    level: 'debug',
    name: 'api',
    destination: { write: (line: string) => void log.push(JSON.parse(line)) },
  });
  const api = await startApi(configuration, { logger });
  return {
    url: api.url,
    dataSource,
    log,
    close: async () => {
      await api.close();
      await dataSource.destroy();
      await database.drop();
    },
  };
}

/** Loads the seed and a few customers, and leaves the connection open. */
export async function fillDatabase(url: string): Promise<DataSource> {
  const dataSource = createDataSource({ url, poolSize: 2 }, { applicationName: 'test' });
  await dataSource.initialize();
  await loadSeed(dataSource, { force: false });
  await addCustomers(dataSource);
  return dataSource;
}

/** One who can be reached by e-mail and WhatsApp, one of a workshop, one who cannot be reached. */
async function addCustomers(dataSource: DataSource): Promise<void> {
  await dataSource.query(`
    INSERT INTO taller (id, slug, name) VALUES
      ('0190aaaa-0000-7000-8000-000000000001', 'taller-norte', 'Taller Norte'),
      ('0190aaaa-0000-7000-8000-000000000002', 'taller-sur', 'Taller Sur');
    INSERT INTO customer (id, name, email, phone, taller_id) VALUES
      ('customer-001', 'Carlos Mendoza', 'carlos.mendoza@example.com', '+593991234567', NULL),
      ('customer-norte', 'Ana Paredes', 'ana.paredes@example.com', NULL,
        '0190aaaa-0000-7000-8000-000000000001'),
      ('customer-mute', 'Sin Contacto', NULL, NULL, NULL);
    INSERT INTO vehicle (id, customer_id, plate, make, model, year) VALUES
      ('vehicle-001', 'customer-001', 'ABC123', 'Haval', 'H6', 2024);
  `);
}

/** The example of the contract. */
export function exampleEvent(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    event_type: 'appointment_scheduled',
    service_type_id: 'mantenimiento-preventivo',
    subtype_id: null,
    phase_id: 'phase-schedule',
    customer_id: 'customer-001',
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

export const dispatchPath = '/api/v1/notifications/events/dispatch/';

/** Sends JSON, or a text as it is. */
export function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  });
}

/** The JSON of an answer, as the type that the contract gives it. */
export async function bodyOf<T>(answer: Response): Promise<T> {
  const body: T = JSON.parse(await answer.text());
  return body;
}
