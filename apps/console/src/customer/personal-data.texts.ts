import { texts } from '../text/language.js';

export const personalDataTexts = texts({
  es: {
    title: 'Sus datos',
    lead: 'Lo que un cliente puede pedir: una copia de todo lo que se guarda de él, o que se le olvide. De los cambios en sus datos no se guarda historial.',
    export: 'Descargar todo',
    exported: 'Descargado',
    erase: 'Olvidar al cliente',
    question: (name: string) => `¿Olvidar a ${name}?`,
    goes: 'Se borra para siempre',
    going: [
      'Nombre, correo, teléfono y preferencias',
      'Vehículos, lecturas del odómetro y recordatorios',
      'Teléfonos y navegadores que reciben avisos',
      'Los textos y direcciones de lo que ya se le envió',
    ],
    stays: 'Queda, sin nada que lo nombre',
    staying: [
      'Cuántos avisos hubo, por qué canal y cómo terminaron',
      'Que se pidió olvidarlo, cuándo y quién lo hizo',
    ],
    stops: 'Lo que está en camino se detiene.',
    go: 'Entiendo, continuar',
    typeName: (name: string) => `Para confirmar escriba: ${name}`,
    eraseNow: 'Olvidar para siempre',
    erased: 'Olvidado',
    erasing: 'Se está olvidando; sigue por sí solo',
    result: (events: string, stopped: string) =>
      `Eventos que quedan sin nombre: ${events}. Avisos detenidos: ${stopped}.`,
  },
  en: {
    title: 'His data',
    lead: 'What a customer may ask for: a copy of all that is kept of him, or to be forgotten. Of changes to his data no history is kept.',
    export: 'Download everything',
    exported: 'Downloaded',
    erase: 'Forget the customer',
    question: (name) => `Forget ${name}?`,
    goes: 'Deleted for good',
    going: [
      'Name, e-mail, phone and preferences',
      'Vehicles, odometer readings and reminders',
      'Phones and browsers that take notices',
      'Texts and addresses of what was sent',
    ],
    stays: 'Stays, without anything that names him',
    staying: [
      'How many notices there were, by which channel, and how they ended',
      'That it was asked for, when, and who did it',
    ],
    stops: 'What is on its way is stopped.',
    go: 'I understand, go on',
    typeName: (name) => `To confirm type: ${name}`,
    eraseNow: 'Forget for good',
    erased: 'Forgotten',
    erasing: 'Being forgotten; it goes on by itself',
    result: (events, stopped) =>
      `Events that stay without a name: ${events}. Notices stopped: ${stopped}.`,
  },
});
