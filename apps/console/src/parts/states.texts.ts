import type { ServiceProblem } from '../service/ask.js';
import { texts } from '../text/language.js';

const titles = {
  es: {
    0: 'Sin conexión con el servicio',
    401: 'La sesión terminó',
    403: 'No tiene permiso para esto',
    404: 'No existe',
    409: 'Alguien lo cambió mientras tanto',
    429: 'Demasiadas consultas seguidas',
  },
  en: {
    0: 'The service cannot be reached',
    401: 'The session has ended',
    403: 'You may not do this',
    404: 'There is no such thing',
    409: 'Someone changed it meanwhile',
    429: 'Too many requests',
  },
} as const;

const titleIn =
  (language: keyof typeof titles, otherwise: string) =>
  (problem: ServiceProblem | null): string => {
    const known: Record<number, string> = titles[language];
    return (problem && known[problem.status]) ?? otherwise;
  };

export const statesTexts = texts({
  es: {
    loading: 'Cargando',
    empty: 'Aquí no hay nada todavía.',
    again: 'Reintentar',
    request: 'Consulta',
    unreachable: 'Revise la conexión. Lo que escribió sigue aquí.',
    titleOf: titleIn('es', 'Algo salió mal'),
  },
  en: {
    loading: 'Loading',
    empty: 'There is nothing here yet.',
    again: 'Try again',
    request: 'Request',
    unreachable: 'Check the connection. What you typed is still here.',
    titleOf: titleIn('en', 'Something went wrong'),
  },
});
