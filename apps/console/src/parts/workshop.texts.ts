import { texts } from '../text/language.js';

/** What everybody in the workshop calls the channels and those who are told. */
export const workshopTexts = texts({
  es: {
    channels: { email: 'Correo', whatsapp: 'WhatsApp', push: 'Notificación push' },
    targets: { clients: 'Clientes', staff: 'Personal del taller' },
  },
  en: {
    channels: { email: 'E-mail', whatsapp: 'WhatsApp', push: 'Push notice' },
    targets: { clients: 'Customers', staff: 'Workshop staff' },
  },
});
