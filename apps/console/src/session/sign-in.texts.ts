import { ServiceProblem } from '../service/ask.js';
import { texts } from '../text/language.js';

const refusals = {
  es: {
    0: 'El servicio no responde. Revise la conexión e intente otra vez.',
    400: 'Escriba la clave completa.',
    401: 'Esa clave no existe, venció o fue revocada.',
    403: 'Esa clave no puede administrar: hace falta una con el permiso admin.',
    429: 'Demasiados intentos seguidos. Espere un minuto.',
  },
  en: {
    0: 'The service does not answer. Check the connection and try again.',
    400: 'Type the whole key.',
    401: 'There is no such key, or it has expired or been revoked.',
    403: 'That key may not administrate: one with the scope admin is needed.',
    429: 'Too many tries in a row. Wait a minute.',
  },
} as const;

const refusalIn =
  (language: keyof typeof refusals) =>
  (error: Error): string => {
    const known: Record<number, string> = refusals[language];
    return (error instanceof ServiceProblem && known[error.status]) || error.message;
  };

const faults = {
  es: {
    denied: 'No se completó el ingreso con su cuenta.',
    powerless: 'Su cuenta no tiene permiso para usar la consola. Pídalo a quien la administra.',
    unavailable:
      'El servicio de cuentas no responde. Intente en un momento, o entre con una clave.',
    failed: 'No se pudo entrar con su cuenta. Intente otra vez.',
  },
  en: {
    denied: 'Signing in with your account was not completed.',
    powerless: 'Your account may not use the console. Ask whoever administrates it.',
    unavailable: 'The account service does not answer. Try in a moment, or use a key.',
    failed: 'You could not be signed in with your account. Try again.',
  },
} as const;

const faultIn =
  (language: keyof typeof faults) =>
  (fault: string | null): string | null => {
    const known: Record<string, string> = faults[language];
    return fault === null ? null : (known[fault] ?? null);
  };

export const signInTexts = texts({
  es: {
    title: 'Entrar',
    lead: 'La consola de avisos del taller.',
    key: 'Clave de acceso',
    showKey: 'Mostrar u ocultar la clave',
    enter: 'Entrar con clave',
    byProvider: 'Entrar con su cuenta',
    or: 'o',
    noKey: '¿No tiene una clave? Quien instaló el servicio la crea con',
    ended: 'La sesión terminó',
    endedLead: 'Entre otra vez para seguir. Lo que escribió sigue aquí.',
    refusalOf: refusalIn('es'),
    faultOf: faultIn('es'),
  },
  en: {
    title: 'Sign in',
    lead: 'The workshop’s console of notices.',
    key: 'Access key',
    showKey: 'Show or hide the key',
    enter: 'Sign in with the key',
    byProvider: 'Sign in with your account',
    or: 'or',
    noKey: 'No key? Whoever installed the service makes one with',
    ended: 'The session has ended',
    endedLead: 'Sign in again to go on. What you typed is still here.',
    refusalOf: refusalIn('en'),
    faultOf: faultIn('en'),
  },
});
