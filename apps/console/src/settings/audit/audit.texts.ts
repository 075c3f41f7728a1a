import { texts } from '../../text/language.js';

const resources: { es: Record<string, string>; en: Record<string, string> } = {
  es: {
    api_key: 'Clave de API',
    channel_setting: 'Salida de un taller',
    customer: 'Cliente',
    dead_letter: 'Aviso que no salió',
    dead_letters: 'Avisos que no salieron',
    orchestration: 'Matriz',
    provider_account: 'Salida con problemas',
    taller: 'Taller',
    template: 'Plantilla',
  },
  en: {
    api_key: 'API key',
    channel_setting: "A workshop's way out",
    customer: 'Customer',
    dead_letter: 'Notice that did not leave',
    dead_letters: 'Notices that did not leave',
    orchestration: 'Matrix',
    provider_account: 'Way out with problems',
    taller: 'Workshop',
    template: 'Template',
  },
};

const actions: { es: Record<string, string>; en: Record<string, string> } = {
  es: {
    created: 'Creó',
    changed: 'Cambió',
    deleted: 'Eliminó',
    revoked: 'Revocó',
    rotated: 'Reemplazó',
    replayed: 'Reenvió',
    reset: 'Abrió',
    erased: 'Borró los datos de',
    version_deleted: 'Eliminó una versión de',
  },
  en: {
    created: 'Created',
    changed: 'Changed',
    deleted: 'Deleted',
    revoked: 'Revoked',
    rotated: 'Replaced',
    replayed: 'Sent again',
    reset: 'Opened',
    erased: 'Erased the data of',
    version_deleted: 'Removed a version of',
  },
};

export const auditTexts = texts({
  es: {
    lead: 'Quién cambió qué, y qué decía antes.',
    empty: 'No hay cambios con esos filtros.',
    what: 'Qué cosa',
    done: 'Qué se hizo',
    any: 'Cualquiera',
    since: 'Desde el día',
    until: 'Hasta el día',
    by: (name: string) => `por ${name}`,
    member: 'Dato',
    before: 'Antes',
    after: 'Después',
    nothing: 'Sin detalle',
    show: (count: number) => (count === 1 ? 'Ver 1 dato' : `Ver ${count} datos`),
    resourceOf: (code: string) => resources.es[code] ?? code,
    actionOf: (code: string) => actions.es[code] ?? code,
    anonymous: 'alguien de este equipo',
  },
  en: {
    lead: 'Who changed what, and what it said before.',
    empty: 'There are no changes of that kind.',
    what: 'What kind',
    done: 'What was done',
    any: 'Any',
    since: 'From the day',
    until: 'Until the day',
    by: (name: string) => `by ${name}`,
    member: 'Member',
    before: 'Before',
    after: 'After',
    nothing: 'Without detail',
    show: (count: number) => (count === 1 ? 'See 1 member' : `See ${count} members`),
    resourceOf: (code: string) => resources.en[code] ?? code,
    actionOf: (code: string) => actions.en[code] ?? code,
    anonymous: 'someone on this machine',
  },
});

export const knownActions = Object.keys(actions.es);
