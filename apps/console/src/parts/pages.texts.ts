import { texts } from '../text/language.js';

export const pagesTexts = texts({
  es: {
    none: 'Ninguno',
    range: (first: string, last: string, count: string) => `${first} a ${last} de ${count}`,
    pages: 'Páginas',
    page: (page: string) => `Página ${page}`,
    next: 'Página siguiente',
    previous: 'Página anterior',
  },
  en: {
    none: 'None',
    range: (first, last, count) => `${first} to ${last} of ${count}`,
    pages: 'Pages',
    page: (page) => `Page ${page}`,
    next: 'Next page',
    previous: 'Previous page',
  },
});
