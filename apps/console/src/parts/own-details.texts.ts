import { texts } from '../text/language.js';
import { tellInSpanish } from './own-details.texts.es.js';

export const ownDetailsTexts = texts({
  es: { tell: tellInSpanish },
  en: { tell: (detail: string) => detail },
});
