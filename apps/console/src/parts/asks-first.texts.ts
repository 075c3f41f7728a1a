import { texts } from '../text/language.js';

export const asksFirstTexts = texts({
  es: { cancel: 'No, dejarlo como está', close: 'Cerrar' },
  en: { cancel: 'No, leave it as it is', close: 'Close' },
});
