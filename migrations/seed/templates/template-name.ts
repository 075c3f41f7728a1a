import type { Channel, Target } from '#domain/catalog/channels.js';
import { seedPhases, seedServiceTypes } from '../catalog.js';
import type { SeedTemplate } from './template-text.js';

const channelNames: Readonly<Record<Channel, string>> = {
  email: 'Correo',
  whatsapp: 'WhatsApp',
  push: 'Push',
};
const targetNames: Readonly<Record<Target, string>> = { clients: 'clientes', staff: 'personal' };
const eventNames: Readonly<Record<string, string>> = {
  maintenance_reminder: 'Recordatorio',
  repair_completed: 'Trabajo terminado',
  vehicle_delivered: 'Vehículo entregado',
};

/** How staff find a seeded template in a list: `Entrega · Avalúo MG · Correo · clientes`. */
export function nameOf(template: SeedTemplate): string {
  const phase = seedPhases.find(({ slug }) => slug === template.phase);
  const serviceType = seedServiceTypes.find(({ slug }) => slug === template.serviceType);
  const step = template.eventType === null ? phase?.name : eventNames[template.eventType];
  return [
    step ?? template.eventType,
    serviceType?.name,
    channelNames[template.channel],
    targetNames[template.target],
  ].join(' · ');
}
