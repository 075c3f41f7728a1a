import { type SeedTemplate, templatesFor } from './template-text.js';

/**
 * What the daily check of reminders sends, for each service that one can be reminded of. It knows
 * no hour, and the date is the day on which the service is due; the visit itself is not booked yet.
 * The words fit before that day and after it, and one vehicle as well as several: `{{Vehículo}}`
 * may be "Haval H6 2024 y Kia Rio 2020".
 */
const services = [
  {
    serviceType: 'mantenimiento-preventivo',
    time: 'mantenimiento',
    due: 'un mantenimiento preventivo',
    why: 'Un mantenimiento a tiempo evita averías y conserva la garantía.',
  },
  {
    serviceType: 'averia-revision',
    time: 'una revisión',
    due: 'una revisión',
    why: 'Una revisión a tiempo evita que una falla pequeña deje el vehículo parado.',
  },
  {
    serviceType: 'colision-pintura',
    time: 'revisar la pintura',
    due: 'una revisión de carrocería y pintura',
    why: 'Un retoque a tiempo evita que el óxido avance.',
  },
  {
    serviceType: 'avaluo-comercial',
    time: 'un nuevo avalúo',
    due: 'actualizar el avalúo comercial',
    why: 'Con un avalúo al día conoce el valor de mercado antes de decidir.',
  },
  {
    serviceType: 'avaluo-mg',
    time: 'su Avalúo MG',
    due: 'un nuevo Avalúo MG',
    why: 'Con el Avalúo MG al día conserva el mejor valor para un cambio de vehículo.',
  },
] as const;

export const maintenanceReminder: SeedTemplate[] = services.flatMap(
  ({ serviceType, time, due, why }) =>
    templatesFor(
      {
        serviceType,
        target: 'clients',
        phase: 'phase-schedule',
        eventType: 'maintenance_reminder',
      },
      {
        email: {
          subject: `Es tiempo de ${time}: {{Vehículo}}`,
          heading: `Es tiempo de ${time}`,
          paragraphs: ['Hola, {{Nombre}}:', `Según nuestro registro, corresponde ${due}:`],
          facts: ['Vehículo', 'Placa', 'Fecha'],
          closing: `Agende su cita con {{Taller}} cuando le convenga. ${why}`,
        },
        whatsapp: [
          'Hola, {{Nombre}} 👋',
          `Es tiempo de *${time}*: {{Vehículo}} ({{Placa}}).`,
          'Fecha prevista: {{Fecha}}.',
          '',
          'Responda a este mensaje y le agendamos una cita.',
          '_{{Taller}}_',
        ],
        push: {
          title: `Es tiempo de ${time}`,
          body: '{{Vehículo}} ({{Placa}}). Fecha prevista: {{Fecha}}.',
        },
      },
    ),
);
