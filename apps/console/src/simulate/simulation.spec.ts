import { describe, expect, test } from '@jest/globals';
import type { EventDetail } from '#contracts/client/types.gen.js';
import { requestOf, type Simulation, simulationOf } from './simulation.js';

const simulation: Simulation = {
  serviceType: 'averia-revision',
  subtype: '',
  phase: 'phase-repair',
  target: 'clients',
  eventType: 'repair_started',
  customerId: 'customer-001',
  vehicleId: '',
  taller: '',
  values: {},
  critical: false,
  scheduledFor: '',
  businessKey: '',
};

describe('the dispatch that a simulation describes', () => {
  test('leaves to the service what was left empty, blanks included', () => {
    expect(requestOf({ ...simulation, values: { Placa: ' ', Hora: '14:30' } })).toEqual({
      event_type: 'repair_started',
      service_type_id: 'averia-revision',
      subtype_id: null,
      phase_id: 'phase-repair',
      customer_id: 'customer-001',
      vehicle_id: null,
      taller_id: null,
      target: 'clients',
      context: { Hora: '14:30' },
      critical: false,
      scheduled_for: null,
      business_key: null,
    });
  });

  test('tells a time of the browser’s clock as a moment', () => {
    const { scheduled_for } = requestOf({ ...simulation, scheduledFor: '2026-11-22T14:30' });
    expect(scheduled_for).toBe(new Date(2026, 10, 22, 14, 30).toISOString());
  });
});

describe('the simulation of an event', () => {
  const event: EventDetail = {
    id: '019bd6f0-1a40-7c13-b7c4-0d9e8f1a2c32',
    event_type: 'repair_started',
    service_type: { id: 'a', slug: 'averia-revision', name: 'Avería/Revisión' },
    subtype: { id: 'b', slug: 'averia-frenos', name: 'Frenos' },
    phase: { id: 'c', slug: 'phase-repair', name: 'Reparación' },
    target: 'clients',
    customer_id: 'customer-001',
    vehicle_id: 'vehicle-001',
    taller_id: null,
    context: { vehiculo: 'Haval H6', Técnico: 'Ana', HORA: 14, interno: 'x', placa: null },
    business_key: 'OT-1',
    priority: 'normal',
    critical: true,
    valid_until: null,
    scheduled_for: '2026-01-20T08:00:00-05:00',
    request_id: null,
    created_at: '2026-01-20T08:00:00-05:00',
    notifications: [],
  };

  test('asks for the same, with the context under the names of variables', () => {
    const request = requestOf(simulationOf(event, ['Vehículo', 'Técnico', 'Hora', 'Placa']));
    expect(request).toMatchObject({
      service_type_id: 'averia-revision',
      subtype_id: 'averia-frenos',
      vehicle_id: 'vehicle-001',
      critical: true,
      context: { Vehículo: 'Haval H6', Técnico: 'Ana', Hora: '14' },
    });
  });

  test('neither waits for a time that has passed nor supersedes what waits', () => {
    expect(requestOf(simulationOf(event, []))).toMatchObject({
      scheduled_for: null,
      business_key: null,
    });
  });
});
