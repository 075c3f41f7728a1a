import { texts } from '../text/language.js';
import { englishSimulation } from './simulate.texts.en.js';
import { spanishSimulation } from './simulate.texts.es.js';

export const simulateTexts = texts({ es: spanishSimulation, en: englishSimulation });
