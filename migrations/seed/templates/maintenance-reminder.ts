import { type SeedTemplate, templatesFor } from './template-text.js';

/**
 * What the daily check of reminders sends. It knows no hour, and the date is the day on which the
 * maintenance is due; the visit itself is not booked yet. The words fit before that day and after
 * it, and one vehicle as well as several: `{{Vehículo}}` may be "Haval H6 2024 y Kia Rio 2020".
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
      subject: 'Es tiempo de mantenimiento: {{Vehículo}}',
      heading: 'Es tiempo de mantenimiento',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'Según nuestro registro, corresponde un mantenimiento preventivo:',
      ],
      facts: ['Vehículo', 'Placa', 'Fecha'],
      closing:
        'Agende su cita con {{Taller}} cuando le convenga. Un mantenimiento a tiempo evita averías y conserva la garantía.',
    },
    whatsapp: [
      'Hola, {{Nombre}} 👋',
      'Es tiempo de *mantenimiento*: {{Vehículo}} ({{Placa}}).',
      'Fecha prevista: {{Fecha}}.',
      '',
      'Responda a este mensaje y le agendamos una cita.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Es tiempo de mantenimiento',
      body: '{{Vehículo}} ({{Placa}}). Fecha prevista: {{Fecha}}.',
    },
  },
);
