import { texts } from '../text/language.js';

/** Names of what a notification has: its channels, its state, what happened to the vehicle. */
export const wordsTexts = texts({
  es: {
    channels: { whatsapp: 'WhatsApp', email: 'Correo', push: 'Notificación push' },
    states: {
      in_progress: 'En camino',
      sent: 'Enviado',
      delivered: 'Entregado',
      read: 'Leído',
      failed: 'No se pudo entregar',
      expired: 'Venció sin salir',
      canceled: 'Cancelado',
      superseded: 'Reemplazado',
    },
    targets: { clients: 'Al cliente', staff: 'Al personal' },
    eventTypes: {
      appointment_scheduled: 'Cita agendada',
      vehicle_received: 'Vehículo recibido',
      repair_started: 'Reparación iniciada',
      repair_completed: 'Reparación terminada',
      quality_control_passed: 'Control de calidad aprobado',
      vehicle_ready: 'Vehículo listo',
      vehicle_delivered: 'Vehículo entregado',
      maintenance_reminder: 'Recordatorio de mantenimiento',
      satisfaction_survey: 'Encuesta de satisfacción',
      service_offer: 'Oferta de servicio',
    },
  },
  en: {
    channels: { whatsapp: 'WhatsApp', email: 'E-mail', push: 'Push notice' },
    states: {
      in_progress: 'Under way',
      sent: 'Sent',
      delivered: 'Delivered',
      read: 'Read',
      failed: 'Could not be delivered',
      expired: 'Expired unsent',
      canceled: 'Canceled',
      superseded: 'Replaced',
    },
    targets: { clients: 'To the customer', staff: 'To the staff' },
    eventTypes: {
      appointment_scheduled: 'Appointment scheduled',
      vehicle_received: 'Vehicle received',
      repair_started: 'Repair started',
      repair_completed: 'Repair completed',
      quality_control_passed: 'Quality control passed',
      vehicle_ready: 'Vehicle ready',
      vehicle_delivered: 'Vehicle delivered',
      maintenance_reminder: 'Maintenance reminder',
      satisfaction_survey: 'Satisfaction survey',
      service_offer: 'Service offer',
    },
  },
});

/** The name of an event type; one that workshops made up is shown as it is written. */
export function nameOfEventType(names: Record<string, string>, type: string): string {
  return names[type] ?? type.replaceAll('_', ' ');
}
