import { seedId } from '../seed-id.js';

export interface DemoReminder {
  id: string;
  customerId: string;
  vehicleId: string;
  description: string;
  /** Days from the day of loading; a reminder two weeks ahead gets its first notice that day. */
  dueInDays: number;
  status: 'pending' | 'completed';
}

export const demoReminders: readonly DemoReminder[] = [
  {
    id: seedId('reminder', 'haval-h6'),
    customerId: 'customer-001',
    vehicleId: 'vehicle-001',
    description: 'Mantenimiento de los 10.000 km',
    dueInDays: 14,
    status: 'pending',
  },
  {
    id: seedId('reminder', 'mg-zs'),
    customerId: 'customer-002',
    vehicleId: 'vehicle-002',
    description: 'Mantenimiento de los 30.000 km',
    dueInDays: 40,
    status: 'pending',
  },
  {
    id: seedId('reminder', 'wingle'),
    customerId: 'customer-009',
    vehicleId: 'vehicle-009',
    description: 'Cambio de aceite y filtros',
    dueInDays: -12,
    status: 'completed',
  },
];
