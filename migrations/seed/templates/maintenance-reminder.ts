import { type SeedTemplate, templatesFor } from './template-text.js';

/**
 * What the daily check of reminders sends. It knows no hour, and the date is the day on which the
 * maintenance is due; the visit itself is not booked yet.
 */
export const maintenanceReminder: SeedTemplate[] = templatesFor(
  {
    serviceType: 'mantenimiento-preventivo',
    target: 'clients',
    phase: 'phase-schedule',
    eventType: 'maintenance_reminder',
  },
  {
    email: {
      subject: 'Se acerca el mantenimiento de su {{Vehículo}}',
      heading: 'Es tiempo de su próximo mantenimiento',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'Según nuestro registro, a su {{Vehículo}} le corresponde el próximo mantenimiento preventivo:',
      ],
      facts: ['Vehículo', 'Placa', 'Fecha'],
      closing:
        'Agende su cita con {{Taller}} cuando le convenga. Un mantenimiento a tiempo evita averías y conserva la garantía.',
    },
    whatsapp: [
      'Hola, {{Nombre}} 👋',
      'A su *{{Vehículo}}* ({{Placa}}) le corresponde el próximo *mantenimiento* el {{Fecha}}.',
      '',
      'Responda a este mensaje y le agendamos una cita.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Próximo mantenimiento',
      body: 'A su {{Vehículo}} ({{Placa}}) le corresponde mantenimiento el {{Fecha}}.',
    },
  },
);
