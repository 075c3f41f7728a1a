import { texts } from '../text/language.js';

export const coverageTexts = texts({
  es: {
    title: 'Cobertura de plantillas',
    lead: 'Qué se enviaría en cada servicio, fase y canal, y dónde falta el texto.',
    back: 'Todas las plantillas',
    states: { own: 'Propia', global: 'General', missing: 'Falta', off: 'Apagado' },
    summary: (covered: number, missing: number, off: number) =>
      `${covered} con plantilla, ${missing} sin plantilla, ${off} apagadas`,
    allCovered: 'Toda celda encendida tiene su plantilla.',
    someMissing: (count: number) =>
      count === 1
        ? 'A una celda encendida le falta la plantilla: por ahí no se avisa.'
        : `A ${count} celdas encendidas les falta la plantilla: por ahí no se avisa.`,
    write: (place: string) => `Falta: escribir la plantilla de ${place}`,
    open: (state: string, name: string) => `${state}: abrir ${name}`,
    offHere: 'Canal apagado en la matriz',
  },
  en: {
    title: 'Template coverage',
    lead: 'What would be sent for each service, phase and channel, and where a text is missing.',
    back: 'All templates',
    states: { own: 'Own', global: 'General', missing: 'Missing', off: 'Off' },
    summary: (covered: number, missing: number, off: number) =>
      `${covered} with a template, ${missing} without one, ${off} off`,
    allCovered: 'Every cell that is on has its template.',
    someMissing: (count: number) =>
      count === 1
        ? 'One cell that is on has no template: nobody is told by it.'
        : `${count} cells that are on have no template: nobody is told by them.`,
    write: (place: string) => `Missing: write the template of ${place}`,
    open: (state: string, name: string) => `${state}: open ${name}`,
    offHere: 'Channel off in the matrix',
  },
});
