import { texts } from '../text/language.js';
import { englishMatrix } from './matrix.texts.en.js';
import { spanishMatrix } from './matrix.texts.es.js';

export const matrixTexts = texts({ es: spanishMatrix, en: englishMatrix });
