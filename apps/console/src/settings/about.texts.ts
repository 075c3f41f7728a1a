import { texts } from '../text/language.js';

/**
 * The notice is the one that Evolution API's licence asks for ("Usage Notification Requirement"):
 * administrators of a system that uses it have to be told so, clearly.
 */
export const aboutTexts = texts({
  es: {
    notice: 'Uso de Evolution API',
    noticeText:
      'Este sistema utiliza Evolution API para enviar mensajes de WhatsApp. Evolution API se distribuye bajo la licencia Apache 2.0 con condiciones adicionales.',
    licence: 'Leer la licencia de Evolution API',
    service: 'Este servicio',
    version: (version: string) => `Versión ${version}`,
    api: 'Documentación de la API',
  },
  en: {
    notice: 'Use of Evolution API',
    noticeText:
      'This system uses Evolution API to send WhatsApp messages. Evolution API is licensed under the Apache License 2.0 with additional conditions.',
    licence: 'Read the licence of Evolution API',
    service: 'This service',
    version: (version: string) => `Version ${version}`,
    api: 'Documentation of the API',
  },
});
