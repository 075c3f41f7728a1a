import { texts } from '../text/language.js';

export const panelTexts = texts({
  es: { title: 'Panel' },
  en: { title: 'Panel' },
});
