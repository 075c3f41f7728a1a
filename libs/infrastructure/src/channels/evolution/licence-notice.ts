/**
 * Evolution API's licence (Apache 2.0 with added conditions, "Usage Notification
 * Requirement") asks whoever builds on it to show clearly, to the system's administrators and in
 * its documentation or settings, that Evolution API is in use. Shown wherever an administrator
 * looks at the WhatsApp channel while that channel goes through Evolution API.
 */
export const evolutionLicenceNotice = {
  es: 'Este sistema utiliza Evolution API para enviar mensajes de WhatsApp. Evolution API se distribuye bajo la licencia Apache 2.0 con condiciones adicionales: https://github.com/evolution-foundation/evolution-api/blob/main/LICENSE',
  en: 'This system uses Evolution API to send WhatsApp messages. Evolution API is licensed under the Apache License 2.0 with additional conditions: https://github.com/evolution-foundation/evolution-api/blob/main/LICENSE',
} as const;
