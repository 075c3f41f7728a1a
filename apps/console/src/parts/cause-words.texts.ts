import { texts } from '../text/language.js';
import { causeInWords } from './cause-words.js';

export const causeTexts = texts({
  es: { inWords: (code: string) => causeInWords(code, 'es') },
  en: { inWords: (code: string) => causeInWords(code, 'en') },
});
