import type { TimelineKind } from '#contracts/http/events.dto.js';
import type { Channel } from '#domain/catalog/channels.js';
import type { TimelineRow } from '#infrastructure/persistence/events.repository.js';

interface Words {
  es: string;
  en: string;
}

export interface Sentence extends Words {
  kind: TimelineKind;
  /** What came of an attempt, or the state at the end. */
  outcome: string | null;
}

export const channelNames: Readonly<Record<Channel, Words>> = {
  email: { es: 'El correo', en: 'E-mail' },
  whatsapp: { es: 'WhatsApp', en: 'WhatsApp' },
  push: { es: 'La notificación push', en: 'The push notice' },
};

const outcomes: Readonly<Record<string, Words>> = {
  accepted: { es: 'el proveedor lo aceptó', en: 'the provider took it' },
  transient: { es: 'falló por algo pasajero', en: 'it failed for a passing reason' },
  rate_limited: { es: 'el proveedor pidió ir más despacio', en: 'the provider asked to slow down' },
  permanent_recipient: {
    es: 'el proveedor dice que la dirección es errónea o ya no existe',
    en: 'the provider calls the address wrong or gone',
  },
  permanent_message: {
    es: 'el proveedor rechazó el mensaje',
    en: 'the provider refused the message',
  },
  misconfigured: {
    es: 'el canal está mal configurado',
    en: 'the channel is misconfigured',
  },
  unknown: {
    es: 'no se sabe si llegó: no hubo respuesta',
    en: 'it is not known whether it arrived: no answer came',
  },
};

const reasons: Readonly<Record<string, Words>> = {
  refused_for_good: { es: 'fue rechazado sin remedio', en: 'it was refused for good' },
  retries_used_up: { es: 'se acabaron los reintentos', en: 'the retries are used up' },
  no_time_left: { es: 'ya no queda tiempo de validez', en: 'no time of use is left' },
  channel_misconfigured: {
    es: 'el canal está mal configurado',
    en: 'the channel is misconfigured',
  },
  consent_withdrawn: {
    es: 'la persona retiró su consentimiento para el canal',
    en: 'the person withdrew consent for the channel',
  },
  bounced: { es: 'el mensaje fue devuelto', en: 'the message came back' },
  too_late: { es: 'no salió a tiempo', en: 'it was not sent in time' },
  not_delivered_in_time: { es: 'no llegó a tiempo', en: 'it was not delivered in time' },
  not_read_in_time: { es: 'no fue leído a tiempo', en: 'it was not read in time' },
  held_too_long: {
    es: 'el horario de silencio lo retendría más allá de su validez',
    en: 'quiet hours would hold it beyond its use',
  },
  erased: { es: 'se borraron los datos de la persona', en: 'the person was erased' },
  poison: {
    es: 'varios procesos terminaron mientras lo tenían',
    en: 'several processes ended while they held it',
  },
  cannot_be_confirmed: { es: 'no se pudo confirmar', en: 'it could not be confirmed' },
  canceled: { es: 'el evento fue cancelado', en: 'the event was canceled' },
  superseded: { es: 'un aviso más nuevo lo reemplazó', en: 'a newer notice took its place' },
};

const ends: Readonly<Record<string, Words>> = {
  sent: { es: 'El aviso salió.', en: 'The notice was sent.' },
  delivered: { es: 'El aviso llegó.', en: 'The notice was delivered.' },
  read: { es: 'El aviso fue leído.', en: 'The notice was read.' },
  failed: { es: 'El aviso no se pudo entregar.', en: 'The notice could not be delivered.' },
  expired: { es: 'El aviso venció sin salir.', en: 'The notice expired unsent.' },
  canceled: { es: 'El aviso fue cancelado.', en: 'The notice was canceled.' },
  superseded: { es: 'Un aviso más nuevo lo reemplazó.', en: 'A newer notice took its place.' },
};

/** What keeps a message waiting without an attempt. */
const holds: Readonly<Record<string, Words>> = {
  provider_down: { es: 'el proveedor no responde bien', en: 'the provider is failing' },
  provider_misconfigured: {
    es: 'la cuenta del proveedor está mal configurada',
    en: "the provider's account is misconfigured",
  },
  provider_asked: { es: 'el proveedor pidió una pausa', en: 'the provider asked for a pause' },
  pace: { es: 'la cuenta sale a su ritmo', en: 'the account keeps its pace' },
  one_per_person: {
    es: 'acaba de salir otro para la misma persona',
    en: 'another one to the same person has just left',
  },
  quiet_hours: { es: 'es horario de silencio', en: 'these are quiet hours' },
};

/** What a provider says of a message that it took. */
const receipts: Readonly<Record<string, Words>> = {
  delayed: { es: 'la entrega se demora', en: 'the delivery is delayed' },
  bounced: { es: 'fue devuelto', en: 'it came back' },
  delivered: { es: 'llegó', en: 'it arrived' },
  read: { es: 'fue leído', en: 'it was read' },
};

const replays: Readonly<Record<'replayed' | 'replay_of', Words>> = {
  replayed: {
    es: 'Se envió de nuevo, como otro aviso.',
    en: 'It was sent again, as another notice.',
  },
  replay_of: {
    es: 'Se envía de nuevo un aviso que no se pudo entregar.',
    en: 'A notice that could not be delivered is sent again.',
  },
};

const refusals: Readonly<Record<string, Words>> = {
  canceled: { es: 'fue cancelado', en: 'it was canceled' },
  superseded: { es: 'un aviso más nuevo lo reemplazó', en: 'a newer notice took its place' },
  expired: { es: 'ya venció', en: 'it has expired' },
  consent_withdrawn: {
    es: 'la persona retiró su consentimiento',
    en: 'the person withdrew consent',
  },
  recipient_gone: { es: 'la persona ya no está', en: 'the person is not there any more' },
  no_reachable_channel: {
    es: 'no hay ningún canal por el que se pueda avisar',
    en: 'there is no channel by which anyone can be told',
  },
};

/** One row of the timeline in a sentence of each language. */
export function sayRow(row: TimelineRow, channel: Channel | null): Sentence {
  const name = nameOf(channel);
  switch (row.kind) {
    case 'attempt_started':
      return {
        kind: 'attempt_started',
        outcome: null,
        es: `${name.es}: empieza el intento ${row.attempt}.`,
        en: `${name.en}: attempt ${row.attempt} begins.`,
      };
    case 'attempt_ended':
      return sayAttempt(row, name);
    case 'next_rung':
      return sayNextRung(row);
    case 'held':
      return sayHeld(row, name);
    case 'receipt':
      return sayReceipt(row, name);
    case 'replayed':
    case 'replay_of':
      return { kind: row.kind, outcome: null, ...replays[row.kind] };
    case 'replay_refused':
      return sayRefusal(row);
    default:
      return sayEnd(row);
  }
}

function sayAttempt({ attempt, data }: TimelineRow, name: Words): Sentence {
  const kind = text(data.outcome);
  const outcome = outcomes[kind] ?? { es: kind, en: kind };
  const waitSeconds = typeof data.retry_in_ms === 'number' ? data.retry_in_ms / 1000 : null;
  const wait = waitSeconds === null ? null : waitSeconds.toFixed(waitSeconds < 10 ? 1 : 0);
  const then = wait === null ? { es: '', en: '' } : again(wait);
  return {
    kind: 'attempt_ended',
    outcome: kind,
    es: `${name.es}, intento ${attempt}: ${outcome.es}.${then.es}`,
    en: `${name.en}, attempt ${attempt}: ${outcome.en}.${then.en}`,
  };
}

function again(seconds: string): Words {
  return { es: ` Se reintenta en ${seconds} s.`, en: ` It is tried again in ${seconds} s.` };
}

function sayNextRung({ data }: TimelineRow): Sentence {
  const to = nameOf(data.to);
  const why = reasonOf(data.because);
  const again = data.sent_twice_possible === true ? twice : { es: '', en: '' };
  return {
    kind: 'next_rung',
    outcome: data.sent_twice_possible === true ? 'sent_twice_possible' : null,
    es: `Sigue el próximo canal, ${to.es}: ${why.es}.${again.es}`,
    en: `The next channel follows, ${to.en}: ${why.en}.${again.en}`,
  };
}

/** An answer was lost, so that the person may get it on both channels. */
const twice: Words = {
  es: ' Puede que el anterior sí haya llegado.',
  en: ' The one before may have arrived for all that.',
};

/** Holds whose end is a promise; that of the others is when it is looked at again. */
const timed = new Set(['quiet_hours']);

function sayHeld({ data }: TimelineRow, name: Words): Sentence {
  const because = text(data.because);
  const why = holds[because] ?? { es: because, en: because };
  // By the clock that the writer told it by: the workshop's, as a rule.
  const until = timed.has(because) ? text(data.until).slice(0, 16).replace('T', ' ') : '';
  const end = until === '' ? { es: '', en: '' } : { es: ` hasta ${until}`, en: ` until ${until}` };
  return {
    kind: 'held',
    outcome: because,
    es: `${name.es} espera${end.es}: ${why.es}.`,
    en: `${name.en} waits${end.en}: ${why.en}.`,
  };
}

function sayReceipt({ data }: TimelineRow, name: Words): Sentence {
  const kind = text(data.receipt);
  const said = receipts[kind] ?? { es: kind, en: kind };
  return {
    kind: 'receipt',
    outcome: kind,
    es: `${name.es}: ${said.es}.`,
    en: `${name.en}: ${said.en}.`,
  };
}

function sayRefusal({ data }: TimelineRow): Sentence {
  const code = text(data.reason);
  const why = refusals[code] ?? { es: code, en: code };
  return {
    kind: 'replay_refused',
    outcome: null,
    es: `No se envía de nuevo: ${why.es}.`,
    en: `It is not sent again: ${why.en}.`,
  };
}

function sayEnd({ data }: TimelineRow): Sentence {
  const state = text(data.state);
  const end = ends[state] ?? { es: `Terminó: ${state}.`, en: `Ended: ${state}.` };
  const why = data.reason === undefined ? null : reasonOf(data.reason);
  return {
    kind: 'ended',
    outcome: state,
    es: why ? `${end.es} Motivo: ${why.es}.` : end.es,
    en: why ? `${end.en} Reason: ${why.en}.` : end.en,
  };
}

function nameOf(channel: unknown): Words {
  const known = Object.entries(channelNames).find(([name]) => name === channel);
  return known?.[1] ?? { es: 'El aviso', en: 'The notice' };
}

function reasonOf(code: unknown): Words {
  const name = text(code);
  return reasons[name] ?? { es: name, en: name };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
