import { texts } from '../text/language.js';

/** Stable codes of why something failed, as the service knows them; others are shown as they are. */
const words: { es: Record<string, string>; en: Record<string, string> } = {
  es: {
    retries_used_up: 'Se agotaron los intentos',
    channel_misconfigured: 'El canal está mal configurado',
    no_reachable_channel: 'No quedó ningún canal por el que avisar',
    permanent_recipient: 'La dirección no sirve',
    permanent_message: 'El proveedor no acepta el mensaje',
    template_failed: 'La plantilla no se pudo componer',
    unknown_outcome: 'No se sabe si llegó',
    bounced: 'El correo fue devuelto',
    unreachable: 'El proveedor no responde',
    timeout: 'El proveedor tarda demasiado',
    bad_credentials: 'El proveedor no acepta la clave',
    expired: 'El aviso venció',
    canceled: 'El aviso fue cancelado',
    superseded: 'Lo reemplazó un aviso más nuevo',
    consent_withdrawn: 'La persona retiró su permiso',
    recipient_gone: 'La persona ya no está registrada',
  },
  en: {
    retries_used_up: 'The attempts are used up',
    channel_misconfigured: 'The channel is misconfigured',
    no_reachable_channel: 'No channel was left to tell anyone by',
    permanent_recipient: 'The address is of no use',
    permanent_message: 'The provider does not take the message',
    template_failed: 'The template could not be rendered',
    unknown_outcome: 'It is not known whether it arrived',
    bounced: 'The mail came back',
    unreachable: 'The provider does not answer',
    timeout: 'The provider takes too long',
    bad_credentials: 'The provider does not accept the key',
    expired: 'The notice has expired',
    canceled: 'The notice was cancelled',
    superseded: 'A newer notice has replaced it',
    consent_withdrawn: 'The person has withdrawn consent',
    recipient_gone: 'The person is no longer registered',
  },
};

export const causeTexts = texts({
  es: { inWords: (code: string) => words.es[code] ?? code },
  en: { inWords: (code: string) => words.en[code] ?? code },
});
