/** The tabs of the settings, as the address bar names them. */
export const settingsTabs = [
  'talleres',
  'canales',
  'personal',
  'claves',
  'horarios',
  'cambios',
  'acerca',
] as const;
export type SettingsTab = (typeof settingsTabs)[number];
