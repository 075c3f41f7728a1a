import type { Setup } from '#domain/orchestration/setup.js';
import type { NoticeRow } from '#infrastructure/persistence/inbox/staff-inbox.js';

export interface Words {
  es: string;
  en: string;
}

export interface NoticeWords {
  title: Words;
  text: Words;
}

/** What a notice says, in the words of those who run a workshop. */
export function wordsOf(row: NoticeRow, setup: Setup): NoticeWords {
  switch (row.kind) {
    case 'event':
      return wordsOfEvent(row, setup);
    case 'account_failing':
      return wordsOfFailure(row, setup);
    case 'account_recovered':
      return {
        title: {
          es: `${nameOf(row, setup).es} funciona de nuevo`,
          en: `${nameOf(row, setup).en} works again`,
        },
        text: {
          es: 'Lo que esperaba sale ahora por turnos.',
          en: 'What waited leaves now, in turn.',
        },
      };
    case 'dead_letters':
      return wordsOfDeadLetters(row);
  }
}

/** In the order in which a person looks for them. */
const told = ['Nombre', 'Vehículo', 'Placa', 'Orden', 'Técnico', 'Fecha', 'Hora'] as const;

function wordsOfEvent(
  { phase_id, service_type_id, variables, event_type }: NoticeRow,
  setup: Setup,
) {
  const phase = setup.phases.find(({ id }) => id === phase_id)?.name;
  const service = setup.serviceTypes.find(({ id }) => id === service_type_id)?.name;
  const title = [phase, service].filter((part) => part !== undefined).join(' · ');
  const text = told.flatMap((name) => variables?.[name]?.trim() || []).join(' · ');
  return {
    title: both(title || event_type || 'Evento'),
    text: text === '' ? { es: 'Sin más datos.', en: 'Nothing more is known.' } : both(text),
  };
}

const channelNames: Readonly<Record<string, Words>> = {
  email: { es: 'El correo', en: 'E-mail' },
  whatsapp: { es: 'WhatsApp', en: 'WhatsApp' },
};

/** A workshop's own account, the house's, or a browser vendor's push service. */
function nameOf({ data: { account = '' }, taller_id }: NoticeRow, setup: Setup): Words {
  const [channel = '', owner = ''] = account.split(':');
  const name = channelNames[channel];
  if (!name) return { es: `El servicio push ${owner}`, en: `The push service ${owner}` };
  const taller = setup.talleres.find(({ id }) => id === taller_id)?.name;
  return taller ? { es: `${name.es} de ${taller}`, en: `${name.en} of ${taller}` } : name;
}

function wordsOfFailure(row: NoticeRow, setup: Setup): NoticeWords {
  const name = nameOf(row, setup);
  if (row.data.code === 'no_acknowledgements') {
    return {
      title: { es: `${name.es} no entrega los avisos`, en: `${name.en} delivers nothing` },
      text: {
        es: 'La línea acepta mensajes, pero ningún teléfono confirma que los recibe. Revise el teléfono de la línea y vuelva a vincularlo.',
        en: 'The line takes messages, but no phone acknowledges them. Check the telephone of the line and link it again.',
      },
    };
  }
  const code = row.data.code ? ` (${row.data.code})` : '';
  return {
    title: { es: `${name.es} falla`, en: `${name.en} fails` },
    text: {
      es: `Los avisos esperan o salen por otro canal${code}.`,
      en: `Notices wait, or leave by another channel${code}.`,
    },
  };
}

const causes: Readonly<Record<string, Words>> = {
  refused_for_good: { es: 'fueron rechazados sin remedio', en: 'they were refused for good' },
  retries_used_up: { es: 'se acabaron los reintentos', en: 'the retries are used up' },
  channel_misconfigured: {
    es: 'un canal está mal configurado',
    en: 'a channel is misconfigured',
  },
  no_time_left: { es: 'no queda tiempo de validez', en: 'no time of use is left' },
  bounced: { es: 'los mensajes volvieron', en: 'the messages came back' },
  unreadable: {
    es: 'lo que envió no se entiende',
    en: 'what it sent makes no sense',
  },
  readers_died: {
    es: 'los procesos que lo leían terminaron',
    en: 'the processes that read it ended',
  },
  run_failed: { es: 'falló todas las veces', en: 'it failed each time' },
  run_lost: {
    es: 'los procesos que la hacían terminaron',
    en: 'the processes that did it ended',
  },
  consent_withdrawn: { es: 'se retiró el consentimiento', en: 'consent was withdrawn' },
};

function wordsOfDeadLetters({ data: { kind, cause = '' } }: NoticeRow): NoticeWords {
  const why = causes[cause] ?? both(cause);
  return {
    title: deadTitles[kind ?? ''] ?? notArrived,
    text:
      kind === 'sync'
        ? {
            es: `Lo que envió el sistema central falló: ${why.es}.`,
            en: `What the core system sent failed: ${why.en}.`,
          }
        : { es: `Motivo: ${why.es}.`, en: `The reason: ${why.en}.` },
  };
}

const notArrived = {
  es: 'Hay avisos que no llegaron',
  en: 'There are notices that did not arrive',
};

/** What failed for good that is no notice. */
const deadTitles: Readonly<Record<string, Words>> = {
  sync: { es: 'No se pudieron aplicar datos', en: 'Data could not be applied' },
  webhook: { es: 'No se pudo leer a un proveedor', en: 'A provider could not be read' },
  schedule: { es: 'Una tarea programada falla', en: 'A scheduled task fails' },
};

function both(text: string): Words {
  return { es: text, en: text };
}
