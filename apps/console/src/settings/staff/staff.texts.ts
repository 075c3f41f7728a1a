import { texts } from '../../text/language.js';

export const staffTexts = texts({
  es: {
    list: 'Personal',
    add: 'Nueva persona',
    empty: 'No hay nadie con esos datos. Agregue a alguien con «Nueva persona».',
    email: 'Correo',
    phone: 'Teléfono',
    follows: 'Sigue estas fases',
    followsHint: 'Recibe los avisos internos de las fases marcadas',
    followsNone: 'no sigue ninguna fase',
    gets: 'Recibe avisos',
    contact: 'Contacto',
    removeQuestion: (name: string) => `¿Eliminar a ${name}?`,
    removeConsequence: 'Deja de recibir avisos y se borran sus preferencias.',
  },
  en: {
    list: 'Staff',
    add: 'New person',
    empty: 'There is nobody of that description. Add someone with “New person”.',
    email: 'E-mail',
    phone: 'Phone',
    follows: 'Follows these phases',
    followsHint: 'Gets the internal notices of the phases that are marked',
    followsNone: 'follows no phase',
    gets: 'Gets notices',
    contact: 'Contact',
    removeQuestion: (name: string) => `Remove ${name}?`,
    removeConsequence: 'Gets no more notices, and the preferences are deleted.',
  },
});
