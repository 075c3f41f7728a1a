import { texts } from '../text/language.js';

/** What several of the templates' screens say of where a template belongs. */
export const placesTexts = texts({
  es: {
    channel: 'Canal',
    channels: { email: 'Correo', whatsapp: 'WhatsApp', push: 'Notificación push' },
    target: 'Para',
    targets: { clients: 'Clientes', staff: 'Personal' },
    service: 'Servicio',
    subtype: 'Subtipo',
    phase: 'Fase',
    taller: 'Taller',
    everyTaller: 'Todos los talleres',
    everySubtype: 'Todos los subtipos',
    event: 'Evento',
    everyEvent: 'Todos los eventos',
    active: 'Activa',
    inactive: 'Inactiva',
  },
  en: {
    channel: 'Channel',
    channels: { email: 'E-mail', whatsapp: 'WhatsApp', push: 'Push notification' },
    target: 'For',
    targets: { clients: 'Customers', staff: 'Staff' },
    service: 'Service',
    subtype: 'Subtype',
    phase: 'Phase',
    taller: 'Workshop',
    everyTaller: 'Every workshop',
    everySubtype: 'Every subtype',
    event: 'Event',
    everyEvent: 'Every event',
    active: 'Active',
    inactive: 'Not active',
  },
});
