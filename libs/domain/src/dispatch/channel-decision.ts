import type { Channel } from '../catalog/channels.js';
import type { TemplateSource } from '../templates/choose-template.js';

/** Why a channel is not tried, each with a sentence that a service advisor understands. */
export const leftOutReasons = {
  not_in_matrix: {
    es: 'La matriz no tiene este canal en esta fase.',
    en: 'The matrix does not have this channel in this phase.',
  },
  cell_disabled: {
    es: 'El canal está apagado para esta fase en la matriz.',
    en: 'The matrix has this channel switched off for this phase.',
  },
  no_address: {
    es: 'No tenemos una dirección de la persona en este canal.',
    en: 'We have no address of the person on this channel.',
  },
  consent_withdrawn: {
    es: 'La persona retiró su consentimiento para este canal.',
    en: 'The person withdrew consent for this channel.',
  },
  address_suppressed: {
    es: 'El proveedor dijo que la dirección es errónea o ya no existe.',
    en: 'The provider called the address wrong or gone.',
  },
  opted_out: {
    es: 'La persona prefiere no recibir avisos por este canal.',
    en: 'The person prefers not to be told on this channel.',
  },
  no_template: {
    es: 'No hay plantilla para este servicio, fase y canal.',
    en: 'There is no template for this service, phase and channel.',
  },
} as const;

export type LeftOutReason = keyof typeof leftOutReasons;

/** What was decided about one channel for one recipient, and why. Kept with the notification. */
export type ChannelDecision =
  | {
      channel: Channel;
      verdict: 'planned';
      /** Place on the ladder, from 1. */
      position: number;
      /** Whose order put it there; quiet hours let an e-mail go before what they would hold. */
      orderedBy: 'recipient' | 'matrix' | 'quiet_hours';
      templateId: string;
      templateVersionId: string;
      templateVersion: number;
      templateSource: TemplateSource;
    }
  | { channel: Channel; verdict: 'left_out'; reason: LeftOutReason };
