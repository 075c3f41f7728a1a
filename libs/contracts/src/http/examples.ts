/**
 * What the document's examples tell of: the visit of Carlos Mendoza's Haval to the workshop of
 * Ambacar in Quito. The same thing has the same id wherever it is shown.
 */
export const ids = {
  event: '019bd6f0-1a40-7c11-9a51-2f6d0b7c4e10',
  notification: '019bd6f0-1a40-7c12-8e0b-6c1f5a9d3b21',
  message: '019bd6f0-1a40-7c13-b7c4-0d9e8f1a2c32',
  taller: '019b0a10-0000-7000-8000-00000000a001',
  serviceType: '5f0c8a52-7d0e-5c5b-9d1e-3b6a4f2c1d01',
  subtype: '5f0c8a52-7d0e-5c5b-9d1e-3b6a4f2c1d02',
  phase: '5f0c8a52-7d0e-5c5b-9d1e-3b6a4f2c1d03',
  config: '5f0c8a52-7d0e-5c5b-9d1e-3b6a4f2c1d04',
  template: '5f0c8a52-7d0e-5c5b-9d1e-3b6a4f2c1d05',
  templateVersion: '5f0c8a52-7d0e-5c5b-9d1e-3b6a4f2c1d06',
  reminder: '019b8a30-0000-7000-8000-00000000b001',
  staffMember: '019b0a10-0000-7000-8000-00000000c001',
  subscription: '019b9c40-0000-7000-8000-00000000d001',
  apiKey: '019b0a10-0000-7000-8000-00000000e001',
  auditEntry: '019bd6f0-1a40-7c14-a1b2-3c4d5e6f7a43',
  task: '019bd6f0-1a40-7c15-9b8a-7c6d5e4f3a54',
  replay: '019bd6f0-1a40-7c16-8d7c-6b5a4f3e2d65',
  receipt: '019bd6f0-1a40-7c18-8a9b-acbdcedf0e87',
  request: '019bd6f0-1a40-7c17-b0c1-d2e3f4a5b676',
} as const;

/** Answers tell times in UTC. */
export const times = {
  created: '2026-01-19T15:15:00.000Z',
  sent: '2026-01-19T15:15:02.481Z',
  delivered: '2026-01-19T15:15:04.020Z',
  read: '2026-01-19T15:21:37.000Z',
  appointment: '2026-01-20T19:30:00.000Z',
} as const;

export const texts = {
  customerId: 'customer-001',
  customer: 'Carlos Mendoza',
  email: 'carlos.mendoza@example.com',
  maskedEmail: 'c***a@e***.com',
  phone: '+593991234567',
  vehicleId: 'vehicle-001',
  eventType: 'appointment_scheduled',
  serviceType: 'mantenimiento-preventivo',
  phase: 'phase-schedule',
  taller: 'ambacar-quito',
  endpoint: 'https://fcm.googleapis.com/fcm/send/dPZx3mQ2T0k:APA91bE-ejemplo',
} as const;

/** What the templates of the example are filled with. */
export const context = {
  nombre: texts.customer,
  placa: 'ABC123',
  vehiculo: 'Haval H6 2024',
  fecha: '20 de Enero, 2026',
  hora: '14:30',
} as const;
